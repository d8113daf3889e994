"""Errors and interpreters of odd shapes: nothing is ever raised, and nothing hangs."""

from __future__ import annotations

import os
import sys
import types

import pytest

import loadstone
from loadstone.testing import tree


class Unprintable(ImportError):
    """An error whose text cannot be had."""

    def __str__(self):
        raise RuntimeError("no text")


class Evil(types.ModuleType):
    """A module that is not to be touched."""

    def __getattribute__(self, name):
        raise RuntimeError(f"touched {name}")


ODD = [
    ImportError(),
    ImportError("x", name=3, path=4),
    ImportError("cannot import name ", name="os"),
    ImportError("cannot import name 'x", name="nowhere"),
    ImportError("cannot import name 'x' from 'y'", name="..y"),
    ModuleNotFoundError("No module named ''", name=""),
    ModuleNotFoundError("No module named 'a..b'", name="a..b"),
    ModuleNotFoundError("No module named '../x'", name="../x"),
    ModuleNotFoundError("No module named 'x\0y'", name="x\0y"),
    ModuleNotFoundError("No module named 'x.y'; 'x' is not a package", name="x.y"),
    ModuleNotFoundError("No module named " + "a." * 3000 + "b", name="a." * 3000 + "b"),
    ModuleNotFoundError("No module named 'ü'", name="ü"),
    Unprintable("x", name="jsn"),
    AttributeError("x", name="y", obj=Evil("z")),
    AttributeError("x", name=3, obj=sys),
    AttributeError("x", name="y", obj=types.ModuleType("no.such.module")),
    NameError("x", name=None),
    NameError("x", name="json"),
    SyntaxError("x"),
    OSError("x"),
    MemoryError(),
    RecursionError("x"),
    KeyboardInterrupt(),
    SystemExit(1),
    ExceptionGroup("x", [ImportError("y"), ExceptionGroup("z", [NameError("n", name="np")])]),
]


@pytest.mark.parametrize("error", ODD, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("raised", [False, True])
def test_odd_error(error, raised):
    """An error of any shape, raised or only made, is explained with nothing rather than with an error."""
    if raised:
        try:
            raise error
        except BaseException as caught:
            error = caught

    assert loadstone.explain(error) is None


def test_odd_path(monkeypatch):
    """Entries of the path that are no text, no folder, or gone, are passed over."""
    odd = [3, None, b"/bytes", "", "/nowhere", __file__, "\0", "~", "relative"]
    error = _failed("jsn")
    monkeypatch.setattr(sys, "path", [*odd, *sys.path])

    assert loadstone.explain(error).kind == "misspelt"


def test_odd_modules(monkeypatch):
    """Things among the modules that are no modules are passed over."""
    for name, value in {"odd.a": None, "odd.b": 3, "odd.c": Evil("odd.c"), "jsn.x": object()}.items():
        monkeypatch.setitem(sys.modules, name, value)

    assert loadstone.explain(_failed("jsn")).kind == "misspelt"


def test_folder_that_is_gone(explained):
    """A current folder that was removed meanwhile is no reason to fail."""
    program = "import os, shutil, sys\nos.chdir('sub')\nos.rmdir(os.getcwd())\nimport jsn"
    with tree({"main.py": program, "sub/": ""}) as t:
        assert explained(t, "main.py").kind == "misspelt"


def test_source_that_is_gone(explained):
    """A file that was removed after it was loaded leaves less to show."""
    with tree({"main.py": "import os\nos.remove(__file__)\nimport jsn"}) as t:
        assert explained(t, "main.py").kind == "misspelt"


def test_source_in_another_encoding(explained):
    """A file in its own encoding is quoted as it reads."""
    program = "# coding: latin-1\nimport jsn  # é".encode("latin-1")
    with tree({"main.py": program}) as t:
        assert "main.py:2  import jsn" in explained(t, "main.py").text


def test_frames_without_a_name(explained):
    """Code that was executed in an odd namespace is only code."""
    with tree(
        {"main.py": "exec(compile('import jsn', 'made up', 'exec'), {'__builtins__': __builtins__})"}
    ) as t:
        assert explained(t, "main.py").kind == "misspelt"


def test_deep_recursion(explained):
    """An import that fails at the end of a long recursion is explained."""
    program = "def f(n):\n    if n:\n        f(n - 1)\n    else:\n        import jsn\nf(900)"
    with tree({"main.py": program}) as t:
        assert explained(t, "main.py").kind == "misspelt"


def test_module_with_its_own_getattr(explained):
    """A module that answers for attributes itself is not asked again."""
    lazy = "thing = 1\ndef __getattr__(name):\n    print('asked', name)\n    raise AttributeError(name)"
    with tree({"lazy.py": lazy, "main.py": "import lazy\nlazy.thingg"}) as t:
        done = explained(t, "main.py")

        assert done.out == "asked thingg\n"
        assert "main.py:2  lazy.thingg" in done.text
        assert "__getattr__" not in done.text


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_pipe_in_place_of_a_source():
    """A named pipe in the traceback is not opened: nobody writes to it."""
    program = """
        import os, loadstone
        os.mkfifo("pipe.py")
        try:
            exec(compile("import jsn", os.path.abspath("pipe.py"), "exec"))
        except ImportError as error:
            print(loadstone.explain(error).kind)
    """
    with tree({"main.py": program}) as t:
        assert t.python("main.py").stdout == "misspelt\n"


def _failed(name):
    try:
        __import__(name)
    except ImportError as error:
        return error
    raise AssertionError(name)
