"""Extension modules in spaces: real ones, copied from this Python's own standard library."""

import importlib.util
import os
import pickle
import shutil
import sys
import sysconfig
from importlib.machinery import EXTENSION_SUFFIXES

import pytest

import loadstone.runtime.extensions
from loadstone.errors import ExtensionTaken
from loadstone.testing import tree

SUFFIX = EXTENSION_SUFFIXES[0]
# Of the Python that a virtual environment was made from.
STANDARD = sysconfig.get_path("platstdlib", vars={"platbase": sys.base_exec_prefix})
FOLDER = os.path.join(STANDARD, "lib-dynload")

pytestmark = pytest.mark.skipif(
    not os.path.exists(os.path.join(FOLDER, f"_pickle{SUFFIX}")),
    reason="this Python has its extension modules built in: there is no file to copy",
)


def extended(t, *paths):
    """Put a copy of an extension of the standard library at each path: ``pk/_json`` is one of _json."""
    for path in paths:
        (t / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(os.path.join(FOLDER, os.path.basename(path) + SUFFIX), t / (path + SUFFIX))


def test_an_extension_is_one_per_space():
    """Two spaces with a copy each have two modules, and the host has none."""
    with tree({"pk/__init__.py": ""}) as t, tree({"pk/__init__.py": ""}) as u:
        extended(t, "pk/_json")
        extended(u, "pk/_json")
        one, two = (each.space().import_module("pk._json") for each in (t, u))

        assert one is not two
        assert one.make_encoder is not two.make_encoder
        assert not {"pk", "pk._json"} & set(sys.modules)


def test_one_file_in_two_spaces_is_refused():
    """The second space hears which file, and who has it; a hard link is the same file."""
    with tree({"pk/__init__.py": ""}) as t, tree({"pk/__init__.py": ""}) as u:
        extended(t, "pk/_json")
        os.link(t / f"pk/_json{SUFFIX}", u / f"pk/_json{SUFFIX}")
        first, second = t.space(name="first"), u.space(name="second")
        first.import_module("pk._json")
        with pytest.raises(ExtensionTaken) as caught:
            second.import_module("pk._json")

        assert (caught.value.space, caught.value.owner) == ("second", "space 'first'")
        assert str(u / f"pk/_json{SUFFIX}") in str(caught.value)


def test_a_file_of_the_host_is_refused(monkeypatch):
    """What the host has loaded cannot be loaded a second time."""
    with tree({"pk/__init__.py": ""}) as t:
        extended(t, "pk/_json")
        monkeypatch.syspath_prepend(t.path)
        importlib.import_module("pk._json")
        try:
            with pytest.raises(ExtensionTaken, match="loaded by the host"):
                t.space().import_module("pk._json")
        finally:
            for name in ("pk", "pk._json"):
                del sys.modules[name]


def test_an_extension_beside_its_source_can_be_asked_for():
    """A space that does not prefer source takes what Python takes."""
    with tree({"pk/__init__.py": "", "pk/_json.py": "kind = 'source'"}) as t:
        extended(t, "pk/_json")

        assert t.space(prefer_source=False).import_module("pk._json").make_encoder


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_child_is_free_of_what_other_threads_had_open():
    """A fork while another thread initialises an extension: in the child `sys.modules` is as the host has it."""
    program = """
        import os, sys, threading
        from loadstone import Space
        from loadstone.runtime.window import WINDOW, Opened

        space = Space("s", path=["."])
        space.import_module("pk")
        inside, done = threading.Event(), threading.Event()

        def hold():
            with Opened(space._importer, "pk"):
                inside.set()
                done.wait()

        thread = threading.Thread(target=hold)
        thread.start()
        inside.wait()
        child = os.fork()
        if not child:
            os._exit("pk" in sys.modules or not WINDOW.lock.acquire())
        code = os.waitpid(child, 0)[1]
        done.set()
        thread.join()
        print(code, "pk" in sys.modules)
    """
    with tree({"pk/__init__.py": "", "main.py": program}) as t:
        assert t.python("-W", "ignore", "main.py").stdout == "0 False\n"


def test_a_file_is_free_again_when_its_space_is_gone():
    """The row of a space that nobody holds any more does not stand in the way of the next."""
    import gc

    with tree({"pk/__init__.py": ""}) as t:
        extended(t, "pk/_json")
        t.space().import_module("pk._json")
        gc.collect()

        assert t.space().import_module("pk._json").make_encoder


def test_source_beside_an_extension_is_preferred():
    """Cython leaves both: only the source's imports reach the space at any time."""
    with tree({"pk/__init__.py": "", "pk/_json.py": "kind = 'source'"}) as t:
        extended(t, "pk/_json")
        module = t.space().import_module("pk._json")

        assert (module.kind, module.__file__) == ("source", str(t / "pk/_json.py"))
        assert module.__spec__.cached == importlib.util.cache_from_source(str(t / "pk/_json.py"))


CLASSES = {"pk/__init__.py": "", "shop.py": "class Item:\n    pass\n"}


def test_the_host_calls_c_code_of_a_space():
    """A pickler of the space, called by the host, imports what it pickles in the space: its own C code asks."""
    with tree(CLASSES) as t, tree(CLASSES) as u:
        extended(t, "pk/_pickle")
        extended(u, "pk/_pickle")
        spaces = [t.space(), u.space()]
        for space in [*spaces, *spaces]:
            dumps = space.import_module("pk._pickle").dumps
            item = space.import_module("shop").Item()

            assert b"shop" in dumps(item)
        assert "shop" not in sys.modules


def test_the_host_has_its_own_import_back():
    """Once no space with extensions is left, Python's own function stands in builtins again."""
    import builtins
    import gc

    with tree(CLASSES) as t:
        extended(t, "pk/_pickle")
        space = t.space()
        space.import_module("pk._pickle")
        served = builtins.__import__
        del space
        gc.collect()
        others = loadstone.runtime.extensions.owners()

        assert served.native
        assert others or not hasattr(builtins.__import__, "native")


def test_a_program_ends_quietly_with_spaces_open():
    """Spaces with extensions that live until the interpreter ends have nothing to say about it."""
    program = (
        "from loadstone import Space\nspace = Space('s', path=['.'])\nspace.import_module('pk._pickle')\n"
    )
    with tree({**CLASSES, "main.py": program + "space.modules['pk'].cycle = [space]\n"}) as t:
        extended(t, "pk/_pickle")
        done = t.python("main.py")

        assert (done.returncode, done.stderr) == (0, "")


def test_failures_in_the_window_leave_nothing():
    """An extension that cannot be initialised: Python's error, and `sys.modules` as it was."""
    with tree({"pk/__init__.py": ""}) as t:
        (t / f"pk/_broken{SUFFIX}").write_bytes((t / "pk/__init__.py").read_bytes())
        before = dict(sys.modules)
        space = t.space()
        with pytest.raises(ImportError):
            space.import_module("pk._broken")

        assert {name for name in sys.modules if name not in before} <= {
            "ctypes",
            "_ctypes",
            "ctypes._endian",
        } | {name for name in sys.modules if name.startswith("loadstone")}
        assert "pk._broken" not in space.modules


# What Cython makes of an import statement in a function: it looks into sys.modules, and no __import__ is called.
LIKE_CYTHON = """
    from pk import _ctypes

    class Object(_ctypes._SimpleCData):
        _type_ = "O"

    class Int(_ctypes._SimpleCData):
        _type_ = "i"

    def function(name, *types):
        class Function(_ctypes.CFuncPtr):
            _flags_ = _ctypes.FUNCFLAG_PYTHONAPI | _ctypes.FUNCFLAG_CDECL
            _restype_ = Object
            _argtypes_ = types

        return Function(_ctypes.dlsym(_ctypes.dlopen(None, 0), name))

    import_level = function("PyImport_ImportModuleLevelObject", Object, Object, Object, Object, Int)

    def like_cython(name):
        return import_level(name, {}, {}, ["Item"], 0)
    """


def test_what_c_code_imports_later_is_its_space_s_where_the_host_has_the_same(monkeypatch):
    """Whoever calls: the host's module stays where it is, and is what everybody else finds."""
    files = {"pk/__init__.py": "", "pk/later.py": LIKE_CYTHON, "booth.py": "class Item:\n    pass\n"}
    with tree(files) as t, tree({"booth.py": "class Item:\n    pass\n"}) as host:
        extended(t, "pk/_ctypes")
        monkeypatch.syspath_prepend(host.path)
        try:
            booth = importlib.import_module("booth")
            space = t.space()
            like_cython = space.import_module("pk.later").like_cython
            own = space.import_module("booth")

            assert like_cython("booth") is own
            assert space.call(like_cython, "booth") is own
            assert sys.modules["booth"] is importlib.import_module("booth") is booth
            assert [name for name in sys.modules if name == "booth"] == ["booth"]
            for _ in ("as it is", "put there anew"):
                assert type(space.loads(space.dumps(own.Item()))) is own.Item
                assert type(pickle.loads(pickle.dumps(booth.Item()))) is booth.Item
                assert sys.modules.pop("booth") is booth
                sys.modules["booth"] = booth
        finally:
            sys.modules.pop("booth", None)


def stopped(function, line):
    """Call a function and stop at its so-manieth line, as a thread does that a child process does not have.

    Return False where it has fewer lines.
    """
    left = [line]

    def trace(frame, event, _):
        if frame.f_code is not function.__code__:
            return None
        left[0] -= event == "line"
        if left[0] < 0:
            raise InterruptedError
        return trace

    sys.settrace(trace)
    try:
        function()
    except InterruptedError:
        return True
    finally:
        sys.settrace(None)
    return False


@pytest.mark.parametrize("act", ["lay", "lift"])
def test_a_fork_in_the_middle_of_the_window_leaves_nothing_behind(monkeypatch, act):
    """In the child the thread that had it is not there: what it had begun is undone, whatever it had come to."""
    from loadstone.runtime.window import Layer

    with tree(CLASSES) as t:
        space = t.space()
        own = {name: space.import_module(name) for name in ("pk", "shop")}
        monkeypatch.syspath_prepend(t.path)
        for name in own:
            monkeypatch.setitem(sys.modules, name, type(sys)(name))
        before = dict(sys.modules)
        line = 0
        going_on = True
        while going_on:
            layer = Layer(space._importer, "pk._json")
            layer.look()
            if act == "lift":
                layer.lay()
            going_on = stopped(getattr(layer, act), line)
            layer.lift()
            line += 1

            assert dict(sys.modules) == before
            assert {name: space.modules[name] for name in own} == own
        assert line > 6


def test_who_finds_no_window_open_hears_of_one_that_opens():
    """The host's imports go by two looks: that nobody has the window, and that it was not opened meanwhile."""
    from loadstone.runtime.window import Layer, Window

    window = Window()
    states = []

    def trace(frame, *_):
        if frame.f_code is Window.open.__code__:
            states.append((window.opened, window.owner is None))
            return trace
        return None

    with tree(CLASSES) as t:
        layer = Layer(t.space()._importer, "pk._json")
        sys.settrace(trace)
        try:
            window.open(layer)
        finally:
            sys.settrace(None)
            window.close()

    assert window.opened == 1
    assert (1, True) not in states
    assert (0, False) in states
