"""The names that a file reads, with their attributes: those of the module, and none of its functions' own."""

from __future__ import annotations

from loadstone.source.bindings import summarise
from loadstone.source.reading import parse


def reads(code):
    return [(read.name, read.when) for read in summarise(parse(code, "a.py"), "a", False).reads]


def test_what_a_function_binds_is_its_own():
    """Parameters and local variables are noted nowhere, whether they are read before or after they are bound."""
    code = "def f(self, other):\n    self.cart.add(other.name)\n    late\n    late = shop.cart\n    return late.total\n"

    assert reads(code) == [("shop.cart", "later")]


def test_what_a_function_declares_global_is_the_modules():
    """A name that it binds behind ``global`` is the module's; one that it has bound before is still its own."""
    code = "def f(own):\n    own.x\n    global cart\n    cart = own.y\n    return cart.total, own.z\n"

    assert reads(code) == [("cart.total", "later")]


def test_a_comprehension_has_its_own_names():
    """Its variable is no name of the module, not even where the module has one that is called so."""
    assert reads("one = 1\nfound = [one.name for one in shop.every]\n") == [("shop.every", "import")]


def test_a_class_may_take_the_name_that_it_binds():
    """``join = join`` in a class reads the name around it."""
    assert ("join", "never") in reads("class A:\n    join = join\n")
