"""`python -m`: packages that are no programs, and modules that run twice."""

from __future__ import annotations

import os
import sys

import pytest

import loadstone
from loadstone.testing import tree

SHOP = {
    "shop/__init__.py": "",
    "shop/cli.py": "def main(): print('hi')\nif __name__ == '__main__':\n    main()",
}
TWICE = {
    **SHOP,
    "shop/__init__.py": "from .api import run",
    "shop/api.py": "from shop import cli\nrun = cli.main",
}


def test_package_that_is_no_program():
    """The file that is missing, and the module of the package that can be run."""
    env = {"PATH": os.path.dirname(sys.executable)}  # there, this interpreter is called python
    with tree(SHOP) as t:
        plain, done = t.python("-m", "shop"), t.loadstone("run", "-m", "shop", env=env)

        assert "'shop' is a package and cannot be directly executed" in plain.stderr
        assert (done.returncode, done.stdout, done.stderr.startswith(plain.stderr)) == (
            plain.returncode,
            "",
            True,
        )
        assert done.stderr[len(plain.stderr) :] == (
            "loadstone: python -m shop runs shop/__main__.py, and there is none\n"
            "  shop/cli.py:2  if __name__ == '__main__':  is a program: python -m shop.cli\n"
            "  repair: run the one module in it that is a program:\n"
            "      python -m shop.cli\n"
            "  or: write shop/__main__.py: what it does is what python -m shop does\n"
        )


@pytest.mark.parametrize(
    ("module", "owner", "meant", "prints"),
    [
        ("shop.clii", "shop has", "shop.cli", "hi"),
        ("mian", "there is", "main", "main"),
        ("shopp", "there is", "shop", "shop"),
    ],
)
def test_a_slip_in_the_name(module, owner, meant, prints):
    """The module that is nearly called so, where it can be run."""
    files = {**SHOP, "main.py": "print('main')", "shop/__main__.py": "print('shop')"}
    with tree(files) as t:
        plain, done = t.python("-m", module), t.loadstone("run", "-m", module)

        assert f"No module named {module}\n" in plain.stderr
        assert (done.returncode, done.stderr.startswith(plain.stderr)) == (plain.returncode, True)
        assert (
            f"loadstone: there is no module {module!r}; {owner} {meant!r}, which is nearly the same\n"
        ) in done.stderr
        assert done.stderr.endswith(f" -m {meant}\n")
        assert t.python("-m", meant).stdout == f"{prints}\n"


def test_module_that_its_package_imports():
    """The chain of imports by which a module was loaded before it is run, below Python's own warning."""
    with tree(TWICE) as t:
        plain, done = t.python("-m", "shop.cli"), t.loadstone("run", "-m", "shop.cli")

        assert (
            "RuntimeWarning: 'shop.cli' found in sys.modules after import of package 'shop'" in plain.stderr
        )
        assert (done.returncode, done.stdout) == (0, "hi\n")
        assert done.stderr.removeprefix(plain.stderr) == (
            "loadstone: shop/cli.py runs twice: its package shop imports it, then python -m runs it as __main__\n"
            "  shop/__init__.py:1  from .api import run\n"
            "  shop/api.py:1       from shop import cli\n"
            "  repair: start it from shop/__main__.py, which imports shop.cli, with python -m shop\n"
            "  or: take the import at shop/api.py:1 away, or move it into the function that needs it\n"
        )


def test_warning_that_is_an_error(explained):
    """The same where warnings are errors."""
    with tree(TWICE) as t:
        done = explained(t, "-W", "error", "-m", "shop.cli")

        assert (done.code, done.kind) == (1, "module-run-twice")


@pytest.mark.parametrize(
    ("files", "command"),
    [
        (SHOP, ["-m", "shop.cli"]),
        (SHOP, ["-m", "wholly_absent"]),
        (SHOP, ["-m", "shopp"]),  # shop is no program
        (SHOP, ["-m", "shop.bill"]),
        ({"main.py": f"raise SystemExit({sys.executable + ': No module named mian'!r})"}, ["-m", "main"]),
        ({"shop/__init__.py": "", "shop/__main__.py": "import sys; sys.exit('bye')"}, ["-m", "shop"]),
        ({"main.py": "import warnings\nwarnings.warn('careful', RuntimeWarning)"}, ["-m", "main"]),
    ],
)
def test_other_outcomes(files, command):
    """A program that only ends, warns or is not there is not explained."""
    with tree(files) as t:
        plain, done = t.python(*command), t.loadstone("run", *command)

        assert (done.returncode, done.stdout, done.stderr) == (plain.returncode, plain.stdout, plain.stderr)


def test_a_name_that_no_import_can_spell():
    """A program that does not compile for that is Python's to report; then it is explained."""
    with tree({"my-x.py": "", "main.py": "import my-x"}) as t:
        plain, done = t.python("main.py"), t.loadstone("run", "main.py")

        assert (done.returncode, done.stdout, done.stderr.startswith(plain.stderr)) == (1, "", True)
        assert "the file is my-x.py" in done.stderr


def test_texts_of_others():
    """An exit or a warning that only sounds like it, of a package that is not there, is not explained."""
    exit_text = "No module named wholly.__main__; 'wholly' is a package and cannot be directly executed"
    warning = "'a.b' found in sys.modules after import of package 'a', but"

    assert loadstone.explain(SystemExit(exit_text)) is None
    assert loadstone.explain(RuntimeWarning(warning)) is None
