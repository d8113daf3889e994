"""After an edit, a check that keeps what it knows looks again at what the edit can reach, and at nothing else."""

from __future__ import annotations

import os

import pytest

from loadstone.check import check
from loadstone.check.config.settings import Settings
from loadstone.check.keeping.answer import recall
from loadstone.check.keeping.checking import check_again, check_all
from loadstone.source.inputs import changed
from loadstone.source.store import Store
from loadstone.source.tree import find_project
from loadstone.source.world import World
from loadstone.testing import tree

SHOP = {
    "pyproject.toml": "",
    "src/shop/__init__.py": "from shop.cart import *\n\nprint(total)\n",
    "src/shop/cart.py": "from shop.money import VAT\n__all__ = ['total']\n\ndef total():\n    return VAT\n",
    "src/shop/bill.py": "import shop.money\n\ndef pay(): ...\n\nprint(shop.money.gone)\nimport xml\nxml.dom\n",
    "src/shop/money.py": "VAT = 0.19\n\ndef rounded(x):\n    return x\n",
    "src/shop/inner/__init__.py": "import shop.mony, shop.inner.pans\n",
    "src/shop/inner/pens.py": "",
    "tests/helpers.py": "",
    "src/shop/left.py": "from shop.right import one\n\ndef two():\n    return one\n",
    "src/shop/right.py": "from shop.left import two\n\none = 1\n",
}


class Checks:
    """Checks of one tree, one after the other, with what each leaves in the store."""

    def __init__(self, t):
        self.t = t
        self.db = str(t.path.parent / f"{t.path.name}.sqlite")

    def project(self, store=None):
        """Return the project as it is now."""
        return find_project([str(self.t.path)], root=str(self.t.path), store=store)

    def whole(self):
        """Check everything, and keep it."""
        with Store(self.db) as store:
            project = self.project(store)
            check_all(project, Settings(root=project.root), store, b"key")

    def again(self):
        """Return what is found after an edit; None where all has to be checked."""
        with Store(self.db) as store:
            answer = recall(store, b"key")
            return check_again(store, b"key", answer, changed(answer.inputs), lambda: self.project(store))

    def fresh(self):
        """Return what is found without anything that was kept."""
        project = self.project()
        return check(project, Settings(root=project.root))


@pytest.fixture
def shop():
    with tree(SHOP) as t:
        checks = Checks(t)
        checks.whole()
        yield checks
        os.remove(checks.db)


QUIET = {
    "a comment above": ("money", "# how much\n" + SHOP["src/shop/money.py"]),
    "a body": ("money", SHOP["src/shop/money.py"].replace("return x", "return x + 1")),
    "a new function": ("cart", SHOP["src/shop/cart.py"] + "def pack(x: int):\n    return x\n"),
    "a new class and constant": (
        "money",
        SHOP["src/shop/money.py"] + "BASE = 2\nclass Euro(Exception): ...\n",
    ),
    "a name less": ("money", "VAT = 0.19\n"),
    "a line of a loop that moves": ("left", "\n\n" + SHOP["src/shop/left.py"]),
    "an ignore": ("bill", SHOP["src/shop/bill.py"].replace("xml.dom", "xml.dom  # loadstone: ignore")),
    "an import in a function": ("bill", SHOP["src/shop/bill.py"] + "def late():\n    import nowhere\n"),
    "a name that is taken elsewhere": ("bill", SHOP["src/shop/bill.py"] + "def late():\n    shop.total\n"),
}
LOUD = {
    "a name that somebody asks for": ("money", "VAT = 0.19\ngone = 1\n"),
    "a name less that others take": ("money", "rounded = 1\n"),
    "a syntax error": ("cart", "def (\n"),
    "a star": ("cart", "from shop.bill import *\n" + SHOP["src/shop/cart.py"]),
    "what a star exports": ("cart", SHOP["src/shop/cart.py"].replace("['total']", "['total', 'VAT']")),
    "an import": ("bill", "import shop.cart\n" + SHOP["src/shop/bill.py"]),
}


@pytest.mark.parametrize("edit", QUIET)
def test_a_quiet_edit_is_checked_alone(shop, edit):
    """After an edit that other modules cannot see, what is found is what a check of everything finds."""
    module, text = QUIET[edit]
    shop.t.write(f"src/shop/{module}.py", text)

    assert shop.again().found == shop.fresh()
    assert shop.again().found == shop.fresh()


@pytest.mark.parametrize("edit", LOUD)
def test_an_edit_that_others_see_is_checked_with_these(shop, edit):
    """After an edit that other modules may see, what is found is what a check of everything finds; and so again."""
    module, text = LOUD[edit]
    shop.t.write(f"src/shop/{module}.py", text)

    assert shop.again().found == shop.fresh()
    shop.t.write(f"src/shop/{module}.py", SHOP[f"src/shop/{module}.py"])
    assert shop.again().found == shop.fresh()


COME = {
    "a module that nobody mentions": {
        "src/shop/inner/stamps.py": "from shop.money import VAT, gone\nimport xml.dom\n"
    },
    "a test": {
        "tests/test_shop.py": "import shop.cart\nfrom shop.left import *\nfrom shop.rihgt import one\n"
    },
    "a way into a loop": {"src/shop/inner/stamps.py": "import shop.right\n"},
    "a file that cannot be compiled": {"src/shop/inner/stamps.py": "def (\n"},
    "no module": {"src/shop/stamps.txt": "", "src/shop/money.txt": ""},
    "a name that was meant": {"src/shop/inner/panss.py": ""},
    "a folder without modules": {"src/shop/inner/shelves/long.csv": ""},
}


@pytest.mark.parametrize("files", COME)
def test_files_that_nobody_looks_for_come_and_go(shop, files):
    """Where a file has come, and where it has gone, what is found is what a check of everything finds."""
    for path, text in COME[files].items():
        shop.t.write(path, text)

    assert shop.again().found == shop.fresh()
    for path in COME[files]:
        (shop.t.path / path).unlink()
    assert shop.again().found == shop.fresh()
    for folder in {(shop.t.path / path).parent for path in COME[files]}:
        if not any(folder.iterdir()):
            folder.rmdir()
    assert shop.again().found == shop.fresh()


COME_ONLY = {
    "modules that name one another": {
        "src/shop/inner/stock/__init__.py": "from shop.inner.stock.shelf import *\n",
        "src/shop/inner/stock/shelf.py": "import shop.inner.stock\nfrom shop.bill import pay, shop\n",
    },
    "a file that hides the standard library": {"src/string.py": "import shop.money\nshop.money.VAT = 1\n"},
}


@pytest.mark.parametrize("files", COME_ONLY)
def test_files_that_are_named_when_they_are_there_come(shop, files):
    """Where a file has come that nobody has looked for, what is found is what a check of everything finds."""
    for path, text in COME_ONLY[files].items():
        shop.t.write(path, text)

    assert shop.again().found == shop.fresh()


def test_a_folder_gets_its_first_module():
    """A folder that is imported, though it has no module, is no longer empty when one has come."""
    with tree({"pyproject.toml": "", "src/p/__init__.py": "import p.data\n", "src/p/data/some.csv": ""}) as t:
        checks = Checks(t)
        checks.whole()
        before = checks.fresh()
        t.write("src/p/data/first.py", "")

        assert checks.again().found == checks.fresh() != before
        os.remove(checks.db)


LOOKED_FOR = {
    "a name that is read as an attribute": "src/shop/gone.py",
    "a name that is imported": "src/xml/__init__.py",
    "a package beside a module": "src/shop/inner/pens/__init__.py",
    "a submodule of a package with stars": "src/shop/stamps.py",
    "what makes a folder a package": "tests/__init__.py",
    "a project inside": "tests/pyproject.toml",
}


@pytest.mark.parametrize("file", LOOKED_FOR)
def test_a_file_that_may_be_looked_for_is_checked_with_all(shop, file):
    """A file that came may be found where another was, or none."""
    shop.t.write(LOOKED_FOR[file], "")


def test_after_a_quiet_edit_no_other_module_is_looked_into(monkeypatch):
    """What the rules ask for the edited module was asked before, of the modules as they are."""
    view = "import app.db\nfrom app.db import ROWS\nimport nowhere\n\ndef show():\n    return app.db.ROWS\n"
    with tree(
        {"pyproject.toml": "", "app/__init__.py": "", "app/db.py": "ROWS = 1\n", "app/view.py": view}
    ) as t:
        checks = Checks(t)
        checks.whole()
        t.write("app/view.py", "# above\n" + view + "\ndef hide():\n    return ROWS\n")
        fresh = checks.fresh()
        monkeypatch.setattr(World, "run", lambda *_: pytest.fail("a module was worked out"))

        assert checks.again().found == fresh
        os.remove(checks.db)


def test_edits_add_up(shop):
    """A name that one quiet edit begins to mention is no longer free for the next one."""
    shop.t.write(
        "src/shop/bill.py", SHOP["src/shop/bill.py"] + "def late():\n    return shop.money.pennies\n"
    )
    shop.again()
    shop.t.write("src/shop/money.py", SHOP["src/shop/money.py"] + "pennies = 1\n")

    assert shop.again().found == shop.fresh()


def test_an_ignore_counts_after_the_next_edit(shop):
    """A comment that has come with an edit of one file still silences after an edit of another."""
    shop.t.write("src/shop/bill.py", QUIET["an ignore"][1])
    shop.again()
    shop.t.write("src/shop/bill.py", "\n" + QUIET["an ignore"][1])
    shop.again()
    shop.t.write("src/shop/__init__.py", SHOP["src/shop/__init__.py"] + "import shop.bill\n")

    assert shop.again().found == shop.fresh()


def test_a_record_of_another_check_does_not_count(shop):
    """What two processes have left may not fit together."""
    with Store(shop.db) as store:
        store.put("record", b"key", b"something else")
    shop.t.write("src/shop/money.py", "# moved\n" + SHOP["src/shop/money.py"])

    assert shop.again() is None


def test_a_name_that_only_a_function_wants():
    """A function that is called on the way round a loop finds a definition that has come, and goes another way."""
    loop = {
        "src/pkg/__init__.py": "",
        "src/pkg/a.py": "import pkg.b\n\ndef g():\n    return x()\n",
        "src/pkg/b.py": "import pkg.a\n\npkg.a.g()\nlate = 1\n",
    }
    with tree({**loop, "pyproject.toml": ""}) as t:
        checks = Checks(t)
        checks.whole()
        t.write("src/pkg/a.py", loop["src/pkg/a.py"] + "\ndef x():\n    return pkg.b.late\n")

        fresh = checks.fresh()
        assert any(one.level == "error" for one in fresh)
        assert checks.again().found == fresh
        os.remove(checks.db)


def test_a_function_that_gives_its_callers_names():
    """A module that begins to import such a function, in whatever scope, may have any name from then on."""
    files = {
        "app/tools.py": "import sys\n\ndef give(name):\n    sys._getframe(1).f_globals[name] = 1\n",
        "app/conf.py": "BASE = 1\n",
        "app/use.py": "from app.conf import GIVEN\n",
        "app/__init__.py": "",
        "pyproject.toml": "",
    }
    with tree(files) as t:
        checks = Checks(t)
        checks.whole()
        t.write("app/conf.py", "BASE = 1\n\ndef late():\n    from app.tools import give\n    give('GIVEN')\n")

        assert checks.again().found == checks.fresh()
        os.remove(checks.db)


def test_a_name_that_code_sets_from_outside():
    """A function that sets whatever name it is given may set the one that another module imports."""
    shop = {
        "src/p/__init__.py": "",
        "src/p/a.py": "",
        "src/p/b.py": "import p.a\n",
        "src/p/c.py": "from p.a import z\n",
    }
    with tree({**shop, "pyproject.toml": ""}) as t:
        checks = Checks(t)
        checks.whole()
        assert checks.fresh() != ()
        t.write("src/p/b.py", shop["src/p/b.py"] + "def put(key):\n    setattr(p.a, key, 1)\n")

        assert checks.again().found == checks.fresh() == ()
        os.remove(checks.db)
