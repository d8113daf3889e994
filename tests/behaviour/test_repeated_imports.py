"""An import statement that runs again sees what has changed since it ran first."""

import sys
import types

import pytest

from loadstone.testing import tree

SHOP = {
    "shop/__init__.py": "",
    "shop/cart.py": "total = 1",
    "shop/deep/__init__.py": "",
    "shop/deep/use.py": """
        def absolute():
            import shop.cart
            return shop.cart

        def renamed():
            import shop.cart as cart
            return cart

        def inner():
            from shop import cart
            return cart

        def value():
            from shop.cart import total
            return total

        def relative():
            from .. import cart
            return cart

        def relative_value():
            from ..cart import total
            return total
    """,
}
FORMS = ["absolute", "renamed", "inner", "relative"]


@pytest.fixture
def space():
    """Yield a space in which each statement has run twice, so that its answer is remembered."""
    with tree(SHOP) as t:
        space = t.space()
        use = space.import_module("shop.deep.use")
        for name in [*FORMS, "value", "relative_value"] * 2:
            getattr(use, name)()
        yield space


def call(space, name):
    """Return what one function of shop.deep.use returns now."""
    return getattr(space.modules["shop.deep.use"], name)()


@pytest.mark.parametrize("form", FORMS)
def test_a_repeated_import_gives_the_same_module(space, form):
    """The module is executed once and bound each time."""
    assert call(space, form) is space.modules["shop.cart"]


@pytest.mark.parametrize("form", FORMS)
def test_a_module_that_was_taken_out_is_imported_again(space, form):
    """After `del modules[name]` the next statement makes a new module."""
    old = space.modules.pop("shop.cart")

    # As natively, `from shop import cart` is content with the attribute that is still there.
    del space.modules["shop"].cart
    assert call(space, form) is not old
    assert call(space, form) is space.modules["shop.cart"]


@pytest.mark.parametrize("form", FORMS)
def test_a_module_that_was_replaced_is_bound(space, form):
    """What stands in `modules` and on the package counts, not what was imported first."""
    new = types.ModuleType("shop.cart")
    space.modules["shop.cart"] = space.modules["shop"].cart = new

    assert call(space, form) is new


@pytest.mark.parametrize("form", ["renamed", "inner", "relative"])
def test_an_attribute_that_was_deleted_is_found_among_the_modules(space, form, monkeypatch):
    """It is found in this space, never in the host, which has a module of the same name."""
    monkeypatch.setitem(sys.modules, "shop.cart", types.ModuleType("shop.cart"))
    del space.modules["shop"].cart

    assert call(space, form) is space.modules["shop.cart"]


@pytest.mark.parametrize("form", ["value", "relative_value"])
def test_a_name_that_was_deleted_cannot_be_imported(space, form):
    """`from m import x` fails when x is gone, though it worked before."""
    del space.modules["shop.cart"].total

    with pytest.raises(ImportError, match="cannot import name 'total'"):
        call(space, form)


@pytest.mark.parametrize("form", ["value", "relative_value"])
def test_a_name_that_was_rebound_has_its_new_value(space, form):
    """The module is remembered, not its values."""
    space.modules["shop.cart"].total = 2

    assert call(space, form) == 2


def test_none_in_modules_forbids_a_repeated_import(space):
    """`modules[name] = None` halts the statement, as natively."""
    space.modules["shop.cart"] = None

    with pytest.raises(ModuleNotFoundError, match=r"import of shop.cart halted; None in sys.modules"):
        call(space, "absolute")


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("shop.cart", None, None, None, -1), ValueError),
        (("cart", {"__package__": "shop"}, None, ("total",), -1), ValueError),
        (("cart", {"__package__": "shop"}, None, ("total",), 2), ImportError),
        (("cart", {}, None, ("total",), 1), KeyError),
        ((b"shop.cart",), TypeError),
        (("",), ValueError),
        (("json", None, None, (1,), 0), TypeError),
    ],
)
@pytest.mark.filterwarnings("ignore:can't resolve package:ImportWarning")
def test_mistakes_are_met_as_natively(space, arguments, error):
    """Remembered answers do not hide a wrong call of ``__import__``."""
    importing = space.modules["shop.cart"].__builtins__["__import__"]
    with pytest.raises(error) as native:
        __import__(*arguments)

    with pytest.raises(error) as ours:
        importing(*arguments)
    assert str(ours.value) == str(native.value)


def test_a_call_without_a_from_list_returns_the_top(space):
    """`__import__("shop.cart")` returns shop; with a from-list, also an iterator, it returns shop.cart."""
    importing = space.modules["shop.cart"].__builtins__["__import__"]

    assert importing("shop.cart") is importing("shop.cart", fromlist=[]) is space.modules["shop"]
    assert importing("shop.cart", fromlist=["total"]) is space.modules["shop.cart"]
    assert importing("shop.cart", fromlist=iter(["total"])) is space.modules["shop.cart"]


def test_an_iterator_as_from_list_is_read_once(space):
    """A submodule that an iterator names is imported, though the package is remembered."""
    importing = space.modules["shop.cart"].__builtins__["__import__"]
    space.modules.pop("shop.cart")
    del space.modules["shop"].cart
    importing("shop", fromlist=["__name__"])

    importing("shop", fromlist=iter(["cart"]))
    assert "shop.cart" in space.modules
