"""Relative imports that have no package to start from, or that climb out of it."""

from __future__ import annotations

from loadstone.testing import tree

NO_PACKAGE = "ImportError: attempted relative import with no known parent package"
BEYOND = "ImportError: attempted relative import beyond top-level package"

SHOP = {
    "shop/__init__.py": "",
    "shop/db.py": "def connect(): return 'connected'",
    "shop/cart.py": "from .db import connect\nprint(connect())",
}


def test_script_inside_a_package(explained):
    """A script that is part of a package: which module it is, and the command that runs it as one."""
    with tree(SHOP) as t:
        done = explained(t, "shop/cart.py")

        assert done.last == NO_PACKAGE
        assert done.text == (
            "loadstone: shop/cart.py is the module 'shop.cart', but it was started as a script, "
            "so a relative import has no package to start from\n"
            "  shop/cart.py:1  from .db import connect\n"
            "  repair: run it as a module of its package:\n"
            "      python -m shop.cart"
        )
        assert t.python("-m", "shop.cart").stdout == "connected\n"


def test_from_another_folder(explained):
    """The command starts with the change of folder that it needs."""
    with tree(SHOP) as t:
        t.path = t.path / "shop"

        assert "cd .. && python -m shop.cart" in explained(t, "cart.py").text


def test_inside_a_function(explained):
    """A relative import in a function is found at its own line, not at the call."""
    with tree({**SHOP, "shop/cart.py": "def f():\n    from .db import connect\n\nf()"}) as t:
        done = explained(t, "shop/cart.py")

        assert (done.kind, done.value["facts"]["line"]) == ("relative-import", 2)


def test_folder_without_init(explained):
    """A folder without __init__.py can be run as a namespace package, or the dots left out."""
    with tree({"shop/db.py": "X = 1", "shop/cart.py": "from . import db\nprint(db.X)"}) as t:
        done = explained(t, "shop/cart.py")

        assert [repair["say"] for repair in done.value["repairs"]] == [
            "run it as a module of its package",
            "write `import db`",
        ]
        assert t.python("-m", "shop.cart").stdout == "1\n"


def test_leaving_the_dots_out(explained, repaired):
    """A top-level module that was imported by another one: the plain name leads to the same file."""
    with tree(
        {"db.py": "X = 1", "cart.py": "from .db import X", "main.py": "import cart; print(cart.X)"}
    ) as t:
        done = explained(t, "main.py")
        repaired(done)

        assert done.last == NO_PACKAGE
        assert "cart.py was imported as the top-level module 'cart'" in done.text
        assert t.python("main.py").stdout == "1\n"


def test_folder_with_main(explained):
    """A folder that was run by its name is run as a module of the folder above."""
    with tree(
        {"app/__main__.py": "from .db import X\nprint(X)", "app/db.py": "X = 1", "app/__init__.py": ""}
    ) as t:
        assert "python -m app" in explained(t, "app").text
        assert t.python("-m", "app").stdout == "1\n"


def test_beyond_the_top(explained, repaired):
    """An import that climbs out of its package: the same module without dots, where the path has it."""
    with tree(
        {"shop/__init__.py": "", "lib.py": "x = 1", "shop/cart.py": "from ..lib import x\nprint(x)"}
    ) as t:
        done = explained(t, "-m", "shop.cart")
        repaired(done)

        assert done.last == BEYOND
        assert "write `from lib import x`" in done.text
        assert t.python("-m", "shop.cart").stdout == "1\n"


def test_one_dot_too_many(explained, repaired):
    """An import with one dot too many: the same with as many as the package has."""
    with tree({**SHOP, "shop/cart.py": "from ..db import connect\nprint(connect())"}) as t:
        done = explained(t, "-m", "shop.cart")
        repaired(done)

        assert "write `from .db import connect`" in done.text
        assert t.python("-m", "shop.cart").stdout == "connected\n"


def test_nothing_to_run(explained):
    """A relative import whose target is nowhere: the cause is told, and no command that would fail as well."""
    with tree({"shop/__init__.py": "", "shop/cart.py": "from .missing import x"}) as t:
        done = explained(t, "shop/cart.py")

        assert done.kind == "relative-import"
        assert done.value["repairs"] == []


def test_no_file(explained):
    """Code given with -c belongs to no file: there is nothing to say."""
    with tree({"db.py": ""}) as t:
        done = explained(t, "-c", "from .db import x")

        assert (done.last, done.text) == (NO_PACKAGE, "")
