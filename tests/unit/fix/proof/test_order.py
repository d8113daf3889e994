"""The order of effects: what happens at another time, once more or once less is told; what only looks so is not."""

from __future__ import annotations

import pytest

from loadstone.fix.model import Model
from loadstone.fix.proof.order import Order
from loadstone.source.project import Library
from loadstone.source.tree import find_project
from loadstone.testing import tree

FILES = {
    "log.py": "",
    "a.py": "import log\nlog.add('a')\n",
    "b.py": "import log\nlog.add('b')\n",
    "quiet.py": "x = 1\ndef f(): ...\n",
}


def objections(was, now, files=FILES, changed="m"):
    """Return what is said of one module that had one text and gets another."""
    name = f"{changed}.py"
    with tree({**files, name: was}) as t:
        project = find_project([str(t.path)], root=str(t.path))
        library = Library((str(t.path), str(t / "site-packages")))
        before = Model(project._replace(library=library))
        after = before.changed({str(t / name): now.encode()})
        return [one.sentence for one in Order(before.timeline({}), after.timeline({})).objections([changed])]


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        (
            "import a, b\n",
            "import b, a\n",
            "`log.add('b')` would happen before `log.add('a')` (a, line 2), and not after it as now",
        ),
        ("import a, b\n", "import a\n", "when m is imported, `log.add('b')` does not happen any more"),
        ("import a\n", "import a, b\n", "when m is imported, `log.add('b')` is new"),
        ("import a\n", "def later():\n    import a\n", "`log.add('a')` does not happen any more"),
        (
            "import log\nlog.add(1)\nimport a\n",
            "import log\nimport a\nlog.add(1)\n",
            "would happen before `log.add(1)` (m, line 2)",
        ),
        (
            "import log\nlog.add(1)\nlog.add(2)\n",
            "import log\nlog.add(2)\nlog.add(1)\n",
            "would happen before",
        ),
    ],
    ids=["imports", "gone", "new", "later", "an import and a call", "calls"],
)
def test_what_moves(was, now, said):
    """An effect that comes earlier, goes, or comes is told, once."""
    found = objections(was, now)

    assert len(found) == 1
    assert said in found[0]


def test_the_same_call_twice():
    """Two calls of one text are two effects: one of them cannot go, nor come once more."""
    once, twice = "import log\nlog.add(1)\n", "import log\nlog.add(1)\nlog.add(1)\n"

    assert objections(twice, once) == ["`log.add(1)` does not happen any more"]
    assert objections(once, twice) == ["`log.add(1)` is new"]
    assert objections(twice, twice.replace("(1)\n", "(1)  # again\n")) == []


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("import a\n", "from a import log\n"),
        ("import a\nimport a\n", "import a\n"),
        ("import quiet, a\n", "import a, quiet\n"),
        ("import log\nlog.add(1)\n", "\n\nimport log as l\nl.add(1)\n"),
        ("import json, socket, a\n", "import a, socket, json\n"),
        ("import a, quiet\n", "import a\n"),
    ],
    ids=[
        "another form",
        "a second load",
        "a module that does nothing",
        "another name",
        "the standard library",
        "less",
    ],
)
def test_what_stays(was, now):
    """How a module is imported, and where one stands that does nothing, is all the same."""
    assert objections(was, now) == []


def test_a_load_that_others_did_before():
    """Where a module has been loaded by one that comes first anyway, its own place does not matter."""
    files = {**FILES, "b.py": "import a\na.log.add('b')\n"}

    assert objections("import a, b\n", "import b, a\n", files) == []


def test_every_entry_is_gone_through():
    """What is told first is what the changed module sees; another one that imports it may see something else."""
    files = {**FILES, "c.py": "import log\nlog.add('c')\n", "top.py": "import m\nimport a\n"}

    new, moved = objections("import c\n", "import a, c\n", files)
    assert new == "when m is imported, `log.add('a')` is new"
    assert moved.startswith("when top is imported, ")


def test_imports_of_installed_packages():
    """Two installed packages may change places; one and an effect may not, and neither may one go."""
    files = {f"site-packages/{name}/__init__.py": "" for name in ("one", "two")} | FILES

    assert objections("import one, two\n", "import two, one\n", files) == []
    assert (
        "the import of one would happen before `log.add('a')`"
        in objections("import a, one\n", "import one, a\n", files)[0]
    )
    assert objections("import one, two\n", "import two\n", files) == [
        "when m is imported, the import of one does not happen any more"
    ]


def test_a_subclass_that_is_noticed():
    """A class whose base notices it is an effect, a plain class is none."""
    files = {"base.py": "class Base:\n    def __init_subclass__(cls): ...\nclass Plain: ...\n"}
    was = "from base import {0}\nclass A({0}): ...\nclass B({0}): ...\n"
    now = "from base import {0}\nclass B({0}): ...\nclass A({0}): ...\n"

    assert "would happen before" in objections(was.format("Base"), now.format("Base"), files)[0]
    assert objections(was.format("Plain"), now.format("Plain"), files) == []
