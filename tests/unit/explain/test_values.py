"""Explanations as values: how they print, and what they are as JSON."""

from __future__ import annotations

import dataclasses
import json
import pickle

import pytest

from loadstone.explain.edits import edited
from loadstone.explain.explanation import Edit, Evidence, Explanation, Repair, relative_to
from loadstone.explain.installed import normalised
from loadstone.explain.kinds.foreign_extension import interpreter_of
from loadstone.explain.packages import home
from loadstone.testing import tree

WHOLE = Explanation(
    "circular-import",
    "a loop",
    (
        Evidence("runs b", "/p/a.py", 1, "import  b"),
        Evidence("only a sentence"),
        Evidence("is there", "/far/away.py"),
    ),
    (Repair("move it", edits=(Edit("/p/a.py", 1, "import b", ""),)), Repair("run it", "python -m p")),
    {"module": "a"},
    "/p",
)


def test_printed():
    """A sentence, the evidence in columns, and the repairs, the cheapest first."""
    assert str(WHOLE) == (
        "loadstone: a loop\n  a.py:1        import  b  runs b\n".replace("import  b", "import b")
        + "  only a sentence\n"
        "  /far/away.py  is there\n"
        "  repair: move it\n"
        "  or: run it:\n"
        "      python -m p"
    )


def test_json():
    """Everything is in the JSON, with absolute paths, and the cheapest repair once more by itself."""
    known = json.loads(WHOLE.to_json())

    assert known["evidence"][0] == {"note": "runs b", "path": "/p/a.py", "line": 1, "source": "import  b"}
    assert known["repair"] == known["repairs"][0]
    assert known["facts"] == {"module": "a"}


def test_frozen_hashable_and_pickled():
    """It is a value."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        WHOLE.kind = "other"

    assert pickle.loads(pickle.dumps(WHOLE)) == WHOLE
    assert hash(WHOLE) == hash(dataclasses.replace(WHOLE))


def test_without_a_repair():
    """Where nothing is known to help, there is no repair."""
    assert Explanation("x", "y").repair is None
    assert str(Explanation("x", "y")) == "loadstone: y"


def test_long_source():
    """A long line is cut for print."""
    assert str(Explanation("x", "y", (Evidence("n", "/a.py", 1, "x" * 99),))).endswith("x...  n")


@pytest.mark.parametrize(
    ("folder", "path", "shown"),
    [
        ("/p", "/p/a.py", "a.py"),
        ("/project/tests", "/project/lib.py", "../lib.py"),
        ("/p", "/usr/lib/x.py", "/usr/lib/x.py"),
        ("", "/p/a.py", "/p/a.py"),
        ("/p", "<string>", "<string>"),
    ],
)
def test_paths_are_shown_from_the_folder(folder, path, shown):
    """A path is shown from the current folder where that is shorter."""
    assert relative_to(folder, path) == shown


def test_edits():
    """Edits speak of the text as it is, so several of them do not disturb each other."""
    edits = [Edit("", 1, "a", ""), Edit("", 1, "", "top"), Edit("", 3, "c", "C\nC2"), Edit("", 4, "", "end")]

    assert edited("a\nb\nc\n", edits) == "top\nb\nC\nC2\nend\n"


def test_edit_of_other_lines():
    """An edit whose lines are not there is refused."""
    with pytest.raises(ValueError, match="line 1 is not 'x'"):
        edited("a\n", [Edit("", 1, "x", "y")])


def test_home_of_a_module():
    """A file belongs below the outermost package in a row, or as many folders up as it is asked for."""
    files = {
        "top/a/__init__.py": "",
        "top/a/b/__init__.py": "",
        "top/a/b/c.py": "",
        "no-name/d.py": "",
        "__main__.py": "",
    }
    with tree(files) as t:
        assert str(home(str(t / "top/a/b/c.py"))) == f"a.b.c from {t / 'top'}"
        assert home(str(t / "top/a/b/c.py"), 3).name == "top.a.b.c"
        assert home(str(t / "top/a/b/__init__.py")).name == "a.b"
        assert home(str(t / "no-name/d.py")).name == "d"
        assert home(str(t / "no-name/d.py"), 1) is None


@pytest.mark.parametrize(
    ("file", "python"),
    [
        ("x.cpython-39-x86_64-linux-gnu.so", "CPython 3.9"),
        ("x.cpython-313t-darwin.so", "CPython 3.13 (free-threaded)"),
        ("x.cpython-312d-x86_64-linux-gnu.so", "CPython 3.12 (debug build)"),
        ("x.cp311-win_amd64.pyd", "CPython 3.11"),
        ("x.pypy39-pp73-x86_64-linux-gnu.so", "PyPy 3.9"),
        ("x.abi3.so", ""),
        ("x.so", ""),
        ("libx.so.1", ""),
    ],
)
def test_interpreter_of_a_compiled_module(file, python):
    """The name of a compiled module says whom it is for."""
    assert interpreter_of(file) == python


def test_normalised_names():
    """Names of distributions are compared as installers do it (PEP 503)."""
    assert {normalised(name) for name in ("Foo.Bar_baz", "foo-bar-baz", "FOO--bar__baz")} == {"foo-bar-baz"}
