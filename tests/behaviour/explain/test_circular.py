"""Loops of imports: the lines of the loop, and edges to break that really break it."""

from __future__ import annotations

import pytest

from loadstone.testing import tree

LOOP = {
    "main.py": "import a\nprint(a.f(), a.g())",
    "a.py": "from b import g\n\n\ndef f():\n    return 1",
    "b.py": "from a import f\n\n\ndef g():\n    return f() + 1",
}


def test_from_import_in_a_loop(explained):
    """The loop is printed with its lines and what each does, then the cheapest edges to break."""
    with tree(LOOP) as t:
        done = explained(t, "main.py")

        assert done.last == (
            "ImportError: cannot import name 'f' from partially initialized module 'a' "
            f"(most likely due to a circular import) ({t / 'a.py'})"
        )
        assert done.text == (
            "loadstone: circular import: a runs b before it binds f, which b needs at once\n"
            "  a.py:1  from b import g  runs b\n"
            "  b.py:1  from a import f  needs f from a\n"
            "  a.py:4  def f()          binds it: not yet run\n"
            "  repair: in b.py, move line 1 into g (line 4)\n"
            "  or: in b.py, `import a`, and a.f where it is used\n"
            "  or: in a.py, move line 1 below line 5"
        )


@pytest.mark.parametrize("choice", [0, 1, 2])
def test_each_repair_breaks_the_loop(explained, repaired, choice):
    """Each repair, made as it stands, lets the program run."""
    with tree(LOOP) as t:
        repaired(explained(t, "main.py"), choice)

        assert t.python("main.py").stdout == "1 2\n"


def test_script_that_is_imported_again(explained, repaired):
    """A script in the loop runs a second time under its own name, and the explanation says so."""
    files = {
        "a.py": "from b import Base\n\nclass A(Base): pass\n\nprint(A.n)",
        "b.py": "from a import A\n\nclass Base:\n    n = 1\n\ndef make(): return [A]",
    }
    with tree(files) as t:
        done = explained(t, "a.py")
        repaired(done)

        assert "a.py:1  from b import Base  runs b, as __main__: then a.py runs again, as a" in done.text
        assert done.value["repair"]["say"] == "in b.py, move line 1 below line 4"
        assert t.python("a.py").stdout == "1\n1\n"


def test_import_that_nothing_uses(explained, repaired):
    """An import whose name nothing reads is simply dropped."""
    with tree(
        {"a.py": "import b\nX = 1", "b.py": "from a import X\nY = 2", "main.py": "import a\nprint(a.X)"}
    ) as t:
        done = explained(t, "main.py")
        repaired(done)

        assert done.value["repair"]["say"] == "in b.py, remove line 1: nothing uses what it imports"
        assert t.python("main.py").stdout == "1\n"


def test_inside_a_package(explained, repaired):
    """Relative imports in a package make the same loop."""
    files = {
        "p/__init__.py": "",
        "p/a.py": "from .b import g\ndef f(): pass",
        "p/b.py": "from .a import f\ndef g(): f()",
    }
    with tree(files) as t:
        done = explained(t, "-c", "import p.a")
        repaired(done)

        assert "p/b.py:1  from .a import f  needs f from p.a" in done.text
        assert t.python("-c", "import p.a").stderr == ""


def test_package_and_its_own_module(explained, repaired):
    """A package that imports a module which takes a name from the package, bound further down."""
    with tree(
        {"p/__init__.py": "from .a import f\nX = 1", "p/a.py": "from . import X\ndef f(): return X"}
    ) as t:
        done = explained(t, "-c", "import p")
        repaired(done)

        assert "in p/__init__.py, move line 1 below line 2" in done.text
        assert t.python("-c", "import p").stderr == ""


def test_name_only_in_annotations(explained, repaired):
    """Where only annotations use the name, the import moves under TYPE_CHECKING."""
    files = {
        "main.py": "import shop\nprint(shop.total(shop.Order()))",
        "shop.py": "from price import total\n\nclass Order:\n    n = 2",
        "price.py": '"""Prices."""\nfrom shop import Order\n\ndef total(order: Order) -> int:\n    return order.n',
    }
    with tree(files) as t:
        done = explained(t, "main.py")
        repaired(done)

        assert done.value["repairs"][0]["say"].startswith(
            "in price.py, only annotations use it: `if TYPE_CHECKING:`"
        )
        assert t.python("main.py").stdout == "2\n"


def test_name_needed_at_once(explained, repaired):
    """A base class is needed at once: the import at the other end of the loop moves down."""
    files = {
        "main.py": "import shapes\nprint(shapes.make())",
        "shapes.py": "from square import Square\n\nclass Shape:\n    n = 4\n\ndef make(): return Square().n",
        "square.py": "from shapes import Shape\n\nclass Square(Shape): pass",
    }
    with tree(files) as t:
        done = explained(t, "main.py")
        repaired(done)

        assert [repair["say"] for repair in done.value["repairs"]] == [
            "in shapes.py, move line 1 below line 4"
        ]
        assert t.python("main.py").stdout == "4\n"


def test_both_need_the_other_at_once(explained):
    """Where each end needs the other at once, no line can move: the name goes into a third module."""
    files = {
        "a.py": "from b import B\nclass A(B): pass",
        "b.py": "from a import A\nclass B: pass\nclass C(A): pass",
    }
    with tree(files) as t:
        done = explained(t, "-c", "import a")

        assert [repair["say"] for repair in done.value["repairs"]] == [
            "move B from b into a module of its own, which b and a import"
        ]


def test_longer_loop(explained, repaired):
    """A loop of four modules is printed edge by edge."""
    files = {
        "a.py": "import b\nX = 1",
        "b.py": "import c",
        "c.py": "import d",
        "d.py": "from a import X\ndef use(): return X",
    }
    with tree(files) as t:
        done = explained(t, "-c", "import a")
        repaired(done)

        assert [step["module"] for step in done.value["facts"]["loop"]] == ["a", "b", "c", "d"]
        assert "a runs b, which leads to d, before it binds X" in done.text
        assert t.python("-c", "import a").stderr == ""


def test_loop_through_a_function(explained):
    """An import inside a function that is called at once is part of the loop."""
    files = {"a.py": "import b\nX = 1", "b.py": "def load():\n    from a import X\n    return X\n\nload()"}
    with tree(files) as t:
        done = explained(t, "-c", "import a")

        assert "b.py:5  load()           calls load" in done.text
        assert "b.py:2  from a import X  needs X from a" in done.text


def test_attribute_in_a_loop(explained, repaired):
    """An attribute of a module in the middle of its import: the same loop, whatever Python suggests."""
    with tree(
        {"a.py": "import b\ndef f(): return 1", "b.py": "import a\nprint(a.f())", "main.py": "import a"}
    ) as t:
        done = explained(t, "main.py")
        repaired(done)

        assert done.last.startswith("AttributeError: ")
        assert "consider renaming" in done.last or "most likely due to a circular import" in done.last
        assert done.kind == "circular-attribute"
        assert "b.py:2  print(a.f())  needs f from a" in done.text
        assert t.python("main.py").stdout == "1\n"


def test_submodule_in_a_loop(explained, repaired):
    """A submodule in the middle of its import is no attribute of its package yet."""
    files = {
        "p/__init__.py": "",
        "p/a.py": "X = 1\nimport p.b\ndef f(): pass",
        "p/b.py": "import p.a\nY = p.a.X",
        "main.py": "import p.a\nprint(p.b.Y)",
    }
    with tree(files) as t:
        done = explained(t, "main.py")
        repaired(done)

        assert done.last == (
            "AttributeError: cannot access submodule 'a' of module 'p' (most likely due to a circular import)"
        )
        assert "write `from p import a`" in done.text
        assert t.python("main.py").stdout == "1\n"


def test_name_that_others_take_stays(explained):
    """An import that another module relies on is not moved away from under it."""
    files = {**LOOP, "facade.py": "from b import f"}
    with tree(files) as t:
        done = explained(t, "main.py")

        assert [repair["say"] for repair in done.value["repairs"]] == ["in a.py, move line 1 below line 5"]


def test_name_that_is_never_bound(explained):
    """A name that the other module never binds is no matter of a loop, though Python says so."""
    with tree({"a.py": "import b\ndef f(): pass", "b.py": "from a import zzz"}) as t:
        done = explained(t, "-c", "import a")

        assert "most likely due to a circular import" in done.last
        assert done.kind == "absent-name"
        assert done.text.startswith(
            "loadstone: a.py binds no 'zzz' anywhere: the circular import is not the cause"
        )


def test_name_that_was_deleted(explained):
    """A name that was bound and deleted before is not waiting to be bound."""
    with tree({"a.py": "f = 1\ndel f\nimport b", "b.py": "from a import f"}) as t:
        assert explained(t, "-c", "import a").kind is None


def test_loop_that_does_no_harm(explained):
    """A loop of plain imports runs, and nothing is said."""
    with tree({"a.py": "import b\ndef f(): pass", "b.py": "import a", "main.py": "import a"}) as t:
        done = explained(t, "main.py")

        assert (done.code, done.text) == (0, "")


def test_fallback_inside_the_loop(explained):
    """An error that the program itself handles is not explained."""
    with tree(
        {"a.py": "import b\nX = 1", "b.py": "try:\n    from a import X\nexcept ImportError:\n    X = 0"}
    ) as t:
        assert explained(t, "-c", "import a; print(a.b.X)").out == "0\n"


def test_explained_by_hand_inside_the_loop():
    """An error that is caught in the middle of the loop has the rest of the loop around the handler."""
    files = {
        "a.py": "import b\nX = 1",
        "b.py": """
            import loadstone
            try:
                from a import X
            except ImportError as error:
                print(loadstone.explain(error))
        """,
    }
    with tree(files) as t:
        out = t.python("-c", "import a").stdout

        assert "circular import: a runs b before it binds X, which b needs at once" in out
