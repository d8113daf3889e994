"""A space imports from its neighbours by import statement."""

import sys

import pytest

from loadstone import Space
from loadstone.errors import ModuleDenied
from loadstone.testing import tree

FILES = {
    "old/pk/__init__.py": "WHO = 'old'",
    "old/pk/sub.py": "class Thing: pass\n_hidden = 1",
    "new/pk/__init__.py": "WHO = 'new'",
}


@pytest.fixture
def two():
    """Return a function that imports a module, given as text, in a space beside another called old."""
    with tree(FILES) as t:
        old = Space("old", [t / "old"])
        new = Space("new", [t / "new"], imports_from={"old": old})

        def define(text):
            return new.define("user", text), old

        yield define


@pytest.mark.parametrize(
    ("statement", "value"),
    [
        ("from loadstone.spaces.old import pk as x", "x.WHO"),
        ("import loadstone.spaces.old.pk as x", "x.WHO"),
        ("import loadstone.spaces.old.pk", "loadstone.spaces.old.pk.WHO"),
        ("from loadstone.spaces.old.pk import WHO as x", "x"),
        ("from loadstone.spaces import old\nfrom loadstone.spaces.old import pk", "old.pk.WHO"),
        ("from loadstone.spaces.old.pk.sub import *\nimport pk", "Thing.__module__[:0] + 'old'"),
        ("import importlib\nx = importlib.import_module('loadstone.spaces.old.pk')", "x.WHO"),
    ],
)
def test_every_form_of_the_statement_leads_to_the_other_space(two, statement, value):
    """The name is the other's, and the plain name stays the space's own."""
    user, old = two(f"{statement}\nimport pk as own\nvalue = {value}")

    assert user.value == "old"
    assert user.own.WHO == "new"
    assert "pk" in old.modules


def test_what_is_bound_is_the_module_itself(two):
    """An alias is the very module that the other space has, with its plain name."""
    user, old = two("import loadstone.spaces.old.pk.sub as a\nfrom loadstone.spaces.old.pk import sub as b")

    assert user.a is user.b is old.modules["pk.sub"]
    assert user.a.__name__ == "pk.sub"


def test_a_submodule_that_is_not_loaded_yet_is_found_in_the_other_space(two):
    """`from loadstone.spaces.old.pk import sub` imports old's submodule, not one of the same name here."""
    user, old = two("from loadstone.spaces.old.pk import sub")

    assert user.sub is old.modules["pk.sub"]


def test_other_spaces_are_denied(two):
    """A space that imports_from does not name is an error, even when the host has it."""
    for statement in ("import loadstone.spaces.third", "from loadstone.spaces import third"):
        with pytest.raises(ModuleDenied, match=r"space 'new' may not import 'loadstone\.spaces\.third'"):
            two(statement)


def test_without_neighbours_all_are_denied():
    """A plain space has no neighbours."""
    with tree({"m.py": "from loadstone.spaces.old import pk"}) as t:
        with pytest.raises(ModuleDenied, match="imports-from names none"):
            t.space().import_module("m")


def test_loadstone_itself_is_shared(two):
    """Everything else of Loadstone is the host's, and the host's own package gets no attribute from a space."""
    user, _ = two("import loadstone.spaces.old.pk, loadstone.errors as e\nfrom loadstone import Space")
    import loadstone.errors

    assert user.Space is Space
    assert user.e is loadstone.errors
    assert "loadstone.spaces" not in sys.modules


def test_a_name_that_the_other_space_lacks_is_pythons_error(two):
    """The words are those of any package."""
    with pytest.raises(ModuleNotFoundError, match="No module named 'nothing' in space 'old'"):
        two("import loadstone.spaces.old.nothing")
    with pytest.raises(ImportError, match="cannot import name 'nothing'"):
        two("from loadstone.spaces.old.pk import nothing")
