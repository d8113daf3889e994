"""Names that exist for type checkers only."""

from __future__ import annotations

import sys

import pytest

from loadstone.testing import tree

HEAD = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from cart import Cart\n"
CART = {"cart.py": "class Cart: pass"}


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="annotations are not evaluated there")
def test_annotation(explained, repaired):
    """A name in an annotation: the line for type checkers, and how not to evaluate annotations."""
    with tree({**CART, "main.py": HEAD + "def f(cart: Cart): pass"}) as t:
        done = explained(t, "main.py")
        repaired(done)

        assert done.last == "NameError: name 'Cart' is not defined"
        assert done.text == (
            "loadstone: 'Cart' does not exist when the program runs: main.py binds it under TYPE_CHECKING only\n"
            "  main.py:4  def f(cart: Cart): pass  needs Cart\n"
            "  main.py:3  from cart import Cart    is for type checkers\n"
            "  repair: add `from __future__ import annotations` before line 1: then no annotation is evaluated\n"
            "  or: move `from cart import Cart` out of the block"
        )
        assert t.python("main.py").stderr == ""


@pytest.mark.parametrize("choice", [0, 1])
def test_function(explained, repaired, choice):
    """A name in a function: imported there, or above."""
    with tree({**CART, "main.py": HEAD + "def f():\n    return Cart()\nf()"}) as t:
        done = explained(t, "main.py")
        repaired(done, choice)

        assert done.value["repair"]["say"] == "import it inside f, before line 5: `from cart import Cart`"
        assert t.python("main.py").stderr == ""


def test_import_that_leads_back(explained, repaired):
    """Where the import would lead back to the file, it is not moved up: that would be a circular import."""
    with tree(
        {
            "cart.py": "from main import f\nclass Cart: pass",
            "main.py": HEAD + "def f():\n    Cart()\nif __name__ == '__main__':\n    f()",
        }
    ) as t:
        done = explained(t, "main.py")
        repaired(done)

        assert len(done.value["repairs"]) == 1
        assert t.python("main.py").stderr == ""


@pytest.mark.parametrize("program", ["from shop import Cart", "import shop\nshop.Cart"])
def test_from_another_module(explained, repaired, program):
    """A module that has the name for type checkers only has none to give."""
    with tree({**CART, "shop.py": HEAD, "main.py": program}) as t:
        done = explained(t, "main.py")
        repaired(done)

        assert "shop.py binds it under TYPE_CHECKING only" in done.text
        assert t.python("main.py").stderr == ""


def test_annotation_that_is_evaluated_later(explained):
    """`typing.get_type_hints` evaluates annotations that nothing evaluated before."""
    program = (
        "from __future__ import annotations\nimport typing\n"
        + HEAD
        + "class A:\n    x: Cart\ntyping.get_type_hints(A)"
    )
    with tree({**CART, "main.py": program}) as t:
        assert "main.py:5  from cart import Cart  is for type checkers" in explained(t, "main.py").text


@pytest.mark.parametrize(
    "program",
    [
        HEAD + "Carts",  # another name
        HEAD + "else:\n    from cart import Cart\ndel Cart\nCart",  # bound, and taken away
        HEAD + "from cart import Cart\ndel Cart\nCart",
    ],
)
def test_name_of_another_kind(explained, program):
    """A name that is bound elsewhere too, or nowhere, is not explained so."""
    with tree({**CART, "main.py": program}) as t:
        assert explained(t, "main.py").kind != "type-checking-only"
