"""Threads, coroutines, contexts, pools, C functions that call back, and the end of the process."""

from __future__ import annotations

import subprocess
import sys

import pytest

from loadstone.testing import tree

SHOP = {
    "shop/__init__.py": "NAME = 'shop'\ndef late(n=0):\n    import shop.more\n    return shop.more.NAME, n\n",
    "shop/more.py": "NAME = 'more'",
}


def test_coroutines(same):
    """Coroutines, tasks, `to_thread`, executors and asynchronous generators import from the space."""
    assert same(
        SHOP,
        program="""
            import asyncio, shop
            async def numbers():
                import shop.more
                for n in range(2):
                    yield shop.more.NAME
            async def main():
                loop = asyncio.get_running_loop()
                async with asyncio.timeout(30), asyncio.TaskGroup() as group:
                    task = group.create_task(asyncio.to_thread(shop.late, 1))
                return (
                    task.result(), await loop.run_in_executor(None, shop.late),
                    [name async for name in numbers()],
                )
            def run():
                return asyncio.run(main())
        """,
    )


def test_threads(same):
    """Threads, timers, thread-locals and pools of threads."""
    assert same(
        SHOP,
        program="""
            import concurrent.futures, multiprocessing.pool, shop, threading
            def run():
                got = []
                thread = threading.Thread(target=lambda: got.append(shop.late(1)))
                thread.start(), thread.join()
                timer = threading.Timer(0, lambda: got.append(shop.late(2)))
                timer.start(), timer.join()
                with concurrent.futures.ThreadPoolExecutor(2, initializer=shop.late) as pool:
                    got += pool.map(shop.late, [3, 4])
                with multiprocessing.pool.ThreadPool(2) as pool:
                    got += pool.map(shop.late, [5])
                return got, threading.current_thread().name
        """,
    )


def test_contexts(same):
    """Context variables, `contextlib` and generators keep to their space."""
    assert same(
        SHOP,
        program="""
            import contextlib, contextvars, shop
            variable = contextvars.ContextVar("variable", default=0)
            @contextlib.contextmanager
            def held():
                import shop.more
                token = variable.set(shop.more.NAME)
                try: yield variable.get()
                finally: variable.reset(token)
            def run():
                with held() as value, contextlib.ExitStack() as stack:
                    stack.callback(shop.late)
                    inside = contextvars.copy_context().run(variable.get)
                return value, inside, variable.get()
        """,
    )


def test_c_functions_that_call_back(same):
    """`sorted`, `map`, `re.sub`, `functools.partial` and weak references call functions that import."""
    assert same(
        SHOP,
        program="""
            import functools, re, shop, weakref
            def key(n):
                import shop.more
                return -n, shop.more.NAME
            class Thing: pass
            def run():
                gone = []
                thing = Thing()
                weakref.finalize(thing, lambda: gone.append(shop.late()))
                del thing
                return (
                    sorted([1, 2], key=key), re.sub("x", lambda match: shop.late()[0], "x"),
                    functools.partial(shop.late, 1)(), gone,
                )
        """,
    )


def test_databases(same):
    """`sqlite3` calls adapters, converters, functions and row factories of the space."""
    assert same(
        SHOP,
        program="""
            import shop, sqlite3
            class Size:
                def __init__(self, n): self.n = n
            def adapt(size):
                import shop.more
                return f"{shop.more.NAME}{size.n}"
            sqlite3.register_adapter(Size, adapt)
            sqlite3.register_converter("SIZE", lambda text: shop.late(text.decode()))
            def run():
                connection = sqlite3.connect(":memory:", detect_types=sqlite3.PARSE_DECLTYPES)
                connection.create_function("late", 1, lambda n: shop.late(n)[0])
                connection.execute("create table t (s SIZE)")
                connection.execute("insert into t values (?)", [Size(3)])
                rows = connection.execute("select s, late(1) from t").fetchall()
                connection.close()
                return rows
        """,
    )


def test_foreign_functions(same):
    """`ctypes` calls back into functions that import, and structures know their module."""
    assert same(
        SHOP,
        program="""
            import ctypes, shop
            Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int)
            class Point(ctypes.Structure):
                _fields_ = [("x", ctypes.c_int)]
            @Callback
            def back(n):
                import shop.more
                return n + len(shop.more.NAME)
            def run():
                return back(1), Point(3).x, Point.__module__
        """,
    )


def test_formats_that_call_back(same):
    """`json`, `csv` and `xml.sax` call hooks of the space."""
    assert same(
        SHOP,
        program="""
            import csv, io, json, shop, xml.sax
            class Dialect(csv.excel):
                delimiter = ";"
            class Handler(xml.sax.ContentHandler):
                def startElement(self, name, attributes): self.seen = shop.late(name)
            def run():
                handler = Handler()
                xml.sax.parseString(b"<a/>", handler)
                return (
                    json.loads('{"a": 1}', object_hook=lambda found: shop.late(found["a"])),
                    list(csv.reader(["a;b"], Dialect)), handler.seen,
                )
        """,
    )


def test_times(same):
    """`strptime`, whose C code imports a Python module, works in a space."""
    assert same(
        program="""
            import datetime, time
            def run():
                return datetime.datetime.strptime("2020", "%Y"), time.strptime("2020", "%Y").tm_year
        """
    )


def test_exit_handlers():
    """`atexit` of a space calls what was registered there at the end of the process, unless it was taken back."""
    module = """
        import atexit
        def f(word):
            import m
            print(word, m.__name__)
        atexit.register(f, "end")
        @atexit.register
        def g():
            print("gone")
        atexit.unregister(g)
    """
    with tree({"m.py": module}) as t:
        done = t.python(
            "-c", "from loadstone import Space; s = Space('s', ['.']); s.import_module('m'); print('body')"
        )

        assert done.stdout == "body\nend m\n", done.stderr


@pytest.mark.parametrize("option", [[], ["-X", "importtime"], ["-v"], ["-O"], ["-B"]], ids=str)
def test_options_of_the_interpreter(option):
    """Grafts are made under every option that touches imports."""
    program = "from loadstone import Space; print(Space('s').import_module('dataclasses').__name__)"
    done = subprocess.run(
        [sys.executable, *option, "-c", program], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout) == (0, "dataclasses\n"), done.stderr
