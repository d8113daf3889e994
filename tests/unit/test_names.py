"""Module names, parsed and taken apart."""

import pickle

import pytest

from loadstone.errors import BadModuleName
from loadstone.names import ModuleName


def test_a_name_is_its_text():
    """A parsed name equals its text and finds it in a dict."""
    name = ModuleName.parse("shop.cart")

    assert name == "shop.cart"
    assert {"shop.cart": 1}[name] == 1
    assert pickle.loads(pickle.dumps(name)) == name


def test_a_name_has_parts():
    """Parent, top, tail, child and lineage of a dotted name and of a plain one."""
    deep, plain = ModuleName("shop.cart.items"), ModuleName("shop")

    assert (deep.parent, deep.top, deep.tail) == ("shop.cart", "shop", "items")
    assert (plain.parent, plain.top, plain.tail) == ("", "shop", "shop")
    assert plain.child("cart") == ModuleName("").child("shop.cart") == "shop.cart"
    assert deep.lineage() == ("shop", "shop.cart", "shop.cart.items")


@pytest.mark.parametrize("text", ["", ".", "a..b", ".a", "a."])
def test_what_is_no_name(text):
    """An empty text or part is refused, with the text in the message."""
    with pytest.raises(BadModuleName, match="is not a module name") as caught:
        ModuleName.parse(text)
    assert caught.value.name == text


def test_only_text_is_a_name():
    """Anything but a str is a TypeError."""
    with pytest.raises(TypeError, match="a module name is a str, not int"):
        ModuleName.parse(3)


@pytest.mark.parametrize(
    ("package", "level", "name", "meant"),
    [("a.b", 1, "c", "a.b.c"), ("a.b", 1, "", "a.b"), ("a.b", 2, "c", "a.c"), ("a.b", 2, "", "a")],
)
def test_a_relative_name(package, level, name, meant):
    """Dots count packages upwards, as in an import statement."""
    assert ModuleName(package).relative(level, name) == meant


def test_too_many_dots():
    """More dots than packages is an error that says so."""
    with pytest.raises(BadModuleName, match="goes beyond the top-level package"):
        ModuleName("a.b").relative(3, "c")
