"""Folders of installed packages: ``.pth`` files and editable installs, inside a space."""

from __future__ import annotations

import sys

import pytest

from loadstone import Space
from loadstone.testing import tree


def installed(t, name="s"):
    """Return a space whose path is the tree's site-packages."""
    return Space(name, path=[t / "site-packages"])


def test_a_line_is_a_path_entry():
    """Each line of a ``.pth`` file that names a folder that is there comes onto the path, once."""
    with tree(
        {
            "site-packages/x.pth": "../lib\n\n# a comment\n../lib\n../missing\nsub",
            "site-packages/sub/b.py": "",
            "lib/a.py": "",
        }
    ) as t:
        space = installed(t)

        assert space.path == [str(t / name) for name in ("site-packages", "lib", "site-packages/sub")]
        assert space.import_module("a").__file__ == str(t / "lib/a.py")


def test_files_in_order_of_their_names():
    """``.pth`` files are read in alphabetical order; hidden ones are not."""
    with tree(
        {"site-packages/b.pth": "../two", "site-packages/a.pth": "../one", "site-packages/.c.pth": "../three"}
        | {f"{name}/": "" for name in ("one", "two", "three")}
    ) as t:
        assert [entry.rpartition("/")[2] for entry in installed(t).path] == ["site-packages", "one", "two"]


def test_an_import_line_runs_in_the_space():
    """An import line sees the space's `sys`, and the host's is as it was."""
    with tree(
        {
            "site-packages/x.pth": "import setup_x; setup_x.go()",
            "site-packages/setup_x.py": """
                import sys
                def go():
                    sys.path.append('/added')
                    sys.meta_path.append(print)
            """,
        }
    ) as t:
        before = list(sys.path), list(sys.meta_path), set(sys.modules)
        space = installed(t)

        assert space.path[-1] == "/added"
        assert space.meta_path[-1] is print
        assert "setup_x" in space.modules
        assert (list(sys.path), list(sys.meta_path), set(sys.modules)) == before


def test_a_line_that_fails(capsys):
    """A line that fails is reported with its file and number; the rest of the file is passed over, not other files."""
    with tree(
        {
            "site-packages/a.pth": "import sys\nimport missing_x\n../lib",
            "site-packages/b.pth": "../other",
            "lib/": "",
            "other/": "",
        }
    ) as t:
        space = installed(t)

        assert space.path == [str(t / "site-packages"), str(t / "other")]
        assert f"line 2 of {t / 'site-packages/a.pth'}" in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"\xff\xfe\n", b"\xef\xbb\xbf../lib\r\n", b"../lib\0\n", b"\xe9t\xe9\n"])
def test_odd_bytes(content, capsys):
    """A file in no known encoding, with a byte-order mark or null bytes does not stop the others."""
    with tree(
        {"site-packages/a.pth": content, "site-packages/b.pth": "../other", "lib/": "", "other/": ""}
    ) as t:
        assert str(t / "other") in installed(t).path


def test_namespace_packages_of_setuptools():
    """The ``-nspkg.pth`` files that setuptools wrote find their folder in their caller's frame, as under `site`."""
    line = (
        "import sys, types, os; p = os.path.join(sys._getframe(1).f_locals['sitedir'], *('corp',)); "
        "m = sys.modules.setdefault('corp', types.ModuleType('corp')); "
        "mp = m.__dict__.setdefault('__path__', []); (p not in mp) and mp.append(p)"
    )
    with tree({"site-packages/corp-nspkg.pth": line, "site-packages/corp/tool.py": "X = 1"}) as t:
        space = installed(t)

        assert list(space.modules["corp"].__path__) == [str(t / "site-packages/corp")]
        assert space.import_module("corp.tool").X == 1


FINDER = """
    import sys
    from importlib.machinery import ModuleSpec, PathFinder
    from importlib.util import spec_from_file_location
    MAPPING = {mapping!r}
    NAMESPACES = {namespaces!r}

    class EditableFinder:
        @classmethod
        def find_spec(cls, fullname, path=None, target=None):
            for package, place in MAPPING.items():
                if fullname == package:
                    return spec_from_file_location(fullname, place + "/__init__.py")
            return None

    class NamespaceFinder:
        @classmethod
        def _path_hook(cls, path):
            if path == "__editable__.corp.finder.__path_hook__":
                return cls
            raise ImportError
        @classmethod
        def find_spec(cls, fullname, target=None):
            if fullname in NAMESPACES:
                spec = ModuleSpec(fullname, None)
                spec.submodule_search_locations = NAMESPACES[fullname]
                return spec
            if fullname.rpartition(".")[0] in NAMESPACES:
                return PathFinder.find_spec(fullname, path=NAMESPACES[fullname.rpartition(".")[0]])
            return None

    def install():
        sys.meta_path.append(EditableFinder)
        sys.path_hooks.append(NamespaceFinder._path_hook)
        sys.path.append("__editable__.corp.finder.__path_hook__")
"""


def test_editable_finder():
    """A finder such as setuptools writes for an editable install maps packages and namespaces inside the space."""
    with tree(
        {
            "source/shop/__init__.py": "from . import cart",
            "source/shop/cart.py": "X = 1",
            "parts/wheel.py": "Y = 2",
        }
    ) as t:
        finder = FINDER.format(
            mapping={"shop": str(t / "source/shop")}, namespaces={"corp": [str(t / "parts")]}
        )
        t.write("site-packages/__editable___corp_finder.py", finder)
        t.write(
            "site-packages/__editable__.corp.pth",
            "import __editable___corp_finder; __editable___corp_finder.install()",
        )
        space = installed(t)

        assert space.import_module("shop").cart.X == 1
        assert space.import_module("corp.wheel").Y == 2
        assert not {"shop", "corp"} & set(sys.modules)


def test_two_spaces_with_one_package():
    """Two spaces whose ``.pth`` files lead to two versions of a package each have their own."""
    with tree(
        {
            "one/site-packages/x.pth": "../src",
            "one/src/lib.py": "VERSION = 1",
            "two/site-packages/x.pth": "../src",
            "two/src/lib.py": "VERSION = 2",
        }
    ) as t:
        versions = [
            Space(n, path=[t / n / "site-packages"]).import_module("lib").VERSION for n in ("one", "two")
        ]

        assert versions == [1, 2]


def test_a_folder_that_is_not_there():
    """A site-packages folder that does not exist is a path entry without ``.pth`` files."""
    with tree({}) as t:
        space = installed(t)

        assert space.path == [str(t / "site-packages")]
        with pytest.raises(ModuleNotFoundError, match="No module named 'x_missing'"):
            space.import_module("x_missing")
