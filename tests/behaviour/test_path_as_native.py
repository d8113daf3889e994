"""What a program does to its path has the same effect in a space as under plain Python.

Each scenario is a program that is run twice in folders of its own, by ``python`` and as the ``__main__`` of a
space; what it prints must be the same.
"""

import textwrap

import pytest

from loadstone.testing import tree

IN_A_SPACE = """
from loadstone.runtime.space import Space
Space("scenario").run("scenario.py")
"""

FILES = {
    "one/shop.py": "x = 'one'",
    "two/shop.py": "x = 'two'",
    "two/cart.py": "x = 'two'",
    "three/shop.py": "x = 'three'",
    "three/pack/__init__.py": "",
    "three/pack/inner.py": "x = 'inner'",
    "four/space/a.py": "x = 'a'",
    "five/space/b.py": "x = 'b'",
}

HELPERS = """
import importlib, os, sys

def fresh(name):
    '''Import the module again and return what is in it, or the error.'''
    for known in [known for known in sys.modules if known.partition(".")[0] == name.partition(".")[0]]:
        del sys.modules[known]
    try:
        return importlib.import_module(name).x
    except Exception as error:
        return f"{type(error).__name__}: {error}"

def say(*names):
    print(*(fresh(name) for name in names), sep=" | ")

here = os.getcwd()
"""

SCENARIOS = {
    "entries are appended, inserted, removed and replaced": """
        say("shop")
        sys.path.append(here + "/two"); say("shop", "cart")
        sys.path.insert(0, here + "/one"); say("shop", "cart")
        sys.path.remove(here + "/one"); say("shop")
        sys.path[sys.path.index(here + "/two")] = here + "/three"; say("shop", "cart")
        sys.path[:0] = [here + "/two", here + "/one"]; say("shop", "cart")
        sys.path[0], sys.path[1] = sys.path[1], sys.path[0]; say("shop")
        sys.path.reverse(); say("shop")
        del sys.path[sys.path.index(here + "/one")]; say("shop")
        sys.path.sort(); say("shop")
    """,
    "a relative entry is bound to the folder that was current when it was first used": """
        sys.path[:0] = ["one", "two"]; say("shop", "cart")
        os.chdir("three"); say("shop", "cart")
        importlib.invalidate_caches(); say("shop", "cart")
    """,
    "the empty entry is the current folder": """
        sys.path[0] = ""; say("shop", "cart")
        for name in ("one", "two", "three"):
            os.chdir(os.path.join(here, name)); say("shop", "cart", "pack.inner")
    """,
    "a current folder that was removed": """
        sys.path[:0] = ["", here + "/one"]
        os.mkdir("gone"); os.chdir("gone"); os.rmdir(here + "/gone")
        say("shop", "cart")
    """,
    "entries that are no text are passed over": """
        import pathlib
        sys.path[:0] = [(here + "/one").encode(), pathlib.Path(here, "one"), None, 3, ["x"], here + "/two"]
        say("shop", "cart")
        sys.path[:0] = [1.5]; say("shop")
    """,
    "entries that are not there, or are files": """
        sys.path[:0] = [here + "/nowhere", here + "/scenario.py", here + "/one/", here + "/two/../three"]
        say("shop", "cart", "pack.inner")
        print(sys.path_importer_cache[here + "/nowhere"], sys.path_importer_cache[here + "/scenario.py"])
    """,
    "a folder that appears is seen after invalidate_caches": """
        sys.path[:0] = [here + "/late", here + "/one"]; say("shop")
        os.mkdir("late"); open("late/shop.py", "w").write("x = 'late'"); say("shop")
        importlib.invalidate_caches(); say("shop")
    """,
    "a finder that the program puts into the cache is asked": """
        class Finder:
            def find_spec(self, name, target=None):
                print("asked for", name)
        sys.path[:0] = [here + "/one", here + "/two", here + "/three"]; say("shop", "cart")
        sys.path_importer_cache[here + "/one"] = Finder(); say("shop", "cart", "nothing")
        sys.path_importer_cache[here + "/two"] = None; say("shop", "cart")
        sys.path_importer_cache.clear(); say("shop", "cart")
    """,
    "a path hook that the program adds makes the finders of new entries": """
        class Finder:
            def __init__(self, path): self.path = path
            def find_spec(self, name, target=None):
                print("asked for", name)
                if name == "virtual":
                    from importlib.machinery import ModuleSpec
                    return ModuleSpec(name, Loader())
        class Loader:
            def create_module(self, spec): pass
            def exec_module(self, module): module.x = "from the hook"
        def hook(path):
            if not path.endswith("virtual"): raise ImportError
            return Finder(path)
        sys.path_hooks.insert(0, hook)
        sys.path[:0] = [here + "/one", here + "/virtual", here + "/two"]
        say("shop", "cart", "virtual", "nothing")
    """,
    "path hooks without any leave the known entries": """
        sys.path[:0] = [here + "/one"]; say("shop")
        import warnings; warnings.simplefilter("ignore")
        hooks, sys.path_hooks[:] = sys.path_hooks[:], []
        sys.path[:0] = [here + "/two"]; say("shop", "cart")
        sys.path_hooks[:] = hooks; say("cart")
        sys.path_importer_cache.pop(here + "/two"); say("cart")
    """,
    "a namespace package grows with the path": """
        sys.path.append(here + "/four"); say("space.a", "space.b")
        import space
        print([os.path.basename(os.path.dirname(part)) for part in space.__path__])
        sys.path.append(here + "/five")
        import space.b
        print([os.path.basename(os.path.dirname(part)) for part in space.__path__], space.b.x)
        sys.path.remove(here + "/five")
        print([os.path.basename(os.path.dirname(part)) for part in space.__path__])
    """,
    "a package's own path may be changed": """
        sys.path.append(here + "/three")
        import pack, pack.inner
        pack.__path__.append(here + "/one"); import pack.shop; print(pack.shop.x)
        pack.__path__[:] = [here + "/two"]; import pack.cart; print(pack.cart.x)
        pack.__path__ = [here + "/one", here + "/two", here + "/three"]
        del sys.modules["pack.shop"]; import pack.shop; print(pack.shop.x)
        pack.__path__ = ()
        del sys.modules["pack.shop"]
        try: import pack.shop
        except ImportError as error: print(error)
    """,
    "the path is replaced by something else": """
        sys.path[:0] = [here + "/one"]; say("shop")
        sys.path = [here + "/two", *sys.path]; say("shop", "cart")
        sys.path = tuple([here + "/three", *sys.path]); say("shop", "pack.inner")
        sys.path_importer_cache = {}; say("shop", "cart")
        sys.path = [here + "/one"] * 5 + list(sys.path); say("shop", "cart")
        del sys.path_importer_cache[here + "/one"]; sys.path_importer_cache[here + "/two"] = None
        say("shop", "cart")
        import warnings; warnings.simplefilter("ignore")
        finders, sys.meta_path = sys.meta_path, []; say("shop")
        sys.meta_path = finders; say("shop")
    """,
    "a module that removes itself, its folder, or puts another in its place": """
        open("one/self.py", "w").write("import sys; x = 1; sys.modules[__name__] = type(sys)('other'); "
                                       "sys.modules[__name__].x = 'other'")
        open("one/gone.py", "w").write("import sys; x = 1; del sys.modules[__name__]")
        open("one/away.py", "w").write("import shutil, os; shutil.rmtree(os.path.dirname(__file__)); x = 'away'")
        sys.path[:0] = [here + "/one", here + "/two", here + "/three"]
        say("self", "gone", "away", "shop")
    """,
    "suffixes and what merely looks like a module": """
        for name in ("a", "b", "c", "d"): os.mkdir(name)
        open("a/thing.txt", "w"); os.mkdir("b/thing.py"); open("c/thing", "w"); open("d/thing.pyw", "w")
        os.mkdir("d/with space"); open("d/with-hyphen.py", "w").write("x = 'hyphen'")
        sys.path[:0] = [here + "/" + name for name in "abcd"]
        say("thing", "with-hyphen", "with space", "thing.txt", "a.b.c", "Shop")
        open("d/thing.py", "w").write("x = 'thing'"); importlib.invalidate_caches()
        say("thing")
    """,
    "odd names": """
        sys.path[:0] = [here + "/one", here + "/two", here + "/three"]
        for name in ("shop/cart", "../one/shop", "shop\\0", ".", "", "shop.", ".shop", "sh\\ud800op", "x" * 300):
            print(ascii(fresh(name)))
    """,
}


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
def test_a_program_prints_the_same_in_a_space(scenario):
    """Its path, caches and errors are those of plain Python."""
    text = HELPERS + textwrap.dedent(scenario)
    with tree({**FILES, "scenario.py": text}) as plain, tree({**FILES, "scenario.py": text}) as spaced:
        native = plain.python("scenario.py")
        ours = spaced.python("-c", IN_A_SPACE)
        folder, other = str(plain.path), str(spaced.path)

        assert native.returncode == 0, native.stderr
        assert ours.stdout.replace(other, folder) == native.stdout, ours.stderr
        assert ours.returncode == 0, ours.stderr
