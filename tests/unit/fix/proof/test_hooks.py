"""Classes that notice their subclasses: to miss one would let a registration change its place."""

from __future__ import annotations

import pytest

from loadstone.fix.model import Model
from loadstone.source.project import Library
from loadstone.source.tree import find_project
from loadstone.testing import tree

BASE = "class Base:\n    def __init_subclass__(cls): ...\n"


def hooked(files, name):
    """Return whether making a subclass of a class runs code, as far as a tree says."""
    with tree(files) as t:
        return Model(find_project([str(t.path)], root=str(t.path))).timeline({}).hooked(name)


@pytest.mark.parametrize(
    "text",
    [
        BASE,
        "class Meta(type): ...\nclass Base(metaclass=Meta): ...\n",
        f"{BASE.replace('Base', 'Root')}class Base(Root): ...\n",
        f"{BASE.replace('Base', 'Root')}class Other: ...\nclass Base(Other, Root): ...\n",
        f"{BASE.replace('Base', 'Root')}class Inner(Root): ...\nclass Base(Inner): ...\n",
        f"{BASE.replace('Base', 'Root')}class Base(Root[int]): ...\n",
        "def made(): ...\nclass Base(made()): ...\n",
        "class A: ...\nclass Base(A if A else A): ...\n",
    ],
    ids=["itself", "metaclass", "base", "second base", "base of its base", "subscript", "call", "expression"],
)
def test_a_class_that_notices(text):
    """By its own hook, by a metaclass, or by any of its bases."""
    assert hooked({"a.py": text}, "a.Base")


@pytest.mark.parametrize(
    "text",
    [
        "from a import Base\nclass New(Base): ...",
        "from a import *\nclass New(Base): ...",
        "from a import Base as Root\nclass New(Root): ...",
        "import a\nclass New(a.Base): ...",
        "import a as b\nclass New(b.Base): ...",
        "from face import Renamed\nclass New(Renamed): ...",
    ],
)
def test_a_base_from_elsewhere(text):
    """A base is found under whatever name it comes."""
    assert hooked({"a.py": BASE, "face.py": "from a import Base as Renamed", "m.py": text}, "m.New")


def test_classes_that_do_not():
    """Plain classes, those of the builtins and of the standard library run nothing that others see."""
    files = {
        "a.py": "import abc\nclass A: ...\nclass B(A, Exception): ...\nclass C(abc.ABC): ...\n",
        "b.py": "from collections import namedtuple\nclass D(namedtuple('D', 'x')): ...\n",
        "c.py": "from typing import Generic, T\nclass E(Generic[T]): ...\n",
    }

    assert not hooked(files, "a.A")
    assert not hooked(files, "a.B")
    assert not hooked(files, "a.C")
    assert not hooked(files, "b.D")
    assert not hooked(files, "c.E")


@pytest.mark.parametrize("name", ["pack.Base", "pack.inner.Face", "pack.outer.Next"])
def test_classes_of_installed_packages(name):
    """In what is installed, too, a base is followed to where it is defined."""
    files = {
        "pyproject.toml": "[tool.loadstone]\n",
        "site-packages/pack/__init__.py": "from .inner import Base\n",
        "site-packages/pack/inner.py": f"{BASE}Face = Base\n",
        "site-packages/pack/outer.py": "from . import inner\nclass Next(inner.Base): ...\n",
        "m.py": "",
    }
    with tree(files) as t:
        project = find_project([str(t / "m.py")], root=str(t.path))
        library = Library((str(t.path), str(t / "site-packages")))
        model = Model(project._replace(library=library, modules={"m": str(t / "m.py")}))

        assert model.timeline({}).hooked(name)


@pytest.mark.parametrize("name", ["a.Made", "a.Lower", "a.made.Base", "nowhere.Base"])
def test_what_cannot_be_told(name):
    """A class that is not at the top of a module, or not to be found, is taken to notice."""
    assert hooked({"a.py": "def make(): ...\nMade = make()\nif Made:\n    class Lower: ...\n"}, name)


def test_a_class_that_is_its_own_base():
    """Code that cannot work has an answer all the same."""
    assert not hooked({"a.py": "class A(B): ...\nclass B(A): ...\n"}, "a.A")


def test_a_hook_that_a_change_brings():
    """What was known of the state before is not believed of a file that has changed."""
    with tree({"a.py": "class Base: ...\n", "m.py": "from a import Base\nclass New(Base): ...\n"}) as t:
        before = Model(find_project([str(t.path)], root=str(t.path)))
        assert not before.timeline({}).hooked("m.New")
        after = before.changed({str(t / "a.py"): BASE.encode()})

        assert after.timeline({}).hooked("m.New")
