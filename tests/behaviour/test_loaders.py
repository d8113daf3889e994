"""Modules that come from somewhere else than a source file."""

from __future__ import annotations

import io
import marshal
import py_compile
import shutil
import sys
import sysconfig
import zipfile
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest

from loadstone.testing import tree


def zipped(files):
    """Return the bytes of a zip file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def compile_away(t, name):
    """Replace a source file by its bytecode."""
    source = t / name
    py_compile.compile(str(source), cfile=str(source.with_suffix(".pyc")), doraise=True)
    source.unlink()


ZIP = {
    "z/__init__.py": "from . import inner",
    "z/inner.py": "import z\nX = 1",
    "top.py": "from z import inner",
}


def test_zip_file(same):
    """A zip file on the path is searched like a folder."""
    with tree(
        {
            "lib.zip": zipped(ZIP),
            "main.py": "import sys\nsys.path.append(__file__[:-7] + 'lib.zip')\nimport top",
        }
    ) as t:
        seen = same(t, "import main")

        assert seen["modules"]["z.inner"]["X"] == "1"
        assert seen["modules"]["z.inner"]["__loader__"] == "zipimporter"
        assert seen["modules"]["z.inner"]["__file__"].endswith("inner.py'")


def test_folder_inside_a_zip_file(same):
    """A folder inside a zip file can stand on the path, and a zipped package can be part of a namespace."""
    with tree(
        {
            "lib.zip": zipped({"deep/m.py": "X = 1", "ns/": "", "ns/a.py": ""}),
            "ns/b.py": "",
            "main.py": "import sys\nhere = __file__[:-7]\nsys.path += [here + 'lib.zip/deep', here + 'lib.zip']\n"
            "import m, ns.a, ns.b\ngot = len(ns.__path__)",
        }
    ) as t:
        assert same(t, "import main")["modules"]["main"]["got"] == "2"


def test_a_zip_file_as_the_path_of_a_space():
    """A space can have a zip file as its path; an error in it shows the line."""
    with tree({"lib.zip": zipped({**ZIP, "bad.py": "def f():\n    1/0\nf()"})}) as t:
        from loadstone import Space

        space = Space("zipped", path=[t / "lib.zip"])
        with pytest.raises(ZeroDivisionError) as caught:
            space.import_module("bad")

        assert space.import_module("top").inner.X == 1
        assert caught.traceback[-1].lineno == 1


def test_bytecode_without_source(same):
    """A ``.pyc`` file in the place of its source is imported."""
    with tree(
        {"m.py": "X = 1", "p/__init__.py": "from .a import Y", "p/a.py": "Y = 2", "main.py": "import m, p"}
    ) as t:
        for name in ("m.py", "p/__init__.py", "p/a.py"):
            compile_away(t, name)
        modules = same(t, "import main")["modules"]

        assert (modules["m"]["X"], modules["p"]["Y"]) == ("1", "2")
        assert modules["m"]["__loader__"] == "SourcelessFileLoader"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "ImportError"),
        (b"\0\0\0\0", "ImportError"),
        (b"abc", "ImportError"),
        (None, "EOFError"),
    ],
)
def test_broken_bytecode(same, content, kind):
    """Bytecode that is empty, foreign or cut short fails as in Python, and nothing of it is kept."""
    with tree(
        {
            "m.py": "X = 1\nY = 2",
            "main.py": "import sys\ntry:\n    import m\nfinally:\n    kept = 'm' in sys.modules",
        }
    ) as t:
        compile_away(t, "m.py")
        whole = (t / "m.pyc").read_bytes()
        t.write("m.pyc", whole[:30] if content is None else content)

        assert same(t, "import main")["error"]["type"] == kind


def test_stale_or_broken_cache(same):
    """A truncated file in ``__pycache__`` is an error where Python has one, and a foreign one is passed over."""
    with tree(
        {
            "m.py": "X = 1",
            "n.py": "X = 2",
            "main.py": "import m\ntry:\n    import n\nexcept EOFError as e:\n    got = str(e)",
        }
    ) as t:
        cache = Path(py_compile.compile(str(t / "m.py"), doraise=True))
        cache.write_bytes(b"\0" * 40)
        cut = Path(py_compile.compile(str(t / "n.py"), doraise=True))
        cut.write_bytes(cut.read_bytes()[:20])
        modules = same(t, "import main")["modules"]

        assert modules["m"]["X"] == "1"


def test_code_that_is_no_module(same):
    """Bytecode whose content is no code object is refused as in Python."""
    with tree({"m.py": "X = 1", "main.py": "import m"}) as t:
        compile_away(t, "m.py")
        header = (t / "m.pyc").read_bytes()[:16]
        t.write("m.pyc", header + marshal.dumps("text"))

        assert same(t, "import main")["error"]["text"] == "Non-code object in '/m.pyc'"


def test_builtin_and_frozen(same):
    """Built-in and frozen modules are the interpreter's own."""
    with tree(
        {"main.py": "import _thread, zipimport, itertools as i\ngot = i.__name__, zipimport.__name__"}
    ) as t:
        assert same(t, "import main")["modules"]["main"]["got"] == "('itertools', 'zipimport')"


def test_the_standard_library_is_the_hosts():
    """A class of the standard library is the same class in every space."""
    with tree({"m.py": "from collections import OrderedDict as C\nimport json.decoder as d"}) as t:
        import collections
        import json.decoder

        one, two = t.space().import_module("m"), t.space().import_module("m")

        assert one.C is two.C is collections.OrderedDict
        assert one.d is json.decoder


@pytest.fixture
def extension():
    """Return an extension module of the interpreter's own that imports under a name of its own, or skip."""
    folder = Path(sysconfig.get_config_var("DESTSHARED") or "no such folder")
    files = [folder / f"xxlimited{suffix}" for suffix in EXTENSION_SUFFIXES]
    file = next((file for file in files if file.exists()), None)
    if file is None:
        pytest.skip(f"this interpreter has no xxlimited in {folder}")
    return file


def test_extension(same, extension):
    """An extension module is imported from its file, and belongs to the world that imported it."""
    with tree({"p/__init__.py": "", "p/a.py": "from .xxlimited import foo\ngot = foo(2, 3)"}) as t:
        shutil.copy(extension, t / "p" / extension.name)
        modules = same(t, "import p.a")["modules"]

        assert modules["p.a"]["got"] == "5"
        assert modules["p.xxlimited"]["__loader__"] == "ExtensionFileLoader"


def test_extension_that_is_none(same):
    """A file that only looks like an extension fails as in Python."""
    with tree({f"m{EXTENSION_SUFFIXES[-1]}": "text", "main.py": "import m"}) as t:
        error = same(t, "import main")["error"]

        assert (error["type"], error["fields"]["name"]) == ("ImportError", "'m'")


def test_namespace_package(same):
    """A folder without ``__init__`` is a package with all its portions, nested ones too."""
    with tree(
        {
            "one/ns/a.py": "",
            "one/ns/in/x.py": "",
            "two/ns/b.py": "",
            "two/ns/in/y.py": "",
            "main.py": """
                import importlib, sys
                here = __file__[:-7]
                sys.path += [here + 'one', here + 'two']
                import ns.a, ns.b
                x, y = (importlib.import_module(f'ns.in.{n}') for n in 'xy')
                got = len(ns.__path__), getattr(ns, '__file__', 'none'), ns.__spec__.origin
            """,
        }
    ) as t:
        assert same(t, "import main")["modules"]["main"]["got"] == "(2, None, None)"


def test_namespace_package_grows(same):
    """A portion that comes onto the path later belongs to the namespace package that is there already."""
    with tree(
        {
            "one/ns/sub/a.py": "",
            "two/ns/sub/b.py": "",
            "main.py": """
                import sys
                here = __file__[:-7]
                sys.path.append(here + 'one')
                import ns.sub.a
                before = len(ns.sub.__path__)
                sys.path.append(here + 'two')
                import ns.sub.b
                got = before, len(ns.sub.__path__)
                sys.path.pop()
                shrunk = len(ns.sub.__path__)
            """,
        }
    ) as t:
        main = same(t, "import main")["modules"]["main"]

        assert (main["got"], main["shrunk"]) == ("(1, 2)", "1")


def test_own_path(same):
    """A package that writes its own ``__path__`` has its submodules there."""
    with tree(
        {
            "p/__init__.py": "import os\n__path__.append(os.path.dirname(__path__[0]) + '/elsewhere')",
            "elsewhere/a.py": "X = 1",
            "q.py": "import os\n__path__ = [os.path.dirname(__file__) + '/elsewhere']",
            "main.py": "from p import a\nimport q.a\ngot = a.X, q.a is a",
        }
    ) as t:
        assert same(t, "import main")["modules"]["main"]["got"] == "(1, False)"


def test_finder_of_the_programs_own(same):
    """A finder that a module puts on ``sys.meta_path`` serves the world that it was put into."""
    with tree(
        {
            "main.py": """
                import sys
                from importlib.abc import Loader, MetaPathFinder
                from importlib.util import spec_from_loader
                class Made(MetaPathFinder, Loader):
                    def find_spec(self, name, path, target=None):
                        return spec_from_loader(name, self) if name.startswith('made') else None
                    def exec_module(self, module):
                        exec('import plain\\nX = plain.X', module.__dict__)
                sys.meta_path.append(Made())
                import made_up
                got = made_up.X
            """,
            "plain.py": "X = 1",
        }
    ) as t:
        assert same(t, "import main")["modules"]["main"]["got"] == "1"


def test_path_hook_of_the_programs_own(same):
    """A path hook that a module adds serves path entries of that world."""
    with tree(
        {
            "main.py": """
                import sys
                from importlib.abc import Loader
                from importlib.util import spec_from_loader
                class Finder(Loader):
                    def __init__(self, entry):
                        if not entry.startswith('made:'):
                            raise ImportError
                    def find_spec(self, name, target=None):
                        return spec_from_loader(name, self, origin='made') if name == 'hooked' else None
                    def exec_module(self, module):
                        module.X = 1
                sys.path_hooks.append(Finder)
                sys.path.append('made:up')
                import hooked
                got = hooked.X, hooked.__spec__.origin
            """
        }
    ) as t:
        assert same(t, "import main")["modules"]["main"]["got"] == "(1, 'made')"


LOADER = """
    import sys
    from importlib.machinery import ModuleSpec
    class Loader:
        {body}
    class Finder:
        @staticmethod
        def find_spec(name, path, target=None):
            return ModuleSpec(name, Loader()) if name == 'odd' else None
    sys.meta_path.insert(0, Finder)
    try:
        import odd
        got = type(odd).__name__
    except BaseException as e:
        got = type(e).__name__ + ': ' + str(e), 'odd' in sys.modules
"""


@pytest.mark.parametrize(
    ("body", "got"),
    [
        ("pass", "(\"AttributeError: 'Loader' object has no attribute 'load_module'\", False)"),
        (
            "exec_module = lambda self, module: None",
            "('ImportError: loaders that define exec_module() must also define create_module()', False)",
        ),
        ("create_module = exec_module = lambda self, spec: None", "'module'"),
        ("create_module = lambda self, spec: 5\\n        exec_module = lambda self, module: None", "'int'"),
        ("create_module = lambda self, spec: None\\n        exec_module = lambda self, module: 1/0",
         "('ZeroDivisionError: division by zero', False)"),
        ("create_module = lambda self, spec: None\\n        def exec_module(self, module): sys.modules['odd'] = None",
         "'NoneType'"),
        ("create_module = lambda self, spec: None\\n        def exec_module(self, module): del sys.modules['odd']",
         "(\"KeyError: 'odd'\", False)"),
    ],
)  # fmt: skip
def test_loaders_with_faults(same, body, got):
    """A loader that lacks a method, returns nothing or an odd thing, or fails, is met as in Python."""
    with tree({"main.py": LOADER.replace("{body}", body.replace("\\n", "\n"))}) as t:
        assert same(t, "import main")["modules"]["main"]["got"] == got


def test_legacy_loader(same):
    """A loader that has only ``load_module`` is served, with the warning that Python gives."""
    body = (
        "load_module = lambda self, name: sys.modules.setdefault(name, __import__('types').ModuleType(name))"
    )
    with tree({"main.py": LOADER.replace("{body}", body)}) as t:
        seen = same(t, "import main")

        assert seen["modules"]["main"]["got"] == "'module'"
        assert "falling back to load_module()" in "".join(seen["warnings"])


def test_legacy_finder(same):
    """A finder that has only ``find_module`` serves on Python 3.11, with a warning, and not since."""
    with tree(
        {
            "main.py": """
                import sys, types
                class Old:
                    @staticmethod
                    def find_module(name, path=None):
                        return Old if name == 'odd' else None
                    @staticmethod
                    def load_module(name):
                        return sys.modules.setdefault(name, types.ModuleType(name))
                sys.meta_path.insert(0, Old)
                try:
                    import odd
                    got = True
                except ImportError:
                    got = False
            """
        }
    ) as t:
        assert same(t, "import main")["modules"]["main"]["got"] == str(sys.version_info < (3, 12))


def test_module_by_hand(same):
    """``module_from_spec`` and ``exec_module`` make a module of the world that calls them."""
    with tree(
        {
            "main.py": """
                import importlib.util, sys
                spec = importlib.util.spec_from_file_location('by_hand', __file__[:-7] + 'some.txt.py')
                module = importlib.util.module_from_spec(spec)
                before = 'by_hand' in sys.modules
                sys.modules['by_hand'] = module
                spec.loader.exec_module(module)
                import by_hand
                got = before, by_hand is module, module.X
            """,
            "some.txt.py": "import plain\nX = plain.X",
            "plain.py": "X = 1",
        }
    ) as t:
        assert same(t, "import main")["modules"]["main"]["got"] == "(False, True, 1)"


def test_lazy_loader(same):
    """`importlib.util.LazyLoader` executes a module when it is first used, in the world that made it."""
    with tree(
        {
            "main.py": """
                import importlib.util, sys
                spec = importlib.util.find_spec('slow')
                spec.loader = importlib.util.LazyLoader(spec.loader)
                slow = importlib.util.module_from_spec(spec)
                sys.modules['slow'] = slow
                spec.loader.exec_module(slow)
                import flags
                before = flags.ran
                got = before, slow.X, flags.ran
            """,
            "slow.py": "import flags\nflags.ran = True\nX = 1",
            "flags.py": "ran = False",
        }
    ) as t:
        # The class in importlib.util looks into the host's sys.modules, where the probe has another module "slow".
        assert same(t, "import main", ways=["host"])["modules"]["main"]["got"] == "(False, 1, True)"
