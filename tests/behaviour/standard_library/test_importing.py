"""importlib in all its parts, pkgutil, runpy, zipimport, and the names by which a module finds itself."""

from __future__ import annotations

import io
import sys
import zipfile

from loadstone.testing import tree

SHOP = {
    "shop/__init__.py": "NAME = 'shop'",
    "shop/cart.py": "NAME = 'cart'",
    "shop/sub/__init__.py": "",
    "shop/sub/deep.py": "NAME = 'deep'",
    "shop/notes.txt": "hello",
    "shop/__main__.py": "import sys\nfrom . import NAME\nRESULT = NAME, __name__, len(sys.argv) > 0",
}
METADATA = {
    "shop-1.5.dist-info/METADATA": "Metadata-Version: 2.1\nName: shop\nVersion: 1.5\nRequires-Dist: click<8\n",
    "shop-1.5.dist-info/entry_points.txt": "[shop.plugins]\ncart = shop.cart:NAME\n",
    "shop-1.5.dist-info/RECORD": "shop/__init__.py,,\nshop/cart.py,,\n",
    "shop-1.5.dist-info/top_level.txt": "shop\n",
}


def test_import_module(same):
    """`import_module`, absolute and relative, and `__import__` in all its homes."""
    assert same(
        SHOP,
        program="""
            import builtins, importlib
            def run():
                return (
                    importlib.import_module("shop.cart").NAME,
                    importlib.import_module(".cart", "shop").NAME,
                    importlib.__import__("shop").NAME,
                    builtins.__import__("shop.cart").NAME,
                    __import__("shop", fromlist=["cart"]).cart.NAME,
                )
        """,
    ) == repr(("cart", "cart", "shop", "shop", "cart"))


def test_reload(same):
    """`importlib.reload` executes the space's module again, in its own namespace."""
    assert same(
        SHOP,
        program="""
            import importlib, shop.cart
            def run():
                shop.cart.NAME = "changed"
                return importlib.reload(shop.cart) is shop.cart, shop.cart.NAME
        """,
    )


def test_specs(same):
    """`find_spec`, `module_from_spec`, `spec_from_file_location` and `resolve_name`."""
    assert same(
        SHOP,
        program="""
            import importlib.util as util, os
            def run():
                spec = util.find_spec("shop.cart")
                module = util.module_from_spec(spec)
                spec.loader.exec_module(module)
                by_file = util.spec_from_file_location("apart", os.path.join(os.path.dirname(__file__), "shop/cart.py"))
                apart = util.module_from_spec(by_file)
                by_file.loader.exec_module(apart)
                return (
                    module.NAME, apart.NAME, util.find_spec("nowhere"), util.resolve_name(".cart", "shop"),
                    spec.origin,
                )
        """,
    )


def test_modules_loaded_from_a_file_import_from_the_space(same):
    """A module that is made by hand from a spec imports what the space has."""
    assert same(
        SHOP | {"loose.py": "from shop.cart import NAME"},
        program="""
            import importlib.util as util, os, sys
            def run():
                spec = util.spec_from_file_location("loose", os.path.join(os.path.dirname(__file__), "loose.py"))
                module = sys.modules["loose"] = util.module_from_spec(spec)
                spec.loader.exec_module(module)
                import loose
                return loose is module, module.NAME
        """,
    )


def test_lazy_modules(same):
    """`LazyLoader` executes a module when it is first used."""
    assert same(
        SHOP | {"late.py": "import shop.cart\nNAME = shop.cart.NAME"},
        program="""
            import importlib.util as util, sys
            def run():
                spec = util.find_spec("late")
                spec.loader = util.LazyLoader(spec.loader)
                module = sys.modules["late"] = util.module_from_spec(spec)
                spec.loader.exec_module(module)
                return "shop.cart" in sys.modules, module.NAME, "shop.cart" in sys.modules
        """,
    )


def test_machinery(same):
    """`PathFinder` looks along the space's path; loaders and finders of `importlib.machinery` work by hand."""
    assert same(
        SHOP,
        program="""
            import importlib.machinery as machinery, os
            def run():
                here = os.path.dirname(__file__)
                finder = machinery.FileFinder(here, (machinery.SourceFileLoader, [".py"]))
                return (
                    machinery.PathFinder.find_spec("shop").origin,
                    machinery.PathFinder.find_spec("nowhere"),
                    finder.find_spec("shop").origin,
                    machinery.SourceFileLoader("shop.cart", os.path.join(here, "shop/cart.py")).get_source("shop.cart"),
                )
        """,
    )


def test_finders_of_ones_own(same):
    """A finder on `sys.meta_path`, a hook on `sys.path_hooks` and `invalidate_caches` belong to the space."""
    assert same(
        program="""
            import importlib, importlib.abc, importlib.util, sys
            class Made(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
                cleared = 0
                def find_spec(self, name, path, target=None):
                    if name == "made": return importlib.util.spec_from_loader(name, self)
                def get_source(self, name): return "import program\\nNAME = program.__name__"
                def invalidate_caches(self): self.cleared += 1
            def run():
                finder = Made()
                sys.meta_path.insert(0, finder)
                import made
                importlib.invalidate_caches()
                return made.NAME, finder.cleared, made.__spec__.loader is finder
        """
    )


def test_metadata(same):
    """`importlib.metadata` sees the distributions on the space's path, and loads their entry points in the space."""
    assert same(
        SHOP | METADATA,
        program="""
            import importlib.metadata as metadata
            def run():
                (point,) = metadata.entry_points(group="shop.plugins")
                try:
                    metadata.version("pytest-of-nowhere")
                except metadata.PackageNotFoundError as error:
                    missing = str(error)
                return (
                    metadata.version("shop"), metadata.requires("shop"), metadata.metadata("shop")["Name"],
                    point.load(), [str(file) for file in metadata.files("shop")], missing,
                    metadata.packages_distributions()["shop"],
                )
        """,
    )


def test_the_space_has_its_own_distributions():
    """Distributions of the host are not those of a space."""
    with tree(
        SHOP
        | METADATA
        | {"look.py": "import importlib.metadata as m\nfound = [d.name for d in m.distributions()]"}
    ) as t:
        assert t.space().import_module("look").found == ["shop"]


def test_resources(same):
    """`importlib.resources` reads files of the space's packages, by name, by module and for the caller."""
    assert same(
        SHOP,
        program="""
            import importlib.resources as resources, pkgutil, shop
            def run():
                with resources.as_file(resources.files("shop") / "notes.txt") as path:
                    name = path.name
                return (
                    resources.files("shop").joinpath("notes.txt").read_text(),
                    (resources.files(shop) / "notes.txt").read_bytes(),
                    name, pkgutil.get_data("shop", "notes.txt"),
                )
        """,
    )


def test_pkgutil(same):
    """`iter_modules`, `walk_packages`, `resolve_name`, `get_importer` and `extend_path`."""
    assert same(
        SHOP,
        program="""
            import os, pkgutil, shop, sys
            def run():
                here = os.path.dirname(__file__)
                return (
                    sorted(module.name for module in pkgutil.iter_modules([here])),
                    sorted(module.name for module in pkgutil.iter_modules(shop.__path__, "shop.")),
                    sorted(m.name for m in pkgutil.walk_packages(shop.__path__, "shop.") if "__main__" not in m.name),
                    pkgutil.resolve_name("shop.cart:NAME"),
                    pkgutil.get_importer(here) is sys.path_importer_cache[here],
                    pkgutil.extend_path(["x"], "shop"),
                )
        """,
    )


def test_runpy(same):
    """`run_module` and `run_path` execute in the space, as ``__main__`` too."""
    assert same(
        SHOP | {"script.py": "import shop.cart, sys\nRESULT = shop.cart.NAME, __name__, sys.argv[0]"},
        program="""
            import os, runpy
            def run():
                here = os.path.dirname(__file__)
                return (
                    runpy.run_module("shop.cart")["NAME"],
                    runpy.run_module("shop", run_name="__main__", alter_sys=True)["RESULT"],
                    runpy.run_path(os.path.join(here, "script.py"))["RESULT"],
                    runpy.run_path(os.path.join(here, "script.py"), {"extra": 1}, "__main__")["extra"],
                )
        """,
    )


def test_zip_files(same):
    """A zip file on the path of the space is imported from; its data and tracebacks are found."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("zipped/__init__.py", "import shop.cart\nNAME = shop.cart.NAME\ndef fail(): 1 / 0\n")
        file.writestr("zipped/notes.txt", "zip")
    assert same(
        SHOP | {"archive.zip": archive.getvalue()},
        program="""
            import os, pkgutil, sys, traceback, zipimport
            def run():
                path = os.path.join(os.path.dirname(__file__), "archive.zip")
                sys.path.append(path)
                import zipped
                try:
                    zipped.fail()
                except ZeroDivisionError:
                    lines = traceback.format_exc().splitlines()
                loader = zipimport.zipimporter(path)
                return (
                    zipped.NAME, pkgutil.get_data("zipped", "notes.txt"), lines[-2:],
                    loader.is_package("zipped"), zipped.__file__,
                )
        """,
    )


def test_a_module_in_sys_modules(same):
    """``sys.modules[__name__]`` is the module; one that puts an object in its place is that object."""
    assert same(
        odd="import sys\nclass Odd:\n    NAME = 'odd'\nsys.modules[__name__] = Odd()",
        program="""
            import sys
            def run():
                import odd
                module = sys.modules[__name__]
                setattr(module, "added", 1)
                return module.run is run, added, odd.NAME, "odd" in sys.modules, __spec__.name
        """,
    )


def test_the_main_module(same):
    """``import __main__`` gives the space's own, and `sys.modules` has it."""
    assert same(
        program="""
            import sys
            def run():
                import __main__
                return __main__.__name__, sys.modules["__main__"] is __main__, hasattr(__main__, "run")
        """
    )


def test_sys_path(same):
    """A folder that is appended to `sys.path` is searched; a path that is replaced is, too."""
    assert same(
        {"more/extra.py": "NAME = 'extra'", "other/another.py": "NAME = 'another'"},
        program="""
            import os, sys
            def run():
                here = os.path.dirname(__file__)
                sys.path.append(os.path.join(here, "more"))
                import extra
                sys.path = [os.path.join(here, "other")]
                import another
                return extra.NAME, another.NAME, len(sys.path)
        """,
    )


def test_what_is_deleted_from_sys(same):
    """An attribute deleted from `sys` is gone, for the code that has a fallback for it, until it is set again."""
    assert same(
        program="""
            import sys
            def run():
                kept = sys._getframe
                del sys._getframe
                seen = [hasattr(sys, "_getframe")]
                try:
                    sys._getframe()
                except AttributeError as error:
                    seen.append((str(error), error.name))
                sys._getframe = kept
                return seen, sys._getframe().f_code.co_name
        """
    )
    assert hasattr(sys, "_getframe")


def test_module_attributes(same):
    """A module `__getattr__`, `__dir__`, `__all__` and a lazily imported submodule."""
    assert same(
        SHOP
        | {
            "lazy/__init__.py": """
                import importlib
                __all__ = ["part"]
                def __getattr__(name):
                    if name == "part":
                        return importlib.import_module(".part", __name__)
                    raise AttributeError(name)
                def __dir__(): return ["part"]
            """,
            "lazy/part.py": "NAME = 'part'",
        },
        program="""
            def run():
                import lazy
                names = {}
                exec("from lazy import *", names)
                return lazy.part.NAME, dir(lazy), names["part"].NAME
        """,
    )


def test_submodules_of_the_standard_library(same):
    """What natively is there without an import of its own is there."""
    assert same(
        program="""
            import collections, concurrent.futures, logging.config, os, xml.dom
            def run():
                return (
                    collections.abc.__name__, os.path.sep,
                    logging.config.__name__, logging.handlers.__name__, concurrent.futures.__name__, xml.dom.__name__,
                )
        """
    )
