"""Folders with files that are named as modules of the standard library, or as Loadstone: no command meets them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import loadstone
from loadstone.testing import tree

SCRIPT = Path(__file__).parents[2] / "scripts" / "loadstone"
TAKEN = (
    "ast",
    "dataclasses",
    "enum",
    "json",
    "random",
    "re",
    "sqlite3",
    "string",
    "tokenize",
    "typing",
    "loadstone",
)
FILES = {
    **{f"{name}.py": "raise SystemExit('a file of the user was imported')\n" for name in TAKEN},
    "main.py": "from shop import *\nprint(total())\n",
    "shop.py": "def total():\n    return 1\n",
    "old/shop.py": "def total():\n    return 1\n",
    "new/shop.py": "def total():\n    return 2\n",
}


def run(t, *args):
    """Run the installed command in the folder, with the folder on PYTHONPATH before what is installed."""
    installed = t / "lib" / "site-packages"
    if not installed.exists():
        installed.mkdir(parents=True)
        (installed / "loadstone").symlink_to(os.path.dirname(loadstone.__file__), target_is_directory=True)
    path = os.pathsep.join((".", str(installed)))
    return subprocess.run(
        [sys.executable, str(SCRIPT), *args],
        cwd=t.path,
        env={**os.environ, "PYTHONPATH": path, "LOADSTONE_CACHE": str(t / "cache")},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.skipif(os.name == "nt", reason="the command is another file there, and links need a privilege")
@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("check main.py shop.py", 0, "note[star]"),
        ("check --format json", 1, '"rule": "hides-stdlib"'),
        ("fix --diff main.py", 1, "+from shop import total"),
        ("verify old new", 0, "1 module changed"),
        ("graph main.py", 0, "main"),
        ("why random", 0, "hides"),
        ("show main.py", 0, "shop:total"),
        ("run main.py", 0, "1"),
        ("space list", 0, "nothing is declared"),
        ("completion zsh", 0, "loadstone"),
    ],
)
def test_the_users_files_are_not_ours(line, code, says):
    """Each command answers, and none of those files is executed."""
    with tree(FILES) as t:
        done = run(t, *line.split())

        assert (done.returncode, "Traceback" in done.stderr) == (code, False)
        assert says in done.stdout + done.stderr
        assert "a file of the user" not in done.stderr
