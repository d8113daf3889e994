"""``loadstone demo``: the first minute, on a small folder written for it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING

import loadstone
from loadstone.errors import FolderNotEmpty

if TYPE_CHECKING:
    import argparse

    from loadstone.cli.dispatch import Context

__all__ = ["HELP", "SUMMARY", "USAGE", "arguments", "main"]

USAGE = "demo [FOLDER]"
SUMMARY = "the first minute: a small folder, and each command run on it"
HELP = """\
Writes a few small files into FOLDER, or into a temporary one that is removed again, runs commands on
them, and prints each command with its output. The last step installs two versions of one package, which
needs uv and the network; without them it says so.

examples:
  loadstone demo
  loadstone demo first-minute       the files stay, to play with
"""

FILES = {
    "report.py": '''\
"""What was sold, and where the report of it goes."""

import json
from sales import total
from sales import *
from os.path import *

TARGET = join("out", "report.json")


def write(sold):
    with open(TARGET, "w") as file:
        json.dump({"total": total(sold)}, file)
''',
    "sales.py": '''\
"""Sums and texts for a list of sold things."""


def total(sold):
    return sum(sold.values())


def join(sold):
    return ", ".join(sorted(sold))
''',
    "app.py": """\
import cart

print(cart.checkout(["tea", "milk"]))
""",
    "cart.py": """\
from prices import price_of


def checkout(things):
    return sum(price_of(thing) for thing in things)


def discount(thing):
    return 0.1 if thing == "tea" else 0
""",
    "prices.py": """\
from cart import discount

LIST = {"tea": 4, "milk": 1}


def price_of(thing):
    return LIST[thing] * (1 - discount(thing))
""",
    "pyproject.toml": """\
[tool.loadstone.spaces.legacy]
dependencies = ["jinja2<3", "markupsafe<2.1"]

[tool.loadstone.spaces.modern]
dependencies = ["jinja2>=3"]
""",
    "two.py": """\
from loadstone.spaces.legacy import jinja2 as jinja_old
from loadstone.spaces.modern import jinja2 as jinja_new

for jinja in (jinja_old, jinja_new):
    print(jinja.__version__, jinja.Template("says {{ word }}").render(word="hello"))
""",
}

STEPS = (
    ("Two star imports bring the same name. Which one counts, and where is it from?", ("show", "report.py")),
    (
        "Two modules import each other. Python's own words come first, then the loop and its repair.",
        ("run", "app.py"),
    ),
)

# What an earlier demo has left in its folder.
LEFT = ("__pycache__", ".loadstone", "pylock.legacy.toml", "pylock.modern.toml")

INSTALL = ("space", "sync")
TWO = ("run", "two.py")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's words."""
    parser.add_argument("folder", metavar="FOLDER", nargs="?")


def main(options: argparse.Namespace, _: Context) -> int:
    """Write the files, run the steps, and return 0. Raises FolderNotEmpty rather than write among other files."""
    if options.folder is None:
        with tempfile.TemporaryDirectory(prefix="loadstone-demo-") as folder:
            return _show(os.path.realpath(folder))
    folder = os.path.abspath(options.folder)
    os.makedirs(folder, exist_ok=True)
    if set(os.listdir(folder)) - {*FILES, *LEFT}:
        raise FolderNotEmpty(path=folder)
    return _show(folder)


def _show(folder: str) -> int:
    for name, text in FILES.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    print(f"In {folder}: {', '.join(FILES)}\n")
    for what, words in STEPS:
        print(f"# {what}")
        _run(words, folder)
    print(
        "# Two versions of one package in one program, as pyproject.toml declares them and two.py imports them."
    )
    if _run(INSTALL, folder) == 0:
        _run(TWO, folder)
    else:
        print("This step needs uv and, once, the network. With both, type loadstone demo again.\n")
    print("now yours: loadstone show yourfile.py")
    return 0


def _run(words: tuple[str, ...], folder: str) -> int:
    """Run one command as the user would type it, with its two outputs in the order in which they come."""
    print(f"$ loadstone {' '.join(words)}", flush=True)
    command = [sys.executable, os.path.join(loadstone.__path__[0], "__main__.py"), *words]
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=folder, env=env, stderr=sys.stdout, check=False)  # noqa: S603  # our own
    print(flush=True)
    return done.returncode
