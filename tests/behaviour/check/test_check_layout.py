"""Files and folders that stand in the way: hidden modules, files loaded twice, left-over folders."""

from __future__ import annotations

from textwrap import dedent

from loadstone.testing import tree


def test_a_file_that_breaks_the_standard_library(found):
    """A file that hides a standard module is an error where a standard module needs what it lacks."""
    with tree({"random.py": "x = 1", "m.py": "import tempfile"}) as t:
        assert found(t, "hides-stdlib") == [
            (
                "random.py:1:1: error[hides-stdlib] this file hides the standard module `random` from programs "
                "started in its folder"
            )
        ]


def test_the_victim_is_shown(printed):
    """The error shows the line of the standard library that fails."""
    with tree({"random.py": "x = 1\n", "m.py": "import tempfile\n"}) as t:
        text = printed(t, "hides-stdlib")

        assert "from random import Random as _Random" in text
        assert "------ tempfile needs this, and random.py has no `Random`" in text


def test_a_file_that_hides_a_module_nobody_misses(found):
    """Where nothing is seen to fail, hiding a standard module is a warning."""
    with tree({"calendar.py": "x = 1", "m.py": "import calendar"}) as t:
        (finding,) = found(t, "hides-stdlib")
        assert finding.startswith("calendar.py:1:1: warning")


def test_a_file_that_is_never_imported(found):
    """A file with the name of a built-in module can never be imported."""
    with tree({"time.py": "x = 1"}) as t:
        assert found(t, "hides-stdlib") == [
            (
                "time.py:1:1: warning[hides-stdlib] this file can never be imported as `time`: Python has that module "
                "inside itself"
            )
        ]


def test_standard_names_inside_packages_are_fine(found):
    """Inside a package a module may have any name, and a folder of tests may be called test."""
    with tree(
        {"shop/__init__.py": "", "shop/random.py": "", "test/__init__.py": "", "m.py": "import random"}
    ) as t:
        assert found(t, "hides-stdlib") == []


def test_one_file_under_two_names(printed):
    """A file that imports reach by two names is loaded twice."""
    files = {
        "pyproject.toml": "[tool.loadstone]\nsource-roots = ['.', 'lib']",
        "lib/cart.py": "class Cart: ...\n",
        "a.py": "import cart\n",
        "b.py": "import lib.cart\n",
    }
    with tree(files) as t:
        assert printed(t, "loaded-twice") == dedent("""\
            warning[loaded-twice]: one file is loaded under 2 names: cart and lib.cart
             --> b.py:1:1
              |
            1 | import lib.cart
              | ^^^^^^^^^^^^^^^ loads it as lib.cart
              |
             ::: a.py:1:1
              |
            1 | import cart
              | ----------- loads it as cart
              |
            """)


def test_a_script_that_is_imported_back(printed):
    """A script that is imported by a module it imports runs twice."""
    files = {
        "app.py": "import views\n\nif __name__ == '__main__':\n    views.start()\n",
        "views.py": "import app\n",
    }
    with tree(files) as t:
        assert printed(t, "loaded-twice") == dedent("""\
            warning[loaded-twice]: run as a program this file is loaded twice, as `__main__` and as `app`
             --> app.py:3:1
              |
            3 | if __name__ == '__main__':
              | ^^^^^^^^^^^^^^^^^^^^^^^^^^ as a program
              |
             ::: views.py:1:1
              |
            1 | import app
              | ---------- imports it by its name
              |
            """)


def test_a_program_that_its_package_imports(found):
    """A module that its package imports on the way runs twice under -m."""
    files = {
        "shop/__init__.py": "from shop.cli import main",
        "shop/cli.py": "def main(): ...\nif __name__ == '__main__':\n    main()",
    }
    with tree(files) as t:
        assert found(t, "loaded-twice") == [
            "shop/cli.py:2:1: note[loaded-twice] `python -m shop.cli` runs this file twice: shop imports it on the way"
        ]


def test_a_script_that_nobody_imports_back(found):
    """A program that is imported only by modules it does not import is loaded once."""
    files = {
        "app.py": "import views\nif __name__ == '__main__':\n    views.start()",
        "views.py": "def start(): ...",
        "other.py": "import app",
        "shop/__init__.py": "",
        "shop/cli.py": "if __name__ == '__main__':\n    print()",
    }
    with tree(files) as t:
        assert found(t, "loaded-twice") == []


def test_a_folder_without_modules(printed):
    """Importing a folder that has no module in it succeeds, and is a warning."""
    with tree({"shop/__init__.py": "", "shop/data/prices.csv": "1", "m.py": "import shop.data\n"}) as t:
        assert printed(t, "accidental-namespace") == dedent("""\
            warning[accidental-namespace]: shop.data is a folder without a single module: importing it gives nothing
             --> m.py:1:1
              |
            1 | import shop.data
              | ^^^^^^^^^^^^^^^^
              |
              = note: the folder is shop/data
            """)


def test_a_forgotten_init(found):
    """A folder of modules inside a regular package, imported without an __init__.py, is a note."""
    files = {"shop/__init__.py": "", "shop/reports/sales.py": "", "m.py": "import shop.reports.sales"}
    with tree(files) as t:
        assert found(t, "accidental-namespace") == [
            (
                "m.py:1:1: note[accidental-namespace] shop/reports has no __init__.py, "
                "though shop is a regular package: "
                "wheels may lack it"
            )
        ]


def test_namespace_packages_that_are_meant(found):
    """A namespace package at the top, and folders that nobody imports, are as they should be."""
    files = {
        "corp/shop/cart.py": "",
        "shop/__init__.py": "",
        "shop/data/x.py": "",
        "m.py": "import corp.shop.cart",
    }
    with tree(files) as t:
        assert found(t, "accidental-namespace") == []


def test_a_function_that_a_submodule_will_replace(printed):
    """A package's function is lost when a submodule of its name is imported later."""
    files = {"shop/__init__.py": "def cart(): ...\n", "shop/cart.py": "", "m.py": "import shop.cart\n"}
    with tree(files) as t:
        assert printed(t, "name-hides-submodule") == dedent("""\
            warning[name-hides-submodule]: `cart` is lost once shop.cart is imported: the submodule takes its name
             --> shop/__init__.py:1:5
              |
            1 | def cart(): ...
              |     ^^^^ function shop:cart
              |
             ::: m.py:1:1
              |
            1 | import shop.cart
              | ---------------- this replaces it
              |
              = note: the submodule is shop/cart.py
            """)


def test_a_function_that_stays(found):
    """Where the package imports the submodule itself, its function keeps the name: a note."""
    with tree({"shop/__init__.py": "from shop.cart import cart", "shop/cart.py": "def cart(): ..."}) as t:
        (finding,) = found(t, "name-hides-submodule")
        assert finding.startswith("shop/__init__.py:1:23: note")


def test_a_submodule_that_is_bound_as_itself(found):
    """A package that binds its submodule by its own name hides nothing."""
    files = {
        "shop/__init__.py": "from . import cart\nfrom shop import bill",
        "shop/cart.py": "",
        "shop/bill.py": "",
    }
    with tree(files) as t:
        assert found(t, "name-hides-submodule") == []


def test_unusual_aliases(found):
    """A module under another name than the usual is a note, under that of another module a warning."""
    files = {
        "numpy.py": "",
        "pandas.py": "",
        "matplotlib/__init__.py": "",
        "matplotlib/pyplot.py": "",
        "m.py": """
            import numpy
            import pandas as np
            from matplotlib import pyplot
            import matplotlib.pyplot
            """,
        "n.py": "import numpy as np\nimport pandas as pd\nimport matplotlib.pyplot as plt",
    }
    with tree(files) as t:
        assert found(t, "alias") == [
            "m.py:1:8: note[alias] numpy is called `numpy` here; nearly everybody says `np`",
            "m.py:2:8: warning[alias] pandas is called `np` here, the name that others know numpy by; it is `pd`",
            "m.py:3:24: note[alias] matplotlib.pyplot is called `pyplot` here; nearly everybody says `plt`",
        ]


def test_aliases_of_ones_own(found):
    """The table of aliases is the project's."""
    with tree({"shop/__init__.py": "", "shop/money.py": "", "m.py": "import shop.money as mon"}) as t:
        assert found(t, "alias", aliases={"shop.money": "money"}) == [
            "m.py:1:8: note[alias] shop.money is called `mon` here; nearly everybody says `money`"
        ]
