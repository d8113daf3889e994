"""Two spaces with different files under the same names never meet: in any thread, at any time, by any route."""

from __future__ import annotations

import asyncio
import builtins
import importlib
import re
import sys
import threading
import types
from concurrent.futures import ThreadPoolExecutor

import pytest

from loadstone import Space
from loadstone.testing import tree

# Every way that a function may take to a module of its world, each returning that world's name.
ROUTES = """
    import asyncio, builtins, functools, importlib, importlib.util, sys, types

    def statement():
        import lib
        return lib.WHO

    def from_statement():
        from lib import WHO
        return WHO

    def submodule():
        import lib.sub as s
        return s.WHO

    def relative():
        from .lib2 import WHO
        return WHO

    def star():
        names = {}
        exec('from lib import *', names)
        return names['WHO']

    def import_module():
        return importlib.import_module('lib').WHO

    def relative_import_module():
        return importlib.import_module('.lib2', __package__).WHO

    def dunder_import():
        return __import__('lib', globals(), locals(), ['WHO'], 0).WHO

    def dunder_import_of_importlib():
        return importlib.__import__('lib').WHO

    def dunder_import_of_builtins():
        return builtins.__import__('lib').WHO

    def exec_with_builtins():
        names = {'__builtins__': builtins}
        exec('import lib', names)
        return names['lib'].WHO

    def exec_with_the_dict_of_builtins():
        names = {'__builtins__': vars(builtins)}
        exec('import lib', names)
        return names['lib'].WHO

    def evaluated():
        return eval('__import__("lib").WHO', {})

    def compiled():
        names = {}
        exec(compile('import lib.sub as s', 'x', 'exec'), names)
        return names['s'].WHO

    def modules_of_sys():
        import lib
        return sys.modules['lib'].WHO

    def found_and_made():
        spec = importlib.util.find_spec('lib')
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module.who()

    def reloaded():
        return importlib.reload(importlib.import_module('lib')).who()

    def in_a_lambda():
        return (lambda: __import__('lib').WHO)()

    def class_body():
        class C:
            from lib import WHO
        return C.WHO

    def comprehension():
        return [__import__(n).WHO for n in ['lib']][0]

    def generator():
        def numbers():
            import lib.sub
            yield lib.sub.WHO
        return next(numbers())

    def coroutine():
        async def later():
            from lib import sub
            return sub.WHO
        return asyncio.run(later())

    def decorated():
        @functools.lru_cache
        def f():
            import lib
            return lib.WHO
        return f()

    def callback():
        return next(map(functools.partial(__import__, fromlist=['WHO']), ['lib'])).WHO

    def made_function():
        return types.FunctionType((lambda: __import__('lib').WHO).__code__, globals())()

    def lazy_attribute():
        import pkg
        return pkg.lazy
"""
NAMES = re.findall(r"^    def (\w+)", ROUTES, re.MULTILINE)


def world(who):
    """Return the files of one world; every module in it says who it is."""
    return {
        f"{who}/lib/__init__.py": f"WHO = '{who}'\ndef who():\n    from lib.sub import WHO\n    return WHO",
        f"{who}/lib/sub.py": f"WHO = '{who}'",
        f"{who}/pkg/__init__.py": "def __getattr__(name):\n    import lib.sub\n    return lib.sub.WHO",
        f"{who}/pkg/lib2.py": f"WHO = '{who}'",
        f"{who}/pkg/routes.py": ROUTES,
    }


def spaces(t, *names):
    return [Space(name, path=[t / name]) for name in names]


@pytest.fixture
def decoys(monkeypatch):
    """Give the host modules of the same names."""
    for name in ("lib", "lib.sub", "pkg", "pkg.lib2", "pkg.routes"):
        decoy = types.ModuleType(name)
        decoy.WHO = decoy.lazy = "host"
        decoy.__path__ = []
        decoy.sub = decoy.lib2 = decoy.routes = decoy
        monkeypatch.setitem(sys.modules, name, decoy)


@pytest.mark.parametrize("route", NAMES)
def test_each_route_leads_home(route, decoys):
    """A function of a space, called from the host or another thread, imports from its own space by any route."""
    with tree(world("one") | world("two")) as t:
        functions = [getattr(space.import_module("pkg.routes"), route) for space in spaces(t, "one", "two")]
        with ThreadPoolExecutor(2) as pool:
            elsewhere = [pool.submit(function).result() for function in functions]

        assert elsewhere == ["one", "two"]
        assert [function() for function in functions] == ["one", "two"]


def of_the_host():
    """Return what a space must not change."""
    return (
        list(sys.path),
        list(sys.meta_path),
        builtins.__import__,
        importlib.import_module,
        vars(builtins).copy(),
    )


def test_the_host_is_as_it_was():
    """Whatever spaces import, nothing of the host changes, but for modules of the standard library."""
    with tree(world("one")) as t:
        modules, before = set(sys.modules), of_the_host()
        for space in spaces(t, "one", "one"):
            routes = space.import_module("pkg.routes")
            assert {getattr(routes, name)() for name in NAMES} == {"one"}

        assert of_the_host() == before
        assert {name.partition(".")[0] for name in set(sys.modules) - modules} <= sys.stdlib_module_names


def test_many_threads(decoys):
    """Eight threads that call into four worlds at once each get their own, every time."""
    names = ["one", "two", "three", "four"]
    files = {}
    for name in names:
        files |= world(name)
    with tree(files) as t:
        worlds = dict(zip(names, spaces(t, *names), strict=True))
        start = threading.Barrier(8)

        def work(number):
            start.wait()
            wrong = []
            for turn in range(40):
                name = names[(number + turn) % 4]
                routes = worlds[name].import_module("pkg.routes")
                for route in (
                    "statement",
                    "submodule",
                    "relative",
                    "import_module",
                    "compiled",
                    "class_body",
                ):
                    got = getattr(routes, route)()
                    if got != name:
                        wrong.append((name, route, got))
            return wrong

        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(work, range(8))) == [[]] * 8


def test_objects_that_travel():
    """A callback, class or generator of one space that runs inside another keeps its world."""
    with tree(
        {
            "one/lib.py": "WHO = 'one'",
            "two/lib.py": "WHO = 'two'",
            "one/give.py": """
                def callback():
                    import lib
                    return lib.WHO
                class Base:
                    def who(self):
                        from lib import WHO
                        return WHO
                def generate():
                    import lib
                    yield lib.WHO
            """,
            "two/take.py": """
                import lib
                def call(f): return lib.WHO, f()
                def derive(base):
                    class Derived(base):
                        def mine(self):
                            import lib
                            return lib.WHO
                    return Derived().who(), Derived().mine()
                def drain(generator): return lib.WHO, *generator
            """,
        }
    ) as t:
        one, two = spaces(t, "one", "two")
        give, take = one.import_module("give"), two.import_module("take")

        assert take.call(give.callback) == ("two", "one")
        assert take.derive(give.Base) == ("one", "two")
        assert take.drain(give.generate()) == ("two", "one")


def test_coroutines_of_two_spaces_take_turns():
    """Coroutines of two spaces that interleave in one event loop import each from its own."""
    body = """
        import asyncio
        async def run():
            seen = []
            for name in ("lib", "lib.a", "lib.b"):
                await asyncio.sleep(0)
                seen.append(__import__(name, fromlist=["WHO"]).WHO)
            return set(seen)
    """
    files = {}
    for who in ("one", "two"):
        files |= {f"{who}/lib/{name}.py": f"WHO = '{who}'" for name in ("__init__", "a", "b")} | {
            f"{who}/main.py": body
        }
    with tree(files) as t:
        mains = [space.import_module("main") for space in spaces(t, "one", "two")]

        async def both():
            return await asyncio.gather(*(main.run() for main in mains))

        assert asyncio.run(both()) == [{"one"}, {"two"}]


def test_a_half_imported_module_is_not_seen_elsewhere():
    """While one space executes a module, another imports its own of that name without waiting for it."""
    with tree({"one/slow.py": "import gate\ngate.wait()\nX = 1", "two/slow.py": "X = 2"}) as t:
        one, two = spaces(t, "one", "two")
        entered, leave = threading.Event(), threading.Event()
        gate = one.define("gate", "")
        gate.wait = lambda: (entered.set(), leave.wait(60))
        thread = threading.Thread(target=one.import_module, args=("slow",))
        thread.start()
        entered.wait(60)
        got = two.import_module("slow").X
        leave.set()
        thread.join()

        assert (got, one.import_module("slow").X) == (2, 1)


def test_names_that_a_space_adds_to_builtins():
    """What a module of a space adds to `builtins` is seen in that space alone."""
    with tree(
        {
            "one/m.py": "import builtins\nbuiltins.shout = 'one'\ndef f(): return shout",
            "two/m.py": "def f(): return shout",
        }
    ) as t:
        one, two = (space.import_module("m") for space in spaces(t, "one", "two"))

        assert one.f() == "one"
        assert not hasattr(builtins, "shout")
        with pytest.raises(NameError):
            two.f()


def test_names_that_the_host_adds_to_builtins(monkeypatch):
    """What the host adds to `builtins` is seen in a space's modules that are imported later."""
    with tree({"m.py": "got = shout"}) as t:
        space = t.space()
        monkeypatch.setattr(builtins, "shout", "host", raising=False)

        assert space.import_module("m").got == "host"


def test_sys_of_a_space():
    """`sys` of a space has that space's modules and paths; its `type` is the type of modules; streams are real."""
    with tree(
        {
            "m.py": """
                import sys, json, types
                made = type(sys)("made")
                checks = (
                    sys.modules[__name__].__dict__ is globals(),
                    isinstance(json, type(sys)),
                    isinstance(made, types.ModuleType) and made.__name__ == "made",
                    issubclass(types.ModuleType, type(sys)),
                    sys.stdout.write is not None,
                )
                class Own(type(sys)):
                    pass
                own = Own("own")
            """
        }
    ) as t:
        space = t.space()
        module = space.import_module("m")

        assert all(module.checks)
        assert (module.own.__name__, hasattr(module.own, "modules")) == ("own", False)
        assert module.sys.modules is space.modules
        assert module.sys.path is space.path


def test_importlib_of_a_space():
    """`importlib` of a space has its submodules as attributes, also those that are imported later."""
    with tree(
        {"m.py": "import importlib\nimport importlib.resources, importlib.abc\ngot = importlib.abc"}
    ) as t:
        assert t.space().import_module("m").got is importlib.import_module("importlib.abc")


def test_replacing_import_in_a_space():
    """A module that replaces ``builtins.__import__`` does so for its space."""
    with tree(
        {
            "one/m.py": """
                import builtins
                seen = []
                def spy(name, *args, real=builtins.__import__, **more):
                    seen.append(name)
                    return real(name, *args, **more)
                builtins.__import__ = spy
                import pkg.b as b
            """,
            "one/pkg/__init__.py": "",
            "one/pkg/b.py": "import pkg.b as me",
        }
    ) as t:
        before = builtins.__import__
        module = spaces(t, "one")[0].import_module("m")

        assert module.seen == ["pkg.b", "pkg.b"]
        assert module.b.me is module.b
        assert builtins.__import__ is before


def test_spaces_side_by_side_in_one_module():
    """A host module can hold the same name from two spaces and from itself."""
    with tree({"one/lib.py": "class C: pass", "two/lib.py": "class C: pass"}) as t:
        one, two = (space.import_module("lib") for space in spaces(t, "one", "two"))

        assert one is not two
        assert one.C is not two.C
        assert (one.C.__module__, two.C.__module__) == ("lib", "lib")
        assert not isinstance(one.C(), two.C)
