"""Imports that C code makes: inside a space they are the space's, and no one else ever sees them."""

import pickle
import re
import sys
import threading

import pytest

from loadstone import Space
from loadstone.testing import tree

SHOP = {
    "shop/__init__.py": "class Item:\n    pass\n",
    "till.py": """
        import pickle
        import shop

        def there_and_back():
            return pickle.loads(pickle.dumps(shop.Item()))

        def text():
            return pickle.dumps(shop.Item(), 0)
    """,
}


def test_pickles_name_modules_plainly():
    """C pickle finds the space's class under the name that the class has, and the host never has the module."""
    with tree(SHOP) as t:
        space = t.space()
        till = space.import_module("till")

        assert type(till.there_and_back()) is space.modules["shop"].Item
        assert b"shop\nItem" in till.text()
        assert "shop" not in sys.modules


def test_two_spaces_and_the_host_pickle_their_own(monkeypatch):
    """Three modules of one name: each side's pickles bring back its own class."""
    with tree(SHOP) as t:
        monkeypatch.syspath_prepend(t.path)
        one, two = t.space(), t.space()
        try:
            import shop

            kinds = [type(space.import_module("till").there_and_back()) for space in (one, two)]

            assert kinds == [one.modules["shop"].Item, two.modules["shop"].Item]
            assert type(pickle.loads(pickle.dumps(shop.Item()))) is shop.Item
            assert sys.modules["shop"] is shop
        finally:
            sys.modules.pop("shop", None)


def test_strptime_in_a_space():
    """What C code imports of the standard library is the host's."""
    with tree({"when.py": "import time\nYEAR = time.strptime('2020', '%Y').tm_year"}) as t:
        assert t.space().import_module("when").YEAR == 2020


@pytest.mark.parametrize(
    "call",
    [
        "__import__('pk.sub', {}, {}, [])",
        "__import__('pk.sub', globals(), locals(), [])",
        "__import__('pk.sub', globals(), locals(), [], 0)",
    ],
)
def test_an_empty_list_from_python_is_no_c_import(call):
    """Python code that passes an empty from-list gets the module, as it does natively."""
    with tree({"pk/__init__.py": "", "pk/sub.py": "", "use.py": f"found = {call}"}) as t:
        space = t.space()

        assert space.import_module("use").found is space.modules["pk"]


WATCHED = """
    import sys, threading
    from loadstone import Space

    mode = sys.argv[1]
    seen = []
    stop = threading.Event()

    def look(*_):
        if "shop" in sys.modules:
            seen.append(1)
        return look

    def watch():
        while not stop.is_set():
            look()

    sys.setswitchinterval(1e-6)
    {"settrace": sys.settrace, "setprofile": sys.setprofile, "plain": id}[mode](look)
    watcher = threading.Thread(target=watch)
    watcher.start()
    till = Space("s", path=["."]).import_module("till")
    for _ in range(200):
        till.there_and_back()
    stop.set()
    watcher.join()
    sys.settrace(None), sys.setprofile(None)
    print("seen", len(seen))
"""


@pytest.mark.parametrize("mode", ["plain", "settrace", "setprofile"])
def test_no_thread_and_no_tracer_sees_a_private_module(mode):
    """A thread that looks all the time, and a tracer that looks at every line, find nothing in `sys.modules`."""
    with tree({**SHOP, "watch.py": WATCHED}) as t:
        done = t.python("watch.py", mode)

        assert (done.stdout, done.stderr) == ("seen 0\n", "")


def test_an_interpreter_without_the_guard_says_so_once():
    """Where C code does not import as expected there is one warning, and import statements work."""
    program = """
        import sys, time, warnings
        real = time.strptime
        time.strptime = lambda *_: None
        from loadstone import Space
        till = Space("s", path=["."]).import_module("till")
        for _ in range(2):
            try:
                till.there_and_back()
            except Exception as error:
                print(type(error).__name__)
    """
    with tree({**SHOP, "main.py": program}) as t:
        done = t.python("main.py")

        assert done.stdout == "PicklingError\n" * 2
        assert done.stderr.count("NoGuard") == 1


def test_threads_pickle_at_once():
    """Eight threads in two spaces that have a module of one name: each finds its own, every time."""
    with tree(SHOP) as t:
        wrong = []

        def work(space):
            till = space.import_module("till")
            kind = space.modules["shop"].Item
            wrong.extend(1 for _ in range(100) if type(till.there_and_back()) is not kind)

        spaces = [t.space(), t.space()]
        threads = [threading.Thread(target=work, args=(spaces[number % 2],)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert not wrong
        assert "shop" not in sys.modules


def test_the_host_pickles_what_is_a_space_s():
    """`dumps` and `loads` are the space's own pickling, called from the host."""
    with tree(SHOP) as t:
        space = t.space()
        item = space.import_module("shop").Item()

        assert type(space.loads(space.dumps(item, protocol=2))) is type(item)
        assert type(Space.host().loads(Space.host().dumps(pytest.raises))) is type(pytest.raises)


def test_call_and_export_decide_for_c_code():
    """C code that the host calls through the space imports there: pickle itself, here."""
    with tree(SHOP) as t:
        space = t.space()
        item = space.import_module("shop").Item()
        dumps = space.export(pickle.dumps)

        assert dumps(item) == space.call(pickle.dumps, item) == space.dumps(item)
        assert dumps.__name__ == "dumps"


@pytest.mark.parametrize("dumps", [pickle.dumps, pickle._dumps], ids=["C", "Python"])
def test_bare_pickles_of_a_space_s_objects_are_errors_that_say_what_to_use(dumps, monkeypatch):
    """In the host they would name the host's module of that name: refused, whether it has one or not."""
    with tree({"kiosk.py": "class Item:\n    pass\n"}) as t:
        space = Space("legacy", path=[t.path])
        item = space.import_module("kiosk").Item()
        with pytest.raises(pickle.PicklingError) as missing:
            dumps(item)
        monkeypatch.syspath_prepend(t.path)
        try:
            with pytest.raises(pickle.PicklingError, match=r"not the same object as kiosk\.Item") as another:
                dumps(item)
        finally:
            sys.modules.pop("kiosk", None)

        for caught in (missing, another):
            (note,) = caught.value.__notes__
            assert re.match(r"loadstone: kiosk(\.Item)? is of space 'legacy', ", note)
            assert "use space.dumps(thing) and space.loads(data)" in note


def test_errors_of_pickle_that_no_space_has_a_part_in_are_as_ever():
    """A class that is nowhere to be found, in the host and in a space, gets no note."""
    with tree({"shop.py": "import pickle\n\ndef bad():\n    pickle.dumps(lambda: 0)\n"}) as t:
        space = t.space()
        lost = type("Lost", (), {"__module__": "nowhere"})
        with pytest.raises(pickle.PicklingError) as in_the_host:
            pickle.dumps(lost)
        with pytest.raises((pickle.PicklingError, AttributeError)) as in_the_space:
            space.import_module("shop").bad()

        assert not hasattr(in_the_host.value, "__notes__")
        assert not hasattr(in_the_space.value, "__notes__")
