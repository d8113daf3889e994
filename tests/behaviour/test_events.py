"""What is told of each import."""

import builtins
import importlib
import pickle
import sys

import pytest

from loadstone import ImportEvent, Space
from loadstone.testing import tree

SHOP = {
    "shop.py": "import json\nimport cart\nimport cart\n",
    "cart.py": "from items import price\n",
    "items.py": "price = 1\n",
}


SHOP_THAT_PICKLES = """
    import pickle
    import time

    class Item:
        pass

    item = Item()

    def both():
        pickle.dumps(item)
        time.strptime("2020", "%Y")
    """


def told(space, act):
    """Return the events that `act` brings about."""
    events = []
    with space.on_import(events.append):
        act()
    return events


def test_each_import_is_told_of_once():
    """Loads come when they end, innermost first; a repeated import is told of as such."""
    with tree(SHOP) as t:
        space = t.space()
        events = told(space, lambda: space.import_module("shop"))

        assert [(e.module, e.how, e.importer) for e in events] == [
            ("json", "shared", "shop"),
            ("items", "path", "cart"),
            ("cart", "path", "shop"),
            ("cart", "cache", "shop"),
            ("shop", "path", __name__),
        ]


def test_an_event_says_where_and_how_long():
    """An event has the statement with its text, the file that was found, and the seconds of each phase."""
    with tree(SHOP) as t:
        space = t.space()
        event = next(e for e in told(space, lambda: space.import_module("shop")) if e.module == "items")

        assert (event.statement.path, event.statement.line) == (str(t / "cart.py"), 1)
        assert event.statement.text == "from items import price"
        assert event.found == str(t / "items.py")
        assert event.inside == "cart"
        assert event.outcome == "imported"
        assert event.finding > 0
        assert event.reading > 0
        assert event.executing > 0
        assert event.seconds == event.finding + event.reading + event.executing


def test_a_failed_import_is_told_of():
    """A module that is missing, and one whose code fails, are told of with the error."""
    with tree(
        {"a.py": "try:\n    import absent\nexcept ImportError:\n    pass\nimport bad", "bad.py": "1 / 0"}
    ) as t:
        space = t.space()
        events = []
        with space.on_import(events.append), pytest.raises(ZeroDivisionError):
            space.import_module("a")

        assert [(e.module, e.outcome) for e in events] == [
            ("absent", "ModuleNotFoundError: No module named 'absent'"),
            ("bad", "ZeroDivisionError: division by zero"),
            ("a", "ZeroDivisionError: division by zero"),
        ]


def test_nobody_is_told_after_cancel():
    """After the last subscription ends, the space imports as if there had never been one."""
    with tree(SHOP) as t:
        space = t.space()
        before = space.import_module("builtins").__import__.__code__
        subscription = space.on_import(lambda event: None)
        during = space.import_module("builtins").__import__.__code__
        subscription.cancel()
        subscription.cancel()

        assert space.import_module("builtins").__import__.__code__ is before
        assert during is not before


def test_the_host_is_told_of_too_and_left_as_it_was():
    """In the host, import statements and import_module are told of; afterwards Python's own functions are back."""
    with tree(SHOP) as t:
        native = builtins.__import__, importlib.import_module
        sys.path.insert(0, str(t.path))
        try:
            first, second = [], []
            with Space.host().on_import(first.append), Space.host().on_import(second.append):
                importlib.import_module("shop")
        finally:
            sys.path.remove(str(t.path))
            for name in ("shop", "cart", "items"):
                del sys.modules[name]

        assert (builtins.__import__, importlib.import_module) == native
        assert [e.module for e in first] == ["json", "items", "cart", "cart", "shop"]
        assert first == second


def test_a_callback_that_fails_changes_nothing(capsys):
    """An exception in a callback is printed, and the import goes on."""
    with tree(SHOP) as t:
        space = t.space()

        def broken(event):
            raise KeyError(event.module)

        with space.on_import(broken):
            assert space.import_module("items").price == 1
        assert "KeyError: 'items'" in capsys.readouterr().err


def test_imports_of_a_callback_are_not_told_of():
    """A callback may import without hearing of itself."""
    with tree(SHOP) as t:
        space = t.space()
        events = []

        def listen(event):
            events.append((event.module, event.how))
            space.import_module("items")

        with space.on_import(listen):
            space.import_module("shop")
        # The callback itself loaded items, unheard, before cart asked for it.
        assert events == [
            ("json", "shared"),
            ("items", "cache"),
            ("cart", "path"),
            ("cart", "cache"),
            ("shop", "path"),
        ]


def test_what_c_code_is_given_is_told_of():
    """Pickle asks for the class's module from C, and the guard gives it; what the host has as well needs no guard."""
    with tree({"shop.py": SHOP_THAT_PICKLES}) as t:
        space = t.space()
        shop = space.import_module("shop")
        by_the_host = told(space, lambda: space.dumps(shop.item))
        inside = told(space, shop.both)

        assert ("shop", "guard", str(t / "shop.py")) in [(e.module, e.how, e.found) for e in by_the_host]
        assert ("shop", "guard", "shop") in [(e.module, e.how, e.importer) for e in inside]
        assert ("_strptime", "guard") not in [(e.module, e.how) for e in inside]


def test_an_event_is_a_value():
    """Events are frozen, compare, hash, print, pickle, and turn into JSON."""
    with tree(SHOP) as t:
        space = t.space()
        event = told(space, lambda: space.import_module("items"))[0]

        with pytest.raises(AttributeError, match="frozen"):
            event.module = "other"
        assert pickle.loads(pickle.dumps(event)) == event
        assert isinstance(event, ImportEvent)
        assert hash(pickle.loads(pickle.dumps(event))) == hash(event)
        assert event.as_dict()["statement"] == {"line": event.statement.line, "path": event.statement.path}
        assert str(event).startswith(f"{__name__} -> items (")
