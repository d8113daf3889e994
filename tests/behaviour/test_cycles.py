"""Modules that import each other in a circle."""

from __future__ import annotations

import pytest

from loadstone.testing import tree


def test_plain_cycle(same):
    """Two modules that import each other and use each other later work."""
    with tree(
        {
            "a.py": "import b\ndef f(): return b.g()",
            "b.py": "import a\ndef g(): return a.__name__",
            "main.py": "import a\ngot = a.f()",
        }
    ) as t:
        assert same(t, "import main")["modules"]["main"]["got"] == "'a'"


def test_name_not_yet_bound(same):
    """Asking a half-executed module for a name that it has not bound yet fails in CPython's words."""
    with tree({"a.py": "from b import g\ndef f(): pass", "b.py": "from a import f\ndef g(): pass"}) as t:
        error = same(t, "import a")["error"]

        assert error["text"] == (
            "cannot import name 'f' from partially initialized module 'a' "
            "(most likely due to a circular import) (/a.py)"
        )
        assert (error["fields"]["name"], error["fields"]["path"]) == ("'a'", "'/a.py'")


def test_attribute_not_yet_bound(same):
    """Using a name of a half-executed module fails in CPython's words."""
    with tree({"a.py": "import b\nX = 1", "b.py": "import a\nprint(a.X)"}) as t:
        error = same(t, "import a")["error"]

        assert error["type"] == "AttributeError"
        assert error["text"].startswith("partially initialized module 'a'")


@pytest.mark.parametrize(
    "statement",
    ["from . import b", "from p import b", "import p.b as b", "from . import b as b, a"],
)
def test_submodule_in_cycle(same, statement):
    """A submodule that is being executed is found by each statement that names it, though it is bound later."""
    with tree(
        {
            "p/__init__.py": "",
            "p/a.py": f"{statement}\ndef f(): return b.X",
            "p/b.py": "from . import a\nX = 1\ngot = a.f()",
        }
    ) as t:
        assert same(t, "import p.b")["modules"]["p.b"]["got"] == "1"


def test_dotted_import_in_cycle(same):
    """``import p.b`` in a cycle binds p, which has no b until b is executed."""
    with tree(
        {
            "p/__init__.py": "",
            "p/a.py": "import p.b\ngot = hasattr(p, 'b')",
            "p/b.py": "import p.a\nimport p\nlater = hasattr(p, 'a')",
            "main.py": "import p.b\nfinally_ = hasattr(p, 'b')",
        }
    ) as t:
        modules = same(t, "import main")["modules"]

        assert (modules["p.a"]["got"], modules["p.b"]["later"], modules["main"]["finally_"]) == (
            "False",
            "True",
            "True",
        )


def test_package_imports_itself(same):
    """A package whose own code imports its submodules, which import the package, works as in Python."""
    with tree(
        {
            "p/__init__.py": "from p.a import f\nfrom .b import g\nX = f() + g()",
            "p/a.py": "import p\ndef f(): return 1",
            "p/b.py": "from . import a\nfrom .a import f\ndef g(): return f() + a.f()",
        }
    ) as t:
        assert same(t, "import p")["modules"]["p"]["X"] == "3"


def test_failure_inside_a_cycle(same):
    """When a module of a circle fails, those that were not finished are gone and those that were stay."""
    with tree(
        {
            "p/__init__.py": "",
            "p/a.py": "from . import b, done",
            "p/b.py": "from . import a, done\nraise ValueError('b')",
            "p/done.py": "X = 1",
            "main.py": """
                try:
                    import p.a
                except ValueError:
                    import p
                    got = hasattr(p, 'a'), hasattr(p, 'b')
            """,
        }
    ) as t:
        modules = same(t, "import main")["modules"]

        assert modules["main"]["got"] == "(False, False)"
        assert "p.done" in modules
        assert not modules.keys() & {"p.a", "p.b"}


def test_failure_and_a_second_try(same):
    """A module that failed is executed again by the next import of it."""
    with tree(
        {
            "p/__init__.py": "tries = []",
            "p/a.py": "import p.b as b",
            "p/b.py": "import p, p.a as a\np.tries.append(1)\nif len(p.tries) < 2: raise ValueError('first')",
            "main.py": """
                try:
                    import p.b
                except ValueError:
                    import p.b as b
                    got = b.p.tries
            """,
        }
    ) as t:
        assert same(t, "import main")["modules"]["main"]["got"] == "[1, 1]"


def test_cycle_of_three_packages(same):
    """A circle through three packages, entered at each of them, fails where it fails in Python."""
    files = {}
    for here, there in ("xy", "yz", "zx"):
        files[f"{here}/__init__.py"] = f"from {there} import m\nW = m.V"
        files[f"{here}/m.py"] = f"from {there} import W as V"
    with tree(files) as t:
        errors = [same(t, f"import {name}.m")["error"] for name in "xyz"]

        assert [error and error["type"] for error in errors] == ["ImportError", "ImportError", "ImportError"]


def test_the_hosts_modules_stay_out():
    """In a cycle, ``from a import b`` never takes the host's a.b, be the name missing or only late."""
    with tree(
        {
            "host/p/__init__.py": "",
            "host/p/b.py": "X = 'host'",
            "host/p/only.py": "X = 'host'",
            "space/p/__init__.py": "",
            "space/p/a.py": "from p import b\ndef f(): return b.X",
            "space/p/b.py": """
                from p import a
                X = 'space'
                got = a.f()
                try:
                    from p import only
                except ImportError as e:
                    late = str(e)
            """,
            "main.py": """
                import sys
                sys.path.insert(0, "host")
                import p.b, p.only
                import loadstone
                space = loadstone.Space("s", path=["space"])
                b = space.import_module("p.b")
                print(b.got, p.b.X, b.late.partition(" (")[0])
            """,
        }
    ) as t:
        ended = t.python("main.py")

        assert ended.stdout == "space host cannot import name 'only' from 'p'\n", ended.stderr
