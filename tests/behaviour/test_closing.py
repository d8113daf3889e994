"""A space that is closed is gone: its modules are collected, and the host keeps nothing of it."""

from __future__ import annotations

import gc
import logging
import pickle
import sys
import threading
import warnings
import weakref

import pytest

from loadstone import Space
from loadstone.errors import SpaceClosed
from loadstone.testing import tree

SHOP = {
    "shop/__init__.py": "import shop.cart\nclass Order: pass\ndef order(): return Order()\n",
    "shop/cart.py": """
        import dataclasses, enum, logging, typing
        @dataclasses.dataclass
        class Cart:
            n: typing.Optional[int] = 0
        class Kind(enum.Enum):
            A = 1
    """,
}


def opened_and_closed(t, name="shop"):
    """Return what a space of the tree held when it was closed, and references to the modules it had."""
    space = t.space()
    space.import_module(name)
    modules = [weakref.ref(module) for name, module in space.modules.items() if name not in sys.modules]
    assert modules
    return space.close(), modules


def test_a_closed_space_is_collected_whole():
    """Modules, classes and functions of a space go when it is closed, and `close` has nothing to tell."""
    with tree(SHOP) as t:
        held, modules = opened_and_closed(t)

        assert held == ()
        assert [reference() for reference in modules if reference() is not None] == []


def test_a_with_statement_closes():
    """A space can be used for the length of a block."""
    with tree(SHOP) as t:
        with Space("block", [t.path]) as space:
            assert space.import_module("shop").Order.__name__ == "Order"

        assert space.modules == {}
        with pytest.raises(SpaceClosed, match="space 'block' was closed"):
            space.import_module("shop")


def test_a_function_that_outlives_its_space():
    """It runs on, and what it imports then is refused; the standard library is not."""
    with tree(SHOP | {"keep.py": "def f():\n    import json\n    import other\n"}) as t:
        space = t.space()
        function = space.import_module("keep").f
        space.close()

        with pytest.raises(SpaceClosed, match="cannot import 'other'"):
            function()


def test_what_a_name_of_the_host_holds():
    """`close` names the modules of the host that hold something; asked again, it looks again."""
    with tree(SHOP) as t:
        space = t.space()
        sys.modules[__name__].kept = space.import_module("shop").order
        try:
            assert [str(each) for each in space.close()] == [f"name {__name__}.kept"]
        finally:
            del sys.modules[__name__].kept
        assert space.close() == ()


def test_what_a_thread_holds():
    """A thread that still runs the space's code is named."""
    with tree({"work.py": "def wait(event):\n    event.wait(30)\n"}) as t:
        space = t.space()
        event = threading.Event()
        thread = threading.Thread(target=space.import_module("work").wait, args=(event,), name="worker")
        thread.start()
        held = space.close()
        event.set()
        thread.join()
        del thread

        assert [str(each) for each in held] == ["thread worker"]


def test_exit_handlers_run_when_a_space_is_closed(capsys):
    """The last one first, each once; one that fails does not keep the others from running."""
    module = """
        import atexit
        atexit.register(print, "first")
        @atexit.register
        def fails(): raise ValueError("in a handler")
        atexit.register(print, "last", end="!\\n")
        atexit.unregister(len)
    """
    with tree({"m.py": module}) as t:
        space = t.space()
        space.import_module("m")
        hook, sys.excepthook = sys.excepthook, lambda kind, error, trace: print(error)
        try:
            space.close()
        finally:
            sys.excepthook = hook

        assert capsys.readouterr().out == "last!\nin a handler\nfirst\n"


REGISTRIES = {
    "loggers": """
        import logging
        class Handler(logging.Handler): pass
        class Mine(logging.Logger): pass
        for name in ("", "closing.test"):
            logging.getLogger(name).addHandler(Handler())
            logging.getLogger(name).addFilter(lambda record: True)
        logging.getLogger("closing.test").addHandler(logging.NullHandler())
        logging.setLoggerClass(Mine)
        logging.getLogger("closing.mine")
    """,
    "hooks": """
        import sys, threading
        sys.excepthook = lambda *_: None
        threading.excepthook = lambda _: None
    """,
    "warnings": """
        import warnings
        class Old(UserWarning): pass
        warnings.simplefilter('ignore', Old)
    """,
    "reductions": """
        import copyreg
        class C: pass
        copyreg.pickle(C, lambda c: (C, ()))
    """,
    "adapters": """
        import sqlite3
        class C: pass
        sqlite3.register_adapter(C, str)
        sqlite3.register_converter('c', lambda c: C())
    """,
    "typing": """
        import typing
        class C: pass
        kept = typing.Optional[C], typing.Union[C, None], typing.List[C]
        @typing.overload
        def f(c: C): ...
        def f(c): ...
        @typing._tp_cache
        def cached(c): return c
        cached(C)
    """,
    "abstract classes": """
        import abc, collections.abc
        class A(abc.ABC): pass
        class C: pass
        A.register(C)
        collections.abc.Sized.register(C)
        isinstance(C(), collections.abc.Mapping)
    """,
    "dispatch": """
        import functools, json
        @functools.singledispatch
        def f(a): pass
        class C: pass
        f.register(C, f)
        @functools.lru_cache
        def g(a): return a
        g(C())
    """,
    "grafts": """
        import argparse, concurrent.futures.process, importlib.metadata, importlib.resources, inspect
        import multiprocessing.pool, pickle, pydoc, timeit, unittest.mock
    """,
    "pickles": """
        import pickle
        class C: pass
        pickle.loads(pickle.dumps(C()))
    """,
    "coroutines": """
        import asyncio, contextvars
        class C: pass
        v = contextvars.ContextVar('v')
        async def f():
            v.set(C())
        asyncio.run(f())
    """,
}


@pytest.mark.parametrize("name", REGISTRIES)
def test_registries_of_the_host_let_go(name, monkeypatch):
    """What a module put into the standard library's own tables is taken out again."""
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    monkeypatch.setattr(threading, "excepthook", threading.__excepthook__)
    before = (sys.excepthook, threading.excepthook, logging.root.handlers[:], warnings.filters[:])
    with tree({"registers.py": REGISTRIES[name]}) as t:
        held, modules = opened_and_closed(t, "registers")

        assert held == ()
        assert all(reference() is None for reference in modules)
        assert (sys.excepthook, threading.excepthook, logging.root.handlers, warnings.filters) == before
        assert logging.getLoggerClass() is logging.Logger


def test_overloads_of_two_spaces_are_apart():
    """They are filed by module, name and line, which two versions of a module share."""
    text = """
        import typing
        @typing.overload
        def f(a: int): ...
        {}
        def f(a): ...
        def found(): return len(typing.get_overloads(f))
    """
    more = "@typing.overload\n        def f(a: str): ..."
    with tree({"old/m.py": text.format(""), "new/m.py": text.format(more)}) as t:
        old, new = (Space(name, [t / name]).import_module("m") for name in ("old", "new"))

        assert (old.found(), new.found()) == (1, 2)


def test_pickled_copies_survive():
    """Plain data that came out of a space is as good as before."""
    with tree({"m.py": "import pickle\ndata = pickle.dumps([1, 2])\n"}) as t:
        space = t.space()
        data = space.import_module("m").data
        space.close()

        assert pickle.loads(data) == [1, 2]


def test_the_host_cannot_be_closed():
    """It ends with the process."""
    with pytest.raises(ValueError, match="the host cannot be closed"):
        Space.host().close()


def test_opening_and_closing_does_not_grow():
    """A hundred rounds leave as many objects as ten."""
    with tree(SHOP) as t:
        counts = []
        for turn in range(40):
            opened_and_closed(t)
            if turn in (9, 39):
                gc.collect()
                counts.append(len(gc.get_objects()))

        assert counts[1] - counts[0] < 300
