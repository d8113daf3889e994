"""Executing a module again in its own namespace."""

from __future__ import annotations

import pytest

from loadstone.testing import tree


def test_reload_keeps_the_namespace(same):
    """A reload executes in the same dict: names that the new text does not bind stay."""
    with tree(
        {
            "m.py": "import builtins\nold = globals().get('new', 0)\nnew = old + 1",
            "main.py": "import importlib, m\nm.extra = 'kept'\nagain = importlib.reload(m)\n"
            "got = again is m, m.old, m.new, m.extra",
        }
    ) as t:
        assert same(t, "import main")["modules"]["main"]["got"] == "(True, 1, 2, 'kept')"


def test_reload_of_a_submodule(same):
    """A submodule is looked for on its package's path."""
    with tree(
        {
            "p/__init__.py": "",
            "p/a.py": "runs = globals().get('runs', 0) + 1",
            "main.py": "import importlib, p.a\nimportlib.reload(p.a)\nimportlib.reload(p)\ngot = p.a.runs",
        }
    ) as t:
        assert same(t, "import main")["modules"]["main"]["got"] == "2"


def test_reload_of_itself(same):
    """A module that reloads itself while it is reloaded gets itself back."""
    with tree(
        {
            "m.py": "import importlib, sys\nruns = globals().get('runs', 0) + 1\n"
            "if runs > 1: inner = importlib.reload(sys.modules[__name__]) is sys.modules[__name__]",
            "main.py": "import importlib, m\nimportlib.reload(m)\ngot = m.runs, m.inner",
        }
    ) as t:
        assert same(t, "import main")["modules"]["main"]["got"] == "(2, True)"


def test_reload_that_replaces(same):
    """What the module puts in its own place is what a reload returns."""
    with tree(
        {
            "m.py": "import sys\nif 'again' in globals(): sys.modules[__name__] = 'replaced'\nagain = 1",
            "main.py": "import importlib, m\ngot = importlib.reload(m)",
        }
    ) as t:
        assert same(t, "import main")["modules"]["main"]["got"] == "'replaced'"


@pytest.mark.parametrize(
    ("before", "what", "kind", "text"),
    [
        ("", "5", "TypeError", "reload() argument must be a module"),
        ("import sys, m; del sys.modules['m']", "m", "ImportError", "module m not in sys.modules"),
        ("import sys, p.a; del sys.modules['p']", "p.a", "ImportError", "parent 'p' not in sys.modules"),
        ("import sys, m; sys.path.clear()", "m", "ModuleNotFoundError", "spec not found for the module 'm'"),
    ],
)
def test_reload_refused(same, before, what, kind, text):
    """What is no imported module, or has no file any more, cannot be reloaded; CPython's words say so."""
    with tree(
        {
            "m.py": "",
            "p/__init__.py": "",
            "p/a.py": "",
            "main.py": f"import importlib\n{before}\ntry:\n    importlib.reload({what})\nexcept Exception as e:\n"
            "    got = type(e).__name__, str(e)",
        }
    ) as t:
        assert same(t, "import main")["modules"]["main"]["got"] == repr((kind, text))


def test_reload_that_fails(same):
    """A reload that fails leaves the module in place, as far as its statements got."""
    with tree(
        {
            "m.py": "runs = globals().get('runs', 0) + 1\nif runs > 1: raise ValueError('again')\nend = 1",
            "main.py": "import importlib, sys, m\ntry:\n    importlib.reload(m)\nexcept ValueError: pass\n"
            "got = sys.modules['m'] is m, m.runs, m.end",
        }
    ) as t:
        assert same(t, "import main")["modules"]["main"]["got"] == "(True, 2, 1)"


def test_reload_of_a_namespace_package(same):
    """A namespace package is reloaded with the portions that it has now."""
    with tree(
        {
            "one/ns/a.py": "",
            "two/ns/b.py": "",
            "main.py": """
                import importlib, sys
                here = __file__.removesuffix("main.py")
                sys.path.append(here + "one")
                import ns
                sys.path.append(here + "two")
                again = importlib.reload(ns)
                from ns import a, b
                got = again is ns, len(ns.__path__)
            """,
        }
    ) as t:
        assert same(t, "import main")["modules"]["main"]["got"] == "(True, 2)"


def test_a_space_reloads_its_own():
    """`space.reload` executes the module of that space; another space's module of the same name stays."""
    with tree({"m.py": "runs = globals().get('runs', 0) + 1"}) as t:
        one, two = t.space(name="one"), t.space(name="two")
        first, second = one.import_module("m"), two.import_module("m")
        again = one.reload(first)

        assert again is first
        assert (first.runs, second.runs) == (2, 1)


def test_another_spaces_module_is_refused():
    """A space does not reload a module that is not its own."""
    with tree({"m.py": ""}) as t:
        other = t.space(name="other").import_module("m")

        with pytest.raises(ImportError, match=r"module m not in sys\.modules"):
            t.space().reload(other)


def test_a_changed_file_is_read_again():
    """A reload sees the file as it is now."""
    with tree({"m.py": "X = 1"}) as t:
        space = t.space()
        module = space.import_module("m")
        t.write("m.py", "X = 'another length'")
        space.reload(module)

        assert module.X == "another length"
