"""What a module does by itself: names are spelled by what they stand for, and what is kept is kept only where true."""

from __future__ import annotations

import pytest

from loadstone.fix.model import Model
from loadstone.fix.proof.walk import Walk, families
from loadstone.source.tree import find_project
from loadstone.testing import tree


def model(t):
    return Model(find_project([str(t.path)], root=str(t.path)))


def told(acts):
    """Return what is done as text: a module that is loaded, or ``module: effect``."""
    return [one if isinstance(one, str) else f"{one.module}: {one.text}" for one in acts]


def own(files, module="m", same=None):
    with tree(files) as t:
        return told(model(t).timeline(same or {}).own(module))


def test_loads_and_effects_in_order():
    """Loads stand where their statements do, packages first; the second load of a module is none."""
    files = {"p/__init__.py": "", "p/q.py": "", "m.py": "print(1)\nimport p.q\nprint(2)\nimport p\n"}

    assert own(files) == ["m: print(1)", "p", "p.q", "m: print(2)"]


@pytest.mark.parametrize(
    "text", ["import a\na.f()", "import a as x\nx.f()", "from a import f\nf()", "from a import *\nf()"]
)
def test_names_are_spelled_in_full(text):
    """What is called is the same, whatever it is called here."""
    assert own({"a.py": "def f(): ...", "m.py": text}) == ["a", "m: a.f()"]


def test_names_that_look_alike():
    """The same text with another meaning is another effect."""
    files = {"a.py": "def f(): ...", "b.py": "def f(): ..."}

    assert own({**files, "m.py": "from a import *\nfrom b import *\nf()"})[-1] == "m: b.f()"
    assert own({**files, "m.py": "from b import *\nfrom a import *\nf()"})[-1] == "m: a.f()"


def test_names_that_are_meant_to_be_the_same():
    """A name that a repair turns into another one is spelled as that was."""
    files = {"a.py": "def f(): ...", "b.py": "def f(): ...", "m.py": "from b import f\nf()"}

    assert own(files, same={"b.f": "a.f"}) == ["b", "m: a.f()"]


def test_what_is_not_run():
    """Functions, the arm of a program, and what only a type checker reads load nothing and do nothing."""
    text = "def f():\n    import a\n    a.f()\nif __name__ == '__main__':\n    import a\n    f()\n"

    assert own({"a.py": "", "m.py": text}) == []


def test_a_meaning_that_changes_elsewhere():
    """A module whose own text stays has other effects where a name of its star comes from elsewhere now."""
    with tree(
        {"a.py": "", "b.py": "def f(): ...", "c.py": "from b import f", "m.py": "from c import *\nf()"}
    ) as t:
        before = model(t)
        assert told(before.timeline({}).own("m")) == ["c", "m: b.f()"]
        after = before.changed({str(t / "c.py"): b"def f(): ..."})

        assert told(after.timeline({}).own("m")) == ["c", "m: c.f()"]


def walk(files, *modules):
    with tree(files) as t:
        state = model(t)
        one = Walk(state, state.timeline({}).own)
        return [told(one.enter(module)) for module in modules]


def test_loads_inside_loads():
    """A module does its things where it is first loaded, and not again; a loop ends."""
    files = {
        "a.py": "import b\nprint('a')\nimport c\n",
        "b.py": "print('b1')\nimport c\nprint('b2')\n",
        "c.py": "import a\nprint('c')\n",
    }

    assert walk(files, "a") == [["b: print('b1')", "c: print('c')", "b: print('b2')", "a: print('a')"]]


def test_packages_are_entered_before():
    """What importing the package does is not told again for its modules, and each module is entered afresh."""
    files = {
        "p/__init__.py": "import x\n",
        "p/one.py": "import x, y\n",
        "p/two.py": "import y\n",
        "x.py": "print('x')\n",
        "y.py": "print('y')\n",
    }

    assert walk(files, *families(["p.one", "p.two", "x"])) == [
        ["x: print('x')"],
        ["y: print('y')"],
        ["y: print('y')"],
        ["x: print('x')"],
    ]


def test_a_module_that_begins_alike():
    """``shopping`` is not inside ``shop``: what that has loaded is not loaded yet."""
    files = {"shop.py": "import x\n", "shopping.py": "import x\n", "x.py": "print('x')\n"}

    assert walk(files, "shop", "shopping") == [["x: print('x')"], ["x: print('x')"]]


def test_families():
    """Packages stand before what is in them, each once."""
    assert families(["p.q.r", "pa.x", "p.q.a"]) == ["p", "p.q", "p.q.a", "p.q.r", "pa", "pa.x"]
