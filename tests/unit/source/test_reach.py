"""What a change can reach: a module that is forgotten here would keep the meaning that its names had before."""

from __future__ import annotations

import pytest

from loadstone.source.reach import importers, reached
from loadstone.source.tree import find_project
from loadstone.testing import tree


def reach(files, *changed):
    """Return the modules of a tree that a change of these reaches, sorted."""
    with tree(files) as t:
        project = find_project([str(t.path)])
        found = reached(changed, importers(map(project.library.summary, project.modules)))
        return sorted(found & project.modules.keys())


def test_the_changed_module_itself():
    """A module that nobody imports reaches itself, and nothing that it imports."""
    assert reach({"a.py": "import b", "b.py": ""}, "a") == ["a"]


def test_nothing_changed():
    """Without a change nothing is reached."""
    assert reach({"a.py": "import a"}) == []


def test_importers_of_importers():
    """Whoever imports it is reached, and whoever imports those; a loop ends."""
    files = {
        "a.py": "import d",
        "b.py": "from a import x",
        "c.py": "import b",
        "d.py": "import c",
        "e.py": "",
    }

    assert reach(files, "a") == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    "text",
    [
        "import pack.low",
        "import pack.low as low",
        "from pack import low",
        "from pack.low import *",
        "from pack.low import x as y",
        "def later():\n    from pack import low",
        "TYPE_CHECKING = False\nif TYPE_CHECKING:\n    import pack.low",
        "try:\n    import pack.low\nexcept ImportError:\n    pass",
        "class A:\n    from pack.low import x",
    ],
)
def test_every_form_of_an_import(text):
    """However an import is written, and whenever it runs, if at all."""
    assert reach({"pack/__init__.py": "", "pack/low.py": "x = 1", "m.py": text}, "pack.low") == [
        "m",
        "pack.low",
    ]


@pytest.mark.parametrize("text", ["from . import low", "from .low import x", "from ..pack import low"])
def test_relative_imports(text):
    """Dots are followed from the package that the module is in."""
    files = {
        "top/__init__.py": "",
        "top/pack/__init__.py": "",
        "top/pack/low.py": "x = 1",
        "top/pack/m.py": text,
    }

    assert reach(files, "top.pack.low") == ["top.pack.low", "top.pack.m"]


def test_dots_of_a_package_itself():
    """In an ``__init__.py`` one dot is the package itself, whose modules all run it first."""
    files = {"pack/__init__.py": "from .low import x", "pack/low.py": "x = 1", "pack/other.py": ""}

    assert reach(files, "pack.low") == ["pack", "pack.low", "pack.other"]


def test_the_packages_on_the_way():
    """Importing ``a.b.c`` runs ``a`` and ``a.b``: a change of those reaches the importer and what is in them."""
    files = {"a/__init__.py": "", "a/b/__init__.py": "", "a/b/c.py": "", "m.py": "import a.b.c", "n.py": ""}

    assert reach(files, "a") == ["a", "a.b", "a.b.c", "m"]
    assert reach(files, "a.b") == ["a.b", "a.b.c", "m"]


def test_names_that_only_begin_alike():
    """``shop`` is not the package of ``shopping``."""
    assert reach({"shop.py": "", "shopping.py": "", "m.py": "import shopping"}, "shop") == ["shop"]
