"""A module, and something of the same name inside it or in its package."""

from __future__ import annotations

import pytest

from loadstone.testing import tree


def test_class_inside_the_module(explained, repaired):
    """`datetime.now()` on the module: the class is inside it."""
    with tree({"main.py": "import datetime\nprint(datetime.now().year > 2000)"}) as t:
        done = explained(t, "main.py")
        repaired(done)

        assert done.last == "AttributeError: module 'datetime' has no attribute 'now'"
        assert done.text == (
            "loadstone: 'datetime' is the module here; 'now' is in the class 'datetime' inside it\n"
            "  main.py:2  print(datetime.now().year > 2000)\n"
            "  main.py:1  import datetime                    brings datetime\n"
            "  repair: write `datetime.datetime` for `datetime`"
        )
        assert t.python("main.py").stdout == "True\n"


@pytest.mark.parametrize(
    ("program", "says"),
    [
        ("import pprint\npprint([1])", "the function 'pprint' is inside it"),
        (
            "import cart as c\n\ndef f():\n    return [\n        c(),\n    ]\nf()",
            "the class 'Cart' is inside it",
        ),
        (
            "from datetime import datetime\ndatetime.datetime(2000, 1, 1)",
            "datetime is the class here, not its module",
        ),
    ],
)
def test_repair(explained, repaired, program, says):
    """The call of a module, and the class taken for its module: what to write."""
    with tree({"cart.py": "class Cart: pass", "main.py": program}) as t:
        done = explained(t, "main.py")
        repaired(done)

        assert done.kind == "module-or-member"
        assert says in done.text
        assert t.python("main.py").stderr == ""


def test_called_module_with_nothing_of_its_name(explained):
    """A module that holds nothing of its name is only named."""
    with tree({"pkg/tool.py": "x = 1", "main.py": "from pkg import tool\ntool()"}) as t:
        done = explained(t, "main.py")

        assert done.last == "TypeError: 'module' object is not callable"
        assert done.text == (
            "loadstone: tool is the module 'pkg.tool' (pkg/tool.py), and a module cannot be called\n"
            "  main.py:2  tool()\n"
            "  main.py:1  from pkg import tool  brings tool"
        )


def test_function_taken_for_its_module(explained):
    """`time.sleep` after `from time import time`."""
    with tree({"main.py": "from time import time\ntime.sleep(0)"}) as t:
        done = explained(t, "main.py")

        assert "time is the function here, not its module: 'sleep' is in the module" in done.text
        assert (
            done.value["repair"]["say"] == "add `from time import sleep`, and write `sleep` for `time.sleep`"
        )


@pytest.mark.parametrize(
    "program",
    [
        "import datetime\ndatetime.nowhere()",  # the class has it not either
        "from datetime import datetime\ndatetime.nowhere()",
        "class time: pass\ntime.sleep(0)",  # a class of one's own
        "(lambda: 1).datetime",
        "1()",
    ],
)
def test_what_neither_has(explained, program):
    """A name that is in neither of the two is not explained so."""
    with tree({"main.py": program}) as t:
        assert explained(t, "main.py").kind is None


def test_function_that_hides_a_submodule(explained):
    """A package that imports a function out of its submodule of the same name."""
    files = {
        "shop/__init__.py": "from .cart import cart",
        "shop/cart.py": "def cart(): pass\ndef total(): return 3",
    }
    with tree({**files, "main.py": "import shop.cart\nshop.cart.total()"}) as t:
        done = explained(t, "main.py")
        t.write("main.py", "from shop.cart import total\nprint(total())")

        assert done.last == "AttributeError: 'function' object has no attribute 'total'"
        assert done.text == (
            "loadstone: shop.cart is a function here: it hides the submodule shop.cart, which has 'total'\n"
            "  main.py:2           shop.cart.total()\n"
            "  shop/__init__.py:1  from .cart import cart  binds cart\n"
            "  shop/cart.py        is the submodule\n"
            "  repair: write `from shop.cart import total`: that finds the submodule all the same"
        )
        assert t.python("main.py").stdout == "3\n"


@pytest.mark.parametrize(
    "program",
    [
        "from shop import cart\ncart.total()",
        "import shop.cart as c\nc.total()",
        "import shop as s\ns.cart.total()",
    ],
)
def test_other_ways_to_the_hidden_submodule(explained, program):
    """However the name was reached, the submodule is behind it."""
    files = {
        "shop/__init__.py": "from .cart import cart",
        "shop/cart.py": "def cart(): pass\ndef total(): return 3",
    }
    with tree({**files, "main.py": program}) as t:
        assert explained(t, "main.py").kind == "name-and-submodule"


def test_value_that_is_the_same_by_chance(explained):
    """None is None, wherever it is: what is no part of the package does not hide its submodule."""
    files = {
        "shop/__init__.py": "from . import cart as c\ncart = None",
        "shop/cart.py": "def total(): return 3",
    }
    program = "import shop\nclass Order:\n    cart = None\nOrder().cart.total()"
    with tree({**files, "main.py": program}) as t:
        assert explained(t, "main.py").kind is None


def test_submodule_that_takes_the_place_of_a_function(explained):
    """The first import of the submodule puts the module where the function was."""
    files = {"shop/__init__.py": "def cart(): pass", "shop/cart.py": ""}
    with tree({**files, "main.py": "import shop\nimport shop.cart\nshop.cart()"}) as t:
        done = explained(t, "main.py")

        assert done.last == "TypeError: 'module' object is not callable"
        assert "importing it took the place of the 'cart' that shop defines" in done.text


@pytest.mark.parametrize("cart", ["def cart(): pass", "def cart(): pass\ntotals = 1"])
def test_submodule_that_has_not_the_name(explained, cart):
    """A name that the submodule has not either is not behind the function."""
    files = {"shop/__init__.py": "from .cart import cart", "shop/cart.py": cart}
    with tree({**files, "main.py": "import shop.cart\nshop.cart.total"}) as t:
        assert explained(t, "main.py").kind is None
