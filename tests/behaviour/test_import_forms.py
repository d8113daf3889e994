"""Every form of the import statement means in a space what it means in Python."""

from __future__ import annotations

import pytest

from loadstone.testing import tree

SHOP = {
    "shop/__init__.py": "NAME = 'shop'",
    "shop/cart.py": """
        __all__ = ["add", "_hidden"]
        _hidden = 1
        left_out = 2
        def add(): return "added"
    """,
    "shop/parts/__init__.py": "",
    "shop/parts/wheel.py": "SIZE = 5",
    "plain.py": """
        import os
        _private = 1
        public = 2
        def run(): return "ran"
    """,
}


def main(*lines):
    """Return the tree above with these lines as main.py."""
    return tree({**SHOP, "main.py": "\n".join(lines) + "\n"})


def names_of(seen, module="main"):
    """Return the names that a module's own statements have bound, with their values as text."""
    return {name: value for name, value in seen["modules"][module].items() if not name.startswith("__")}


@pytest.mark.parametrize(
    ("statement", "binds"),
    [
        ("import plain", {"plain": "module plain"}),
        ("import plain as short", {"short": "module plain"}),
        ("import shop.cart", {"shop": "module shop"}),
        ("import shop.cart as short", {"short": "module shop.cart"}),
        ("import shop.parts.wheel as short", {"short": "module shop.parts.wheel"}),
        ("import shop.parts.wheel, plain as p", {"shop": "module shop", "p": "module plain"}),
        ("from plain import run", {"run": "function plain.run"}),
        ("from plain import run as go", {"go": "function plain.run"}),
        ("from plain import (run, public as p)", {"run": "function plain.run", "p": "2"}),
        ("from shop import cart", {"cart": "module shop.cart"}),
        ("from shop.parts import wheel as w", {"w": "module shop.parts.wheel"}),
        ("from shop.parts.wheel import SIZE", {"SIZE": "5"}),
        ("from plain import *", {"os": "module os", "public": "2", "run": "function plain.run"}),
        ("from shop.cart import *", {"add": "function shop.cart.add", "_hidden": "1"}),
        ("from shop import *", {"NAME": "'shop'"}),
    ],
)
def test_statement(same, statement, binds):
    """Each statement binds the names that it says, to the same things as in Python."""
    with main(statement) as t:
        seen = names_of(same(t, "import main"))

        assert {name: value.partition(",")[0] for name, value in seen.items()} == binds


@pytest.mark.parametrize(
    ("statement", "value"),
    [
        ("from . import wheel as got", "module shop.parts.wheel"),
        ("from .wheel import SIZE as got", "5"),
        ("from .. import NAME as got", "'shop'"),
        ("from ..cart import add as got", "function shop.cart.add"),
        ("from .. import cart as got", "module shop.cart"),
        ("from ..parts import wheel as got", "module shop.parts.wheel"),
        ("from .wheel import *; got = SIZE", "5"),
        ("got = __import__('wheel', globals(), None, ['SIZE'], 1)", "module shop.parts.wheel"),
        ("got = __import__('parts.wheel', globals(), None, [], 2)", "module shop.parts"),
        ("got = __import__('', globals(), None, ['NAME'], 2)", "module shop"),
    ],
)
def test_relative(same, statement, value):
    """Leading dots count from the package of the module that the statement stands in."""
    with tree({**SHOP, "shop/parts/axle.py": statement}) as t:
        seen = same(t, "import shop.parts.axle")

        assert seen["modules"]["shop.parts.axle"]["got"].partition(",")[0] == value


def test_inside_blocks(same):
    """Imports in functions, classes, branches, loops and handlers bind in the scope that they stand in."""
    with main(
        "def function():",
        "    from shop.cart import add",
        "    return add()",
        "class Class:",
        "    import shop.parts as parts",
        "    from plain import run",
        "if True:",
        "    import plain as in_branch",
        "for _ in [1]:",
        "    from shop import cart as in_loop",
        "try:",
        "    import missing",
        "except ImportError:",
        "    import plain as in_handler",
        "with open(__file__):",
        "    from plain import public as in_with",
        "got = function(), sorted(n for n in vars(Class) if n[0] != '_')",
    ) as t:
        seen = names_of(same(t, "import main"))

        assert seen["got"] == "('added', ['parts', 'run'])"
        assert {"in_branch", "in_loop", "in_handler", "in_with"} <= seen.keys()


def test_inside_expressions(same):
    """Lambdas, comprehensions, generators and coroutines import from the world of their module."""
    with main(
        "import asyncio",
        "def generate():",
        "    import shop.parts.wheel as w",
        "    yield w.SIZE",
        "    from plain import public",
        "    yield public",
        "async def later():",
        "    await asyncio.sleep(0)",
        "    from shop.cart import add",
        "    return add()",
        "load = lambda: __import__('shop.cart').NAME",
        "listed = [__import__(name).__name__ for name in ('plain', 'shop')]",
        "got = list(generate()), asyncio.run(later()), load(), listed",
    ) as t:
        seen = names_of(same(t, "import main"))

        assert seen["got"] == "([5, 2], 'added', 'shop', ['plain', 'shop'])"


def test_global_and_nonlocal(same):
    """An import binds a name that is declared global or nonlocal where that name lives."""
    with main(
        "def outer():",
        "    wheel = None",
        "    def inner():",
        "        global bound",
        "        nonlocal wheel",
        "        import plain as bound",
        "        from shop.parts import wheel",
        "    inner()",
        "    return wheel.SIZE",
        "got = outer()",
    ) as t:
        seen = names_of(same(t, "import main"))

        assert (seen["got"], seen["bound"].partition(",")[0]) == ("5", "module plain")


@pytest.mark.parametrize(
    "line",
    [
        "exec('from plain import public as got')",
        "exec('from plain import public as got', globals())",
        "scope = {}; exec('from plain import public as got', scope); got = scope.pop('got'); del scope",
        "import builtins as b; s = {'__builtins__': b}; exec('import plain', s); got = s['plain'].public; del b, s",
        "s = {'__builtins__': vars(__import__('builtins'))}; exec('import plain', s); got = s['plain'].public; del s",
        "got = eval('__import__(\"plain\").public')",
        "got = eval('__import__(\"plain\").public', {})",
        "import importlib; got = importlib.import_module('plain').public; del importlib",
        "import importlib; got = importlib.__import__('plain').public; del importlib",
        "import builtins; got = builtins.__import__('plain').public; del builtins",
    ],
)
def test_by_hand(same, line):
    """Code that is executed, and every function that imports, sees the modules of the world that it is called in."""
    with main(line) as t:
        assert names_of(same(t, "import main"))["got"] == "2"


def test_star_over_definition(same):
    """The last statement that binds a name wins, be it a star or a definition."""
    with main("def run(): return 'mine'", "from plain import *", "def public(): pass") as t:
        seen = names_of(same(t, "import main"))

        assert (seen["run"], seen["public"]) == ("function plain.run", "function main.public")


def test_submodules_become_attributes(same):
    """A submodule is bound on its package once it was executed, by whatever statement."""
    with main(
        "import shop", "before = hasattr(shop, 'cart')", "from shop.cart import add", "after = shop.cart"
    ) as t:
        seen = names_of(same(t, "import main"))

        assert (seen["before"], seen["after"].partition(",")[0]) == ("False", "module shop.cart")


def test_module_getattr(same):
    """A module's own ``__getattr__`` answers for names that a from-import does not find."""
    with tree(
        {
            "lazy.py": """
                asked = []
                def __getattr__(name):
                    asked.append(name)
                    if name.startswith("__"):
                        raise AttributeError(name)
                    return name.upper()
            """,
            "main.py": "from lazy import colour, asked",
        }
    ) as t:
        seen = names_of(same(t, "import main"))

        assert (seen["colour"], seen["asked"]) == ("'COLOUR'", "['__path__', 'colour']")


def test_module_replaces_itself(same):
    """A module that puts an object in its own place in ``sys.modules`` is imported as that object."""
    with tree(
        {
            "odd.py": "import sys\nclass Odd:\n    value = 7\nsys.modules[__name__] = Odd()",
            "main.py": "import odd\nfrom odd import value\ngot = type(odd).__name__, odd.value, value",
        }
    ) as t:
        assert names_of(same(t, "import main"))["got"] == "('Odd', 7, 7)"


def test_name_that_is_no_identifier(same):
    """A file whose name no statement can spell is imported by a function."""
    with tree(
        {"my-module.py": "X = 1", "main.py": "import importlib\ngot = importlib.import_module('my-module').X"}
    ) as t:
        assert names_of(same(t, "import main"))["got"] == "1"
