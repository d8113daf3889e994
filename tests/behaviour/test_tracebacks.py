"""Tracebacks of imports show the program's lines, and none of the import system's."""

from __future__ import annotations

import traceback

import pytest

from loadstone.testing import tree


def frames(error, t):
    """Return the places in a traceback, within the tree, as ``file:line``."""
    rows = traceback.extract_tb(error.__traceback__)
    return [
        f"{row.filename.removeprefix(str(t.path))[1:]}:{row.lineno}"
        for row in rows
        if row.filename != __file__
    ]


@pytest.mark.parametrize(
    "last",
    [
        "1/0",
        "import missing",
        "from a import missing",
        "raise KeyError('k')",
        "x = (",
        "import broken",
        "f()",
    ],
)
def test_only_the_programs_lines(same, last):
    """An error deep in a chain of imports has one line for each statement on the way, as in Python."""
    with tree(
        {
            "a.py": "import p.b",
            "p/__init__.py": "",
            "p/b.py": "def f():\n    from . import c\nf()",
            "p/c.py": f"def f():\n    raise OSError('x')\n{last}",
            "broken.py": "x = )",
        }
    ) as t:
        places = same(t, "import a")["error"]["traceback"]

        assert places[:4] == ["<probe>:1 <module>", "/a.py:1 <module>", "/p/b.py:3 <module>", "/p/b.py:2 f"]
        assert all(place.startswith(("<probe>", "/")) for place in places)


def test_a_space_adds_no_frame():
    """`space.import_module` leaves nothing between its caller and the module's lines."""
    with tree({"a.py": "import b", "b.py": "pass\n1/0"}) as t:
        with pytest.raises(ZeroDivisionError) as caught:
            t.space().import_module("a")

        assert frames(caught.value, t) == ["a.py:1", "b.py:2"]


@pytest.mark.parametrize(
    "call", ["importlib.import_module('b')", "importlib.reload(c)", "importlib.util.find_spec('p.q')"]
)
def test_functions_of_importlib_add_no_frame(call):
    """A space's own `importlib` leaves no frame in tracebacks."""
    with tree(
        {
            "a.py": f"import importlib.util, c\nc.fail = True\n{call}",
            "b.py": "1/0",
            "c.py": "if 'fail' in globals(): 1/0",
            "p.py": "1/0",
        }
    ) as t:
        with pytest.raises(ZeroDivisionError) as caught:
            t.space().import_module("a")
        shown = frames(caught.value, t)

        assert (shown[0], len(shown)) == ("a.py:3", 2)


def test_a_loader_that_fails_is_shown():
    """The frame of somebody else's loader stays: it is the program's own."""
    with tree(
        {
            "a.py": """
                import sys
                from importlib.machinery import ModuleSpec
                class Loader:
                    @staticmethod
                    def find_spec(name, path, target=None):
                        return ModuleSpec(name, Loader) if name == "odd" else None
                    @staticmethod
                    def create_module(spec):
                        return None
                    @staticmethod
                    def exec_module(module):
                        raise RuntimeError("the loader's own")
                sys.meta_path.insert(0, Loader)
                import odd
            """
        }
    ) as t:
        with pytest.raises(RuntimeError) as caught:
            t.space().import_module("a")

        assert frames(caught.value, t) == ["a.py:14", "a.py:12"]


def test_an_error_that_is_raised_again(same):
    """An error that passes through several imports and handlers is shown with each of them once."""
    with tree(
        {
            "a.py": "try:\n    import b\nexcept ValueError as e:\n    raise",
            "b.py": "try:\n    import c\nexcept ValueError as e:\n    raise e",
            "c.py": "raise ValueError('c')",
        }
    ) as t:
        places = same(t, "import a")["error"]["traceback"]

        assert places == [
            "<probe>:1 <module>",
            "/a.py:2 <module>",
            "/b.py:4 <module>",
            "/b.py:2 <module>",
            "/c.py:1 <module>",
        ]


def test_an_error_with_a_past_of_its_own(same):
    """An exception that was raised before, and is raised again in a module, keeps the frames of both."""
    with tree(
        {
            "past.py": "def f(): 1/0\ntry:\n    f()\nexcept ZeroDivisionError as e:\n    kept = e",
            "a.py": "import past\nimport again",
            "again.py": "from past import kept\nraise kept",
        }
    ) as t:
        places = same(t, "import a")["error"]["traceback"]

        assert places == [
            "<probe>:1 <module>",
            "/a.py:2 <module>",
            "/again.py:2 <module>",
            "/past.py:3 <module>",
            "/past.py:1 f",
        ]


def test_functions_called_later(same):
    """A function that imports when it is called shows its own line."""
    with tree({"lib.py": "def f():\n    import missing", "a.py": "import lib\n\nlib.f()"}) as t:
        places = same(t, "import a")["error"]["traceback"]

        assert places == ["<probe>:1 <module>", "/a.py:3 <module>", "/lib.py:2 f"]


def test_verbose_python_shows_all():
    """Under ``python -v`` nothing is cut out of a traceback, as in Python: that is how an import system is debugged."""
    with tree(
        {
            "a.py": "import missing",
            "main.py": "import loadstone\nloadstone.Space('s', path=['.']).import_module('a')",
        }
    ) as t:
        verbose, quiet = (t.python(*flags, "main.py").stderr for flags in (["-v"], []))

        assert "in find_and_load\n" in verbose.partition("Traceback")[2]
        assert "in find_and_load\n" not in quiet
