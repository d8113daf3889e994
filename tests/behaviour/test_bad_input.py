"""Bad input is met with a clear error, and nothing half-made is left behind."""

from __future__ import annotations

import os
import py_compile
import shutil
import sys

import pytest

from loadstone import Space
from loadstone.testing import tree

HEALS = "X = 'healed, and of another length'"


@pytest.mark.parametrize(
    ("content", "kind", "text"),
    [
        (b"x = (1,\n", "SyntaxError", "'(' was never closed (m.py, line 1)"),
        (b"  x = 1\n y = 2\n", "IndentationError", "unexpected indent (m.py, line 1)"),
        (b"x = 1\0\n", "SyntaxError", "source code string cannot contain null bytes"),
        (b"x = '\xe9'\n", "SyntaxError", "(unicode error) 'utf-8' codec can't decode byte 0xe9"),
        (b"# coding: no-such-coding\n", "SyntaxError", "unknown encoding: no-such-coding"),
        (b"\xef\xbb\xbf# coding: latin-1\n", "SyntaxError", "encoding problem: iso-8859-1 with BOM"),
        (b"\xff\xfex\0=\x001\0", "SyntaxError", ""),
    ],
)
def test_source_that_is_none(same, content, kind, text):
    """Source that Python cannot read is Python's error; the module is not kept, and imports once it is mended."""
    with tree({"m.py": content, "p/__init__.py": "from . import m", "p/m.py": content}) as t:
        error = same(t, "import m")["error"]
        space = t.space()
        for name in ("m", "p"):
            with pytest.raises(SyntaxError):
                space.import_module(name)
        left = set(space.modules)
        t.write("p/m.py", HEALS)

        assert error["type"] == kind
        assert text in error["text"]
        assert not left & {"m", "p", "p.m"}
        assert space.import_module("p").m.X.startswith("healed")


def test_bytecode_that_is_cut_short():
    """Truncated bytecode is an error that names no half of it; a whole file imports afterwards."""
    with tree({"m.py": HEALS}) as t:
        py_compile.compile(str(t / "m.py"), cfile=str(t / "m.pyc"), doraise=True)
        (t / "m.py").unlink()
        whole = (t / "m.pyc").read_bytes()
        space = t.space()
        for cut in (0, 3, 10, 16, 20, len(whole) - 1):
            t.write("m.pyc", whole[:cut])
            with pytest.raises((EOFError, ImportError, ValueError, TypeError)):
                space.import_module("m")
            assert "m" not in space.modules
        t.write("m.pyc", whole)

        assert space.import_module("m").X.startswith("healed")


@pytest.mark.parametrize("entry", ["a file", "a dead link", "nothing", "a loop of links", "", "x" * 5000])
def test_path_entries_that_are_no_folder(entry):
    """A path entry that cannot be searched is passed over; the next one has the module."""
    with tree({"a file": "text", "good/m.py": HEALS}) as t:
        os.symlink(t / "nowhere", t / "a dead link")
        os.symlink(t / "a loop of links", t / "a loop of links")
        space = Space("s")
        space.path[:] = [str(t / entry) if entry else "", str(t / "good")]

        assert space.import_module("m").X.startswith("healed")
        with pytest.raises(ModuleNotFoundError, match="No module named 'nowhere'"):
            space.import_module("nowhere")


@pytest.mark.parametrize("entry", [None, 5, b"bytes", ["list"]])
def test_path_entries_that_are_no_text(entry):
    """A path entry that is no text is passed over, as in Python."""
    with tree({"good/m.py": HEALS}) as t:
        space = Space("s")
        space.path[:] = [entry, str(t / "good")]

        assert space.import_module("m").X.startswith("healed")


@pytest.mark.parametrize("many", [1, 5])
@pytest.mark.parametrize("error", [PermissionError, FileNotFoundError, NotADirectoryError])
def test_folder_that_cannot_be_listed(monkeypatch, error, many):
    """A folder that may not be listed is passed over; the next one has the module."""
    with tree({f"locked{number}/m.py": "X = 'locked'" for number in range(many)} | {"good/m.py": HEALS}) as t:
        space = Space("s", path=[*(t / f"locked{number}" for number in range(many)), t / "good"])
        real = os.listdir

        def listdir(path="."):
            if "locked" in str(path):
                raise error(path)
            return real(path)

        monkeypatch.setattr("os.listdir", listdir)
        monkeypatch.setattr(f"{os.name}.listdir", listdir)  # where CPython's own finder looks

        assert space.import_module("m").X.startswith("healed")


def test_folder_that_vanishes():
    """A folder that is gone has no modules any more; what was imported stays, and the folder may come back."""
    with tree({"old/a.py": "", "old/b.py": "", "old/p/__init__.py": "", "old/p/c.py": ""}) as t:
        space = Space("s", path=[t / "old"])
        package = space.import_module("p")
        space.import_module("a")
        shutil.rmtree(t / "old")
        for name in ("b", "p.c"):
            with pytest.raises(ModuleNotFoundError, match=f"No module named '{name}'"):
                space.import_module(name)
        t.write("old/b.py", HEALS)
        space.invalidate_caches()

        assert space.import_module("a") is space.modules["a"]
        assert space.import_module("p") is package
        assert space.import_module("b").X.startswith("healed")


def test_file_that_vanishes(same):
    """A file that is gone between being found and being read is the loader's error, and the module is not kept."""
    with tree(
        {
            "m.py": "",
            "main.py": """
                import sys
                from importlib.util import spec_from_file_location
                class Finder:
                    @staticmethod
                    def find_spec(name, path, target=None):
                        return spec_from_file_location(name, '/no/such/file.py') if name == 'gone' else None
                sys.meta_path.insert(0, Finder)
                try:
                    import gone
                except FileNotFoundError as e:
                    got = e.filename, 'gone' in sys.modules
            """,
        }
    ) as t:
        assert same(t, "import main")["modules"]["main"]["got"] == "('/no/such/file.py', False)"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("del sys.modules[__name__]", "KeyError"),
        ("del sys.modules['p']", "KeyError"),
        ("sys.modules.clear()", "KeyError"),
        ("sys.modules['p'] = 5", "AttributeError"),
        ("sys.modules[__name__] = None", "none"),
        ("del sys.modules['p'].__path__", "none"),
        ("del sys.modules['p'].__spec__", "none"),
        ("del __spec__, __name__, __loader__", "none"),
        ("globals().clear()", "none"),
    ],
)
def test_module_removed_during_import(line, kind):
    """A module that tampers with what imports stand on ends as in Python: with its error, and nothing hangs."""
    program = """
        import p
        try:
            import p.m
            print("none", p.m is None)
        except Exception as error:
            print(type(error).__name__, error)
    """
    with tree({"p/__init__.py": "", "p/m.py": f"import sys\n{line}", "main.py": program}) as t:
        native = t.python("main.py").stdout
        t.write("ours.py", "import loadstone\nloadstone.Space('s', path=['.']).import_module('main')")
        ours = t.python("ours.py").stdout

        assert ours == native
        assert native.startswith(kind)


@pytest.mark.parametrize(
    "name", ["", ".", "..", "a..b", ".a", "a.", "a b", "a/b", "a\0b", "é" * 300, "a" * 5000, "1", "None", " "]
)
def test_names_that_are_none(name):
    """A text that names no module is an ImportError or a ValueError, and leaves nothing behind."""
    with tree({}) as t:
        space = t.space()
        before = dict(space.modules)

        with pytest.raises((ImportError, ValueError, TypeError)):
            space.import_module(name)
        assert space.modules == before


@pytest.mark.parametrize("name", [None, 5, b"a", ["a"], object()])
def test_names_that_are_no_text(name):
    """What is no text is a TypeError."""
    with tree({}) as t, pytest.raises((TypeError, AttributeError)):
        t.space().import_module(name)


def test_finders_that_fail(same):
    """An error in a finder, a spec of nothing and a finder without methods are met as in Python."""
    finders = {
        "raises": "def find_spec(self, *a): raise RuntimeError('finder')",
        "gives nothing": "def find_spec(self, *a): return None",
        "gives no spec": "def find_spec(self, *a): return 5",
        "has nothing": "pass",
        "wrong arguments": "def find_spec(self): pass",
    }
    with tree(
        {
            f"m{number}.py": f"""
                import sys
                class Finder:
                    {body}
                sys.meta_path.insert(0, Finder())
                try:
                    import nothing_there
                except Exception as e:
                    got = type(e).__name__, str(e), 'nothing_there' in sys.modules
            """
            for number, body in enumerate(finders.values())
        }
    ) as t:
        got = [same(t, f"import m{number}")["modules"][f"m{number}"]["got"] for number in range(len(finders))]

        assert got[0] == "('RuntimeError', 'finder', False)"
        assert got[1] == "('ModuleNotFoundError', \"No module named 'nothing_there'\", False)"
        assert (got[3] == got[1]) is (sys.version_info >= (3, 12))
        assert got[2].startswith("('AttributeError', \"'int' object has no attribute 'loader'\"")
        assert got[4].startswith("('TypeError'")
