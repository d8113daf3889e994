"""What annotations bind in a module: `__annotations__` until Python 3.13, other names from 3.14 on (PEP 649)."""

from __future__ import annotations

import dataclasses
import sys

import pytest

from loadstone.source.origins import namespace
from loadstone.source.project import Library
from loadstone.testing import tree

TEXT = "from __future__ import annotations\n"
MODULES = {
    "nothing annotated": "x = 1",
    "a variable": "x: int = 1",
    "a declaration": "x: int",
    "a name in brackets": "(x): int = 1",
    "an attribute": "class C: pass\nC.x: int = 1",
    "an attribute and a variable": "class C: pass\nC.x: int = 1\ny: int = 2",
    "a branch that is not taken": "if not __name__:\n    x: int\n",
    "a local variable": "def f():\n    x: int = 1",
    "a class variable": "class C:\n    x: int = 1",
    "a parameter": "def f(x: int) -> int: ...",
    "text": TEXT + "x: int = 1",
    "text of an attribute": TEXT + "class C: pass\nC.x: int = 1",
    "text in a function": TEXT + "def f():\n    x: int = 1",
}


@pytest.mark.parametrize("source", MODULES.values(), ids=MODULES)
def test_the_names_that_annotations_bring(source):
    """The names read from the source are those of the running module, and each has a cause."""
    with tree({"m.py": source}) as t:
        space = t.space()
        live = vars(space.import_module("m"))

        assert set(namespace(Library([str(t.path)]), "m")) == set(live)
        assert "dynamic" not in {one.kind for one in space.namespace("m").values()}


def test_asking_for_annotations_adds_nothing_unexplained():
    """The name that Python binds when somebody asks for a module's annotations is Python's own."""
    with tree({"m.py": "x = 1"}) as t:
        space = t.space()
        assert space.import_module("m").__annotations__ == {}

        assert space.namespace("m")["__annotations__"].kind == "implicit"


def test_a_program_has_its_annotations():
    """The annotations of a program that a space runs can be read from its module."""
    with tree({"main.py": "limit: int = 3"}) as t:
        assert t.space().run(t / "main.py").__annotations__ == {"limit": int}


def test_a_dataclass_may_name_what_comes_later():
    """A dataclass whose annotations are text may name a class that is defined below it."""
    source = (
        TEXT + "import dataclasses\n@dataclasses.dataclass\nclass Node:\n    next: Leaf\nclass Leaf: pass"
    )
    with tree({"m.py": source}) as t:
        node = t.space().import_module("m").Node

        assert [field.type for field in dataclasses.fields(node)] == ["Leaf"]


@pytest.mark.skipif(sys.version_info < (3, 14), reason="annotations are evaluated at once until Python 3.13")
def test_a_loop_is_not_blamed_on_an_annotation(explained):
    """The import can move into the function although an annotation names what the loop has not bound yet."""
    files = {
        "main.py": "import shop",
        "shop.py": "from cart import add\nclass Item: pass\nLIMIT = 3",
        "cart.py": "import shop\nfrom shop import LIMIT\ndef add(item: shop.Item):\n    return LIMIT\n",
    }
    with tree(files) as t:
        done = explained(t, "main.py")

        assert done.last.startswith("ImportError: cannot import name 'LIMIT' from ")
        assert "in cart.py, move line 2 into add (line 3)" in done.text
