"""Modules and names that are not there."""

from __future__ import annotations

from textwrap import dedent

from loadstone.testing import tree

PACKAGE = {"shop/__init__.py": "", "shop/money.py": "VAT = 0.19\ndef total(): ...\n"}


def test_a_missing_submodule_of_the_project(printed):
    """A module of the project that is not there is an error, with the one that was meant."""
    with tree({**PACKAGE, "shop/cart.py": "from shop.monney import VAT\n"}) as t:
        assert printed(t, "missing-module") == dedent("""\
            error[missing-module]: shop has no submodule monney
             --> shop/cart.py:1:6
              |
            1 | from shop.monney import VAT
              |      ^^^^^^^^^^^
              |
              = note: did you mean shop.money?
            help: name the module that is there
              |
            1 - from shop.monney import VAT
            1 + from shop.money import VAT
              |
            """)


def test_a_missing_relative_module(printed):
    """A relative import is shown and mended as it is written."""
    with tree({**PACKAGE, "shop/cart.py": "from .monney import VAT\n"}) as t:
        assert printed(t, "missing-module") == dedent("""\
            error[missing-module]: shop has no submodule monney
             --> shop/cart.py:1:6
              |
            1 | from .monney import VAT
              |      ^^^^^^^
              |
              = note: did you mean shop.money?
            help: name the module that is there
              |
            1 - from .monney import VAT
            1 + from .money import VAT
              |
            """)


def test_a_package_that_is_not_installed(found):
    """A top-level module that is nowhere is a warning at import time, and a note in a function."""
    with tree({"m.py": "import nowhere_now\ndef f():\n    import nowhere_else\n"}) as t:
        assert found(t, "missing-module") == [
            "m.py:1:8: warning[missing-module] there is no module nowhere_now in this project, and none is installed",
            "m.py:3:12: note[missing-module] there is no module nowhere_else in this project, and none is installed",
        ]


def test_a_module_taken_for_a_package(found):
    """A submodule of what is no package is an error that says so."""
    with tree({"a.py": "", "m.py": "import a.b"}) as t:
        assert found(t, "missing-module") == [
            "m.py:1:8: error[missing-module] a is a module and no package: it cannot have a submodule b"
        ]


def test_too_many_dots(found):
    """A relative import beyond the top-level package is an error; in a top-level module a warning."""
    with tree({"p/__init__.py": "", "p/m.py": "from ...x import y", "n.py": "from . import z"}) as t:
        assert found(t, "missing-module") == [
            (
                "n.py:1:6: warning[missing-module] this relative import needs a package around it, and n is a "
                "top-level module"
            ),
            (
                "p/m.py:1:6: error[missing-module] this leaves the top-level package: p.m has fewer packages around it "
                "than there are dots"
            ),
        ]


def test_imports_whose_failure_is_expected_are_silent(found):
    """Nothing is said where the failure is caught, expected, or cannot happen."""
    files = {
        **PACKAGE,
        "m.py": """
            import contextlib, sys
            from typing import TYPE_CHECKING
            try:
                import nowhere
            except ImportError:
                nowhere = None
            try:
                import nowhere2
            except Exception:
                import nowhere3
            else:
                import nowhere4
            with contextlib.suppress(ImportError):
                from shop import nothing
            if TYPE_CHECKING:
                from shop.nothing import T
            if sys.version_info < (3, 0):
                import urllib2
            def f(pytest):
                try:
                    import shop.nothing
                except (ValueError, ModuleNotFoundError):
                    pass
                with pytest.raises(ImportError):
                    from shop.money import nothing
            """,
    }
    with tree(files) as t:
        assert found(t, "missing-module", "missing-name") == []


def test_modules_that_are_made_at_run_time_are_silent(found):
    """A package that puts modules into sys.modules, or moves its __path__, may have any submodule."""
    files = {
        "six/__init__.py": "import sys\nsys.modules[__name__ + '.moves'] = sys",
        "ext/__init__.py": "__path__.append('/elsewhere')",
        "m.py": "import six.moves\nimport ext.more\nfrom ext.other import x",
    }
    with tree(files) as t:
        assert found(t, "missing-module", "missing-name") == []


def test_a_module_of_another_system_is_a_note(found):
    """A standard module that this system lacks is a note at most."""
    with tree({"m.py": "import winreg\ndef f():\n    import msvcrt\n"}) as t:
        assert found(t, "missing-module") == [
            "m.py:1:8: note[missing-module] the standard library has winreg on other systems only"
        ]


def test_a_changed_path_makes_a_note(found):
    """Where the module changes sys.path, a missing top-level module may be found then."""
    with tree({"m.py": "import sys\nsys.path.insert(0, 'lib')\nimport helper"}) as t:
        (finding,) = found(t, "missing-module")
        assert finding.startswith("m.py:3:8: note")


def test_a_missing_name(printed):
    """A name that its module lacks is an error, with the nearest name and where it is."""
    with tree({**PACKAGE, "shop/cart.py": "from shop.money import totl\n"}) as t:
        assert printed(t, "missing-name") == dedent("""\
            error[missing-name]: shop.money has no name `totl`
             --> shop/cart.py:1:24
              |
            1 | from shop.money import totl
              |                        ^^^^
              |
             ::: shop/money.py:2:5
              |
            2 | def total(): ...
              |     ----- shop.money:total
              |
              = note: did you mean `total`?
            help: import the name that is there
              |
            1 - from shop.money import totl
            1 + from shop.money import total
              |
            """)


def test_a_missing_name_of_a_module_under_another_name(found):
    """os.path, which os puts into sys.modules, has the names of the module that it is."""
    with tree({"m.py": "from os.path import joined, join"}) as t:
        (finding,) = found(t, "missing-name")
        assert finding == "m.py:1:21: error[missing-name] os.path has no name `joined`"


def test_names_that_may_be_there_are_silent(found):
    """Submodules, module __getattr__, dynamic names, unreadable stars and broken modules are no errors."""
    files = {
        **PACKAGE,
        "lazy.py": "def __getattr__(name): return 1",
        "made.py": "for n in 'ab': globals()[n] = 1",
        "starred.py": "from made import *",
        "broken.py": "def f(",
        "failing.py": "try:\n    import nowhere as Database\nexcept ImportError:\n    raise RuntimeError('none')",
        "m.py": """
            from shop import money
            from lazy import anything
            from made import a
            from starred import b
            from broken import c
            from failing import Database
            from os import path, getcwd
            import os.path as p
            """,
    }
    with tree(files) as t:
        assert found(t, "missing-name") == []


def test_a_name_for_type_checkers_that_is_used(printed):
    """A name bound under TYPE_CHECKING only and used at run time is an error that shows where it is bound."""
    text = """
        from typing import TYPE_CHECKING
        if TYPE_CHECKING:
            from decimal import Decimal

        def free():
            return Decimal(0)
        """
    with tree({"m.py": text}) as t:
        assert printed(t, "type-checking-only") == dedent("""\
            error[type-checking-only]: `Decimal` does not exist when this runs: it is bound under TYPE_CHECKING only
             --> m.py:6:12
              |
            3 |     from decimal import Decimal
              |                         ------- for type checkers
             ...
            6 |     return Decimal(0)
              |            ^^^^^^^
              |
            """)


def test_a_name_for_type_checkers_that_another_module_imports(found):
    """Importing a name that its module has for type checkers only fails, and missing-name leaves it to this rule."""
    files = {
        "a.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from decimal import Decimal",
        "m.py": "from a import Decimal",
        "n.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from a import Decimal",
    }
    with tree(files) as t:
        assert found(t, "type-checking-only", "missing-name") == [
            "m.py:1:15: error[type-checking-only] a binds `Decimal` under TYPE_CHECKING only: this import fails"
        ]


def test_what_type_checkers_alone_read_is_silent(found):
    """Annotations that Python does not evaluate, quotes, and code under TYPE_CHECKING are no uses."""
    files = {
        "a.py": """
            from __future__ import annotations
            from typing import TYPE_CHECKING, cast
            if TYPE_CHECKING:
                from decimal import Decimal
                Money = Decimal
            x: Decimal
            def f(a: Decimal) -> Money:
                b: Decimal = a
                if TYPE_CHECKING:
                    assert isinstance(b, Decimal)
                return cast("Decimal", b)
            class Bag:
                Decimal = float
                y = Decimal(1)
            """,
        "b.py": """
            from typing import TYPE_CHECKING
            if TYPE_CHECKING:
                from decimal import Decimal
            else:
                Decimal = float
            def f() -> "Decimal":
                Local = Decimal
                return Local
            """,
    }
    with tree(files) as t:
        assert found(t, "type-checking-only") == []


def test_a_submodule_that_nobody_imports(printed):
    """A submodule used through its package, which nobody imports, is an error with the import to add."""
    files = {"m.py": "import shop\n\ndef f():\n    return shop.money.VAT\n", **PACKAGE}
    with tree(files) as t:
        assert printed(t, "missing-submodule") == dedent("""\
            error[missing-submodule]: shop has no attribute `money` here: nobody imports shop.money
             --> m.py:4:12
              |
            4 |     return shop.money.VAT
              |            ^^^^^^^^^^
              |
            help: import the submodule itself
              |
            1 | import shop
            2 + import shop.money
              |
            """)


def test_a_submodule_that_works_by_accident(printed):
    """A submodule that another module happens to import is a warning that shows who."""
    files = {"m.py": "import shop\nimport other\nshop.money\n", "other.py": "import shop.money\n", **PACKAGE}
    with tree(files) as t:
        assert printed(t, "missing-submodule") == dedent("""\
            warning[missing-submodule]: `shop.money` works by accident: this module does not import shop.money
             --> m.py:3:1
              |
            3 | shop.money
              | ^^^^^^^^^^
              |
             ::: other.py:1:1
              |
            1 | import shop.money
              | ----------------- imports it
              |
              = note: it is there once other (line 1) has been imported
            help: import the submodule itself
              |
            1 | import shop
            2 + import shop.money
              |
            """)


def test_the_submodules_of_the_standard_library(found):
    """`import xml` does not bring xml.etree; `import os` brings os.path."""
    with tree({"m.py": "import xml, os, logging\nos.path\nxml.etree.ElementTree\nlogging.handlers"}) as t:
        assert found(t, "missing-submodule") == [
            "m.py:3:1: error[missing-submodule] xml has no attribute `etree` here: nobody imports xml.etree",
            (
                "m.py:4:1: error[missing-submodule] logging has no attribute `handlers` here: nobody imports "
                "logging.handlers"
            ),
        ]


def test_submodules_that_are_there_are_silent(found):
    """What the module or the package itself imports, and what a package makes on demand, is there."""
    files = {
        **PACKAGE,
        "lazy/__init__.py": "def __getattr__(name): ...",
        "lazy/x.py": "",
        "full/__init__.py": "from . import a",
        "full/a.py": "from . import b",
        "full/b.py": "",
        "m.py": """
            import shop, lazy, full
            shop.money.VAT
            lazy.x
            full.a, full.b
            def f():
                import shop.money
            def g(shop):
                return shop.bill
            """,
    }
    with tree(files) as t:
        assert found(t, "missing-submodule") == []


def test_an_all_that_names_nothing(printed):
    """An entry of __all__ that the module lacks is a warning at the entry, with the name that was meant."""
    with tree({"m.py": '__all__ = ["total", "ratee"]\n\ndef total(): ...\ndef rate(): ...\n'}) as t:
        assert printed(t, "bad-all") == dedent("""\
            warning[bad-all]: `__all__` names 'ratee', which m does not have
             --> m.py:1:21
              |
            1 | __all__ = ["total", "ratee"]
              |                     ^^^^^^^
              |
              = note: did you mean 'rate'?
            """)


def test_an_all_that_breaks_a_star_import(found):
    """It is an error where a star import of the project fails because of it."""
    files = {"a.py": "__all__ = ['f', 'g']\nf = 1", "m.py": "from a import *"}
    with tree(files) as t:
        assert found(t, "bad-all") == ["a.py:1:17: error[bad-all] `__all__` names 'g', which a does not have"]


def test_an_all_without_a_comma(printed):
    """Two names that have become one are recognised."""
    with tree({"m.py": "__all__ = [\n    'f'\n    'g',\n]\nf = g = 1\n"}) as t:
        assert "= note: a comma is missing: 'f', 'g'" in printed(t, "bad-all")


def test_an_all_that_is_right_is_silent(found):
    """Submodules, stars, dynamic names and lists that cannot be read are no mistakes."""
    files = {
        "p/__init__.py": "__all__ = ['sub', 'f']\nfrom a import *",
        "p/sub.py": "",
        "a.py": "f = 1",
        "made.py": "__all__ = ['x']\nglobals()['x'] = 1",
        "lazy.py": "__all__ = ['y']\ndef __getattr__(name): ...",
        "unread.py": "__all__ = [name for name in dir()]",
        "grown.py": "import a\n__all__ = ['g'] + a.__all__\ng = 1",
    }
    with tree(files) as t:
        assert found(t, "bad-all") == []


def test_a_name_that_another_environment_would_have(found):
    """A name whose import is tried in vain here is a warning, not an error: elsewhere it is there."""
    files = {"nb.py": "try:\n    from nowhere_now import show\nexcept ImportError:\n    pass\n"}
    with tree({**files, "m.py": "def f():\n    from nb import show, gone\n"}) as t:
        assert found(t, "missing-name") == [
            "m.py:2:20: warning[missing-name] nb binds `show` only with another system, Python or set of packages",
            "m.py:2:26: error[missing-name] nb has no name `gone`",
        ]


def test_names_behind_a_call_that_decides(found):
    """What a function of one's own returns is not known, so names in either branch may be there."""
    files = {"pkg/__init__.py": "from ._lazy import lazy\nif not lazy():\n    from ._real import work\n"}
    files |= {"pkg/_lazy.py": "def lazy(): return False\n", "pkg/_real.py": "def work(): ...\n"}
    with tree({**files, "m.py": "from pkg import work\n"}) as t:
        assert found(t, "missing-name") == []


def test_a_submodule_that_another_import_of_the_package_loads(found):
    """Where the project imports something of the package that loads the submodule, that is how it works."""
    files = {
        "lib/__init__.py": "",
        "lib/token.py": "",
        "lib/html.py": "from lib.token import *\n",
        "app/__init__.py": "import lib.html\n",
        "app/work.py": "import lib\ndef f():\n    return lib.token\n",
    }
    with tree(files) as t:
        assert [line.partition("]")[0] for line in found(t, "missing-submodule")] == [
            "app/work.py:3:12: warning[missing-submodule"
        ]


def test_a_part_of_a_namespace_package(found):
    """What another distribution may add to a namespace package is as if not installed; a slip of the pen is not."""
    files = {
        "org/money/__init__.py": "VAT = 0.19\n",
        "m.py": "import org.cloud\nfrom org import cloud\nimport org.mony\ndef f():\n    import org.paper\n",
    }
    with tree(files) as t:
        assert found(t, "missing-module", "missing-name") == [
            "m.py:1:8: warning[missing-module] the namespace package org has no cloud here",
            "m.py:2:17: warning[missing-name] org has no name `cloud`",
            "m.py:3:8: error[missing-module] the namespace package org has no mony here",
            "m.py:5:12: note[missing-module] the namespace package org has no paper here",
        ]


def test_a_package_that_makes_itself_anew(found):
    """What gives its name and its path to a function may have been replaced: nothing is said of its names."""
    files = {
        "shop/__init__.py": "from .lazy import recreate\nrecreate(__name__, by={'VAT': 1}, __path__=__path__)\n",
        "shop/lazy.py": "def recreate(name, by, **more): ...\n",
        "m.py": "from shop import VAT\n",
        "plain/__init__.py": "import pkgutil\n__path__ = pkgutil.extend_path(__path__, __name__)\n",
        "n.py": "from plain import VAT\n",
    }
    with tree(files) as t:
        assert found(t, "missing-name") == ["n.py:1:19: error[missing-name] plain has no name `VAT`"]


def test_a_branch_that_only_running_decides(found):
    """What one of two branches imports may never be asked for: a warning, not an error."""
    files = {
        **PACKAGE,
        "m.py": (
            "import shop, sys\nif shop.total() > 1:\n    from shop.paper import x\nelse:\n    from shop import paper\n"
            "if sys.maxsize:\n    import shop.coins\n"
        ),
    }
    with tree(files) as t:
        assert found(t, "missing-module", "missing-name") == [
            "m.py:3:10: warning[missing-module] shop has no submodule paper",
            "m.py:5:22: warning[missing-name] shop has no name `paper`",
            "m.py:7:12: error[missing-module] shop has no submodule coins",
        ]


def test_a_decorator_that_assigns_to_the_module_it_is_used_in(found):
    """Names may come by ``setattr(sys.modules[cls.__module__], ...)`` in another module, for those that use it."""
    files = {
        "deco.py": (
            "import sys\ndef export(cls):\n    for name in ('draw', 'show'):\n"
            "        setattr(sys.modules[cls.__module__], name, getattr(cls, name))\n    return cls\n"
        ),
        "canvas.py": "from deco import export\n@export\nclass Canvas: ...\n",
        "plain.py": "class Canvas: ...\n",
        "m.py": "from canvas import draw\nfrom plain import draw\n",
    }
    with tree(files) as t:
        assert found(t, "missing-name") == ["m.py:2:19: error[missing-name] plain has no name `draw`"]


def test_a_decorator_that_assigns_to_the_module_of_its_caller(found):
    """Names may come by ``sys._getframe(1).f_globals``, for those that use the function; reading it makes none."""
    files = {
        "deco.py": (
            "import sys\ndef twice(made):\n    names = sys._getframe(1).f_globals\n"
            "    names[made.__name__ + 'Py'] = made\n    return made\n"
        ),
        "told.py": (
            "import sys\ndef who():\n    frame = sys._getframe(1)\n"
            "    return frame.f_globals['__name__'], frame.f_globals.get('__file__')\n"
        ),
        "canvas.py": "from deco import twice\n@twice\nclass Canvas: ...\n",
        "plain.py": "from told import who\nclass Canvas: ...\n",
        "other.py": "from deco import sys\nclass Canvas: ...\n",
        "m.py": "from canvas import CanvasPy\nfrom plain import CanvasPy\nfrom other import CanvasPy\n",
    }
    with tree(files) as t:
        assert found(t, "missing-name") == [
            "m.py:2:19: error[missing-name] plain has no name `CanvasPy`",
            "m.py:3:19: error[missing-name] other has no name `CanvasPy`",
        ]


def test_a_module_that_a_function_replaces_by_its_name(found):
    """Names may come by ``sys.modules[name] = ...``, for the module that has it, and those that use it."""
    lazy = (
        "import sys\nfrom types import ModuleType\nclass Lazy(ModuleType):\n    @classmethod\n"
        "    def replace(cls, name):\n        sys.modules[name] = cls(name)\n"
    )
    files = {
        "lazy.py": lazy + "Lazy.replace(__name__)\n",
        "canvas.py": "from lazy import Lazy\nLazy.replace(__name__)\n",
        "plain.py": "import sys\ndel sys.modules['canvas']\n",
        "m.py": "from lazy import draw\nfrom canvas import draw\nfrom plain import draw\n",
    }
    with tree(files) as t:
        assert found(t, "missing-name") == ["m.py:3:19: error[missing-name] plain has no name `draw`"]


def test_a_module_whose_getattr_gives_it_a_path(found):
    """A module that is no package may have submodules by its `__getattr__`; a package with one has its files."""
    files = {
        "real/__init__.py": "",
        "real/deep.py": "",
        "face.py": "import real\ndef __getattr__(name): return getattr(real, name)\n",
        "plain.py": "",
        "lazy/__init__.py": "def __getattr__(name): ...\n",
        "m.py": "import face.deep\nimport plain.deep\nimport lazy.deep\n",
    }
    with tree(files) as t:
        assert found(t, "missing-module") == [
            "m.py:2:8: error[missing-module] plain is a module and no package: it cannot have a submodule deep",
            "m.py:3:8: error[missing-module] lazy has no submodule deep",
        ]


def test_a_package_whose_submodule_adds_a_finder(found):
    """Modules may come by a finder that a submodule, imported by its package, puts on `sys.meta_path`."""
    files = {
        "mirror/__init__.py": "from . import _build\n",
        "mirror/_build.py": "import sys\nsys.meta_path.append(object())\n",
        "glass/__init__.py": "",
        "glass/_build.py": "import sys\nsys.meta_path.append(object())\n",
        "m.py": "import mirror.curried\nimport glass.curried\n",
    }
    with tree(files) as t:
        assert found(t, "missing-module") == [
            "m.py:2:8: error[missing-module] glass has no submodule curried",
        ]


def test_a_submodule_that_something_absent_may_import(found):
    """Where a package that the module needs is not installed, nobody can say what it would have imported."""
    files = {
        "m.py": "import shop\nimport not_there_at_all\nshop.money\n",
        "n.py": "import shop\ntry:\n    import nor_this\nexcept ImportError: pass\nshop.money\n",
        **PACKAGE,
    }
    with tree(files) as t:
        assert [line.partition("]")[0] for line in found(t, "missing-submodule")] == [
            "m.py:3:1: warning[missing-submodule",
            "n.py:5:1: error[missing-submodule",
        ]


def test_a_submodule_of_one_module_or_another(found):
    """Where only running decides which module a name is, its submodules cannot be told."""
    files = {
        "real/__init__.py": "",
        "real/drive/__init__.py": "",
        "real/drive/libs.py": "",
        "copy/__init__.py": "",
        "copy/drive/__init__.py": "",
        "copy/drive/libs.py": "",
        "face.py": "import os\nif os.environ:\n    from copy import drive\nelse:\n    from real import drive\n",
        "m.py": "from face import drive\ndrive.libs\n",
        "n.py": "from real import drive\ndrive.libs\n",
    }
    with tree(files) as t:
        assert [line.partition("]")[0] for line in found(t, "missing-submodule")] == [
            "n.py:2:1: error[missing-submodule",
        ]


def test_a_module_that_is_given_names_by_its_own_function(found, monkeypatch):
    """Names may come by `setattr` on the module itself, under the name that its package has for it; installed, too."""
    packages = {
        "kinds.py": "def add(name):\n    from {0} import kinds\n    setattr(kinds, name, 1)\n",
        "plain.py": "",
    }
    own, other = (
        {f"{top}/__init__.py": "", **{f"{top}/{name}": text.format(top) for name, text in packages.items()}}
        for top in ("shop", "stall")
    )
    imports = "from {0}.kinds import Book\nfrom {0}.plain import Book\n"
    with (
        tree(other) as installed,
        tree({**own, "m.py": imports.format("shop") + imports.format("stall")}) as t,
    ):
        monkeypatch.syspath_prepend(installed.path)

        assert found(t, "missing-name") == [
            "m.py:2:24: error[missing-name] shop.plain has no name `Book`",
            "m.py:4:25: error[missing-name] stall.plain has no name `Book`",
        ]
