"""Modules from a named file, from text, and programs run in a space."""

import inspect
import sys
import traceback
import zipfile

import pytest

from loadstone import Space
from loadstone.errors import BadModuleName, FileMissing, LoadedTwice, NameTaken, NotRunnable
from loadstone.testing import tree


def test_a_file_with_a_hyphen_is_loaded_by_its_path():
    """A file whose name no import statement could say is a module, with its path as __file__."""
    with tree({"my-report.py": "total = 3"}) as t:
        space = Space("s")
        module = space.load(t / "my-report.py")

        assert module.total == 3
        assert module.__name__ == "my-report"
        assert module.__file__ == str(t / "my-report.py")
        assert space.modules["my-report"] is module


def test_what_is_loaded_or_defined_can_be_pickled():
    """The names of these modules are plain texts, which is what C pickle asks for."""
    code = "class Item:\n    pass\n"
    with tree({"my-report.py": code}) as t:
        space = Space("s")
        for module in (space.load(t / "my-report.py"), space.define("kit", code)):
            item = module.Item()

            assert type(space.loads(space.dumps(item))) is module.Item


@pytest.mark.parametrize("name", ["plugin.txt", "plugin", "plugin.v2.conf"])
def test_any_suffix_is_source(name):
    """A file with any suffix, or none, is read as Python source."""
    with tree({name: "X = __name__"}) as t:
        module = Space("s").load(t / name, name="plugin")

        assert module.X == "plugin"


def test_an_unusual_suffix_keeps_no_bytecode():
    """report.txt never runs the bytecode of a report.py beside it, nor leaves its own there."""
    with tree({"report.py": "X = 1", "report.txt": "X = 2"}) as t:
        space = t.space()
        space.import_module("report")
        module = space.load(t / "report.txt", name="text")
        again = Space("other", path=[t.path]).import_module("report")

        assert (module.X, again.X) == (2, 1)


def test_loading_a_file_again_returns_the_same_module():
    """The same path under the same name is one module."""
    with tree({"a.py": "X = []"}) as t:
        space = Space("s")

        assert space.load(t / "a.py") is space.load(t / "a.py")


def test_one_file_under_two_names_is_reported():
    """A file that is loaded under a second name brings a warning that names both."""
    with tree({"a.py": "X = []"}) as t:
        space = Space("s", path=[t.path])
        space.import_module("a")

        with pytest.warns(LoadedTwice, match="as 'b' and already as 'a'") as caught:
            space.load(t / "a.py", name="b")
        assert caught[0].filename == __file__


def test_a_name_that_stands_for_another_file_is_refused():
    """load() never replaces a module, and says what the name stands for."""
    with tree({"one/a.py": "X = 1", "two/a.py": "X = 2"}) as t:
        space = Space("s")
        first = space.load(t / "one/a.py")

        with pytest.raises(NameTaken) as caught:
            space.load(t / "two/a.py")
        assert caught.value.taken_by == first.__file__
        assert space.modules["a"] is first
        assert space.load(t / "two/a.py", name="a2").X == 2


def test_a_package_is_loaded_by_its_init_file():
    """An __init__.py makes a package that is named after its folder and can import its own modules."""
    with tree({"shop/__init__.py": "from . import cart", "shop/cart.py": "X = 1"}) as t:
        shop = Space("s").load(t / "shop/__init__.py")

        assert shop.__name__ == "shop"
        assert shop.cart.X == 1


def test_what_cannot_be_loaded_says_why():
    """A missing file, a folder and an empty name are three different errors, and nothing is left behind."""
    with tree({"folder/x.py": ""}) as t:
        space = Space("s")

        with pytest.raises(FileMissing, match=r"there is no file .*absent\.py"):
            space.load(t / "absent.py")
        with pytest.raises(NotRunnable, match="it is a folder"):
            space.load(t / "folder")
        with pytest.raises(BadModuleName, match="is not a module name"):
            space.load(t / "folder/x.py", name="a..b")
        assert space.modules == {}


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ("def f(:\n", SyntaxError),
        (b"X = '\xff'\n", SyntaxError),
        (b"X = 1\x00\n", SyntaxError),
        ("1 / 0\n", ZeroDivisionError),
    ],
)
def test_a_file_that_fails_leaves_no_module(content, error):
    """A module whose code cannot be compiled or executed is not kept."""
    with tree({"bad.py": content}) as t:
        space = Space("s")

        with pytest.raises(error):
            space.load(t / "bad.py")
        assert "bad" not in space.modules


def test_defined_text_shows_in_tracebacks_and_getsource():
    """A module made from text shows its lines where Python shows source."""
    space = Space("s")
    module = space.define("rates", "def rate(x):\n    return 1 / x\n")
    try:
        module.rate(0)
    except ZeroDivisionError as error:
        shown = "".join(traceback.format_exception(error))

    assert "return 1 / x" in shown
    assert inspect.getsource(module.rate) == "def rate(x):\n    return 1 / x\n"


def test_texts_of_one_name_in_two_spaces_keep_apart():
    """Two spaces may define one name; each shows its own source."""
    one, two = (Space(name).define("m", f"def f():\n    return {name!r}\n") for name in ("one", "two"))

    assert inspect.getsource(one.f) != inspect.getsource(two.f)
    assert (one.f(), two.f()) == ("one", "two")


def test_defining_again_replaces_but_never_a_file():
    """A text may be defined again, as in a notebook; a name that stands for a file is refused."""
    with tree({"a.py": ""}) as t:
        space = t.space()
        space.define("m", "X = 1")
        space.import_module("a")

        assert space.define("m", "X = 2") is space.modules["m"]
        with pytest.raises(NameTaken):
            space.define("a", "X = 3")


def test_text_imports_from_its_space():
    """Import statements in defined text reach the space's own modules."""
    with tree({"a.py": "X = 5"}) as t:
        assert t.space().define("m", "from a import X").X == 5


def test_a_file_runs_as_main():
    """A program sees itself as __main__, its arguments, and its own folder first on the path."""
    program = """
        import sys, __main__
        import helper
        seen = (__name__, __main__.__file__ == __file__, sys.argv[1:], sys.path[0], helper.X)
        if __name__ == "__main__":
            ran = True
    """
    with tree({"app/program.py": program, "app/helper.py": "X = 7"}) as t:
        before = (list(sys.argv), list(sys.path))
        main = Space("s").run(t / "app/program.py", ["--fast"])

        assert main.seen == ("__main__", True, ["--fast"], str(t / "app"), 7)
        assert main.ran
        assert (list(sys.argv), list(sys.path)) == before


def test_modules_packages_folders_and_zips_run():
    """A module, a package with __main__, a folder and a zip file run as Python would run them."""
    with tree(
        {
            "mod.py": "X = __spec__.name",
            "pkg/__init__.py": "",
            "pkg/__main__.py": "from . import y; X = y.Y",
            "pkg/y.py": "Y = __package__",
            "folder/__main__.py": "import z; X = z.Z",
            "folder/z.py": "Z = 1",
        }
    ) as t:
        with zipfile.ZipFile(t / "app.zip", "w") as archive:
            archive.writestr("__main__.py", "import inner; X = inner.I")
            archive.writestr("inner.py", "I = 'zipped'")

        assert t.space().run("mod").X == "mod"
        assert t.space().run("pkg").X == "pkg"
        assert t.space().run(t / "folder").X == 1
        assert t.space().run(t / "app.zip").X == "zipped"


def test_what_cannot_run_says_why():
    """Nothing to run is an error that names the target and the reason."""
    with tree({"folder/x.py": "", "pkg/__init__.py": ""}) as t:
        space = t.space()

        with pytest.raises(NotRunnable, match=r"it has no __main__\.py"):
            space.run(t / "folder")
        with pytest.raises(NotRunnable, match="a package without a __main__ module"):
            space.run("pkg")
        with pytest.raises(NotRunnable, match="no module of that name"):
            space.run("absent")
        with pytest.raises(FileMissing):
            space.run(t / "absent.py")


def test_exit_and_errors_are_the_callers():
    """SystemExit and exceptions leave run(), without frames of the machinery."""
    with tree({"exits.py": "raise SystemExit(3)", "fails.py": "def f():\n    1 / 0\nf()"}) as t:
        with pytest.raises(SystemExit) as caught:
            t.space().run(t / "exits.py")
        assert caught.value.code == 3

        with pytest.raises(ZeroDivisionError) as caught:
            t.space().run(t / "fails.py")
        names = [frame.name for frame in traceback.extract_tb(caught.value.__traceback__)]
        assert names == ["test_exit_and_errors_are_the_callers", "<module>", "f"]


def test_names_added_to_builtins_later_reach_a_space():
    """What the host adds to its builtins is seen in a space from its next first import on."""
    import builtins

    with tree({"a.py": "def shout():\n    return announced_later\n", "b.py": ""}) as t:
        space = t.space()
        module = space.import_module("a")
        builtins.announced_later = "here"
        try:
            space.import_module("b")
            assert module.shout() == "here"
        finally:
            del builtins.announced_later
