"""docs/json.md lists every key that a command prints with --format json, and no other."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from loadstone.testing import tree

PAGE = (Path(__file__).parents[2] / "docs/json.md").read_text(encoding="utf-8")

SHOP = {
    "pyproject.toml": "[tool.loadstone.spaces.old]\ndependencies = ['packaging<22']\n",
    "a.py": "import b\ndef f(): ...\n",
    "b.py": "import a\ndef f(): ...\n",
    "m.py": "from a import *\nfrom b import *\nfrom a import g\n\nf()\n",
    "made.py": "globals()['x'] = 1\n",
    "n.py": "from made import *\n\nx, m\n",
    "user.py": "import m\n",
}
PATCH = "--- a/m.py\n+++ b/m.py\n@@ -1,2 +1 @@\n from a import *\n-from b import *\n"


def documented(title):
    """Return the keys in the first column of the tables below a heading, in the order of the page."""
    section = re.search(rf"^##+ {title}\n(.*?)(?=^#|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert section is not None, title
    rows = [line.split(" | ") for line in section[1].splitlines() if "`" in line and line.startswith("|")]
    keys = [row[1] if "asked with" in section[1] else row[0] for row in rows]
    return [key for cell in keys for key in re.findall(r"`(\w+)`", cell)]


@pytest.fixture(scope="module")
def shop():
    with tree(SHOP) as t:
        yield t


def printed(t, *words, stdin=""):
    return json.loads(t.loadstone(*words, "--format", "json", stdin=stdin).stdout)


def test_check(shop):
    """Of the findings, too."""
    found = printed(shop, "check")

    assert list(found) == documented("check")
    assert list(found["findings"][0]) == documented("A finding")


def test_fix(shop):
    """What is repaired, and what is not."""
    found = printed(shop, "fix", "--diff")

    assert list(found) == documented("fix")
    assert {"rule", "path", "line", "title"} == set(found["repairs"][0])
    assert {"rule", "path", "line", "reason"} == set(found["refused"][0])


def test_verify(shop):
    """Of the objections, too."""
    found = printed(shop, "verify", "-", stdin=PATCH)

    assert list(found) == documented("verify")
    assert list(found["objections"][0]) == documented("An objection")


def test_graph(shop):
    """Of modules and edges, of chains and of cycles."""
    whole = printed(shop, "graph")
    chains = printed(shop, "graph", "--from", "m", "--to", "a")
    cycles = printed(shop, "graph", "--cycles")

    assert [*whole, *chains, *cycles] == documented("graph")[:4]
    assert list(whole["edges"][0]) == documented("An edge")
    assert list(cycles["cycles"][0]) == ["modules", "loop"]


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_graph_of_revisions(shop):
    """Of what changed between two revisions."""
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["add", "."], [*identity, "commit", "-qm", "one"]):
        subprocess.run(["git", *words], cwd=shop.path, check=True, capture_output=True)

    assert list(printed(shop, "graph", "--rev", "HEAD..HEAD")) == documented("graph")[4:]


def test_show(shop):
    """Of bindings, statements and conflicts."""
    found = printed(shop, "show", "m.py")
    binding = found["bindings"][-1]

    assert list(found) == documented("show")
    assert list(binding) == [*documented("A binding"), "used"]
    assert list(binding["statement"]) == documented("A statement")
    assert list(found["conflicts"][0]) == documented("A conflict")


def test_why(shop):
    """For a module and for a name."""
    module, name = printed(shop, "why", "m"), printed(shop, "why", "m:f")

    assert {*module, *name} == set(documented("why"))
    assert list(module["steps"][0]) == documented("A step")


def test_space_list(shop):
    """Of each space that is declared."""
    assert set(printed(shop, "space", "list")[0]) == set(documented("space list"))
