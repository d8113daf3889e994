"""What ``from package import names`` imports, and what it says when it cannot."""

from __future__ import annotations

import pytest

from loadstone.testing import tree

PACKAGE = {"p/__init__.py": "X = 1", "p/a.py": "Y = 2", "p/b.py": "", "plain.py": "X = 1"}


def test_attribute_before_submodule(same):
    """A name that the package has is taken as it is; the submodule of that name is not imported."""
    with tree({**PACKAGE, "p/__init__.py": "a = 'mine'"}) as t:
        seen = same(t, "from p import a")

        assert "p.a" not in seen["modules"]


@pytest.mark.parametrize(
    ("statement", "text"),
    [
        ("from p import missing", "cannot import name 'missing' from 'p' (/p/__init__.py)"),
        ("from p.a import missing", "cannot import name 'missing' from 'p.a' (/p/a.py)"),
        ("from plain import missing", "cannot import name 'missing' from 'plain' (/plain.py)"),
        ("from plain import X, missing", "cannot import name 'missing' from 'plain' (/plain.py)"),
        ("from plain.sub import X", "No module named 'plain.sub'; 'plain' is not a package"),
        ("import plain.sub", "No module named 'plain.sub'; 'plain' is not a package"),
        ("from p.missing import X", "No module named 'p.missing'"),
        ("from missing import X", "No module named 'missing'"),
        ("import missing.sub.sub", "No module named 'missing'"),
    ],
)
def test_missing(same, statement, text):
    """A name or module that is not there is reported in CPython's words, with its fields."""
    with tree(PACKAGE) as t:
        assert same(t, statement)["error"]["text"] == text


def test_submodule_that_fails(same):
    """A submodule that is there and fails with an ImportError of its own does not pass for missing."""
    with tree({**PACKAGE, "p/a.py": "import nowhere"}) as t:
        assert same(t, "from p import a")["error"]["text"] == "No module named 'nowhere'"


def test_submodule_that_is_forbidden(same):
    """None in ``sys.modules`` forbids a submodule."""
    with tree({**PACKAGE, "main.py": "import sys, p\nsys.modules['p.a'] = None\nfrom p import a"}) as t:
        error = same(t, "import main")["error"]

        assert error["text"] == "import of p.a halted; None in sys.modules"


def test_forbidden_below_a_package_that_is_not_imported(same):
    """None under a dotted name forbids it before its package is looked for."""
    with tree({"main.py": "import sys\nsys.modules['nowhere.a'] = None\nimport nowhere.a"}) as t:
        assert same(t, "import main")["error"]["text"] == "import of nowhere.a halted; None in sys.modules"


def test_star_imports_submodules_in_all(same):
    """A star imports the submodules that ``__all__`` names."""
    with tree({**PACKAGE, "p/__init__.py": "__all__ = ['a', 'X']\nX = 1", "main.py": "from p import *"}) as t:
        main = same(t, "import main")["modules"]["main"]

        assert main["a"].startswith("module p.a")
        assert "b" not in main


@pytest.mark.parametrize(
    ("exported", "kind", "text"),
    [
        ("['X', 'missing']", "AttributeError", "module 'p' has no attribute 'missing'"),
        ("[3]", "TypeError", "Item in p.__all__ must be str, not int"),
        ("3", "TypeError", "'int' object is not iterable"),
        ("[b'X']", "TypeError", "Item in p.__all__ must be str, not bytes"),
    ],
)
def test_wrong_all(same, exported, kind, text):
    """A star from a package whose ``__all__`` is wrong fails as in Python."""
    with tree(
        {**PACKAGE, "p/__init__.py": f"__all__ = {exported}\nX = 1", "main.py": "from p import *"}
    ) as t:
        error = same(t, "import main")["error"]

        assert (error["type"], error["text"]) == (kind, text)


def test_wrong_all_of_a_module(same):
    """A star from a plain module whose ``__all__`` names what is not there fails as in Python."""
    with tree({"plain.py": "__all__ = ['missing']", "main.py": "from plain import *"}) as t:
        assert same(t, "import main")["error"]["text"] == "module 'plain' has no attribute 'missing'"


@pytest.mark.parametrize(
    "names",
    ["['a']", "('a', 'X')", "iter(['a'])", "{'a': 1}", "'a'", "['*']", "[]", "None", "''"],
)
def test_from_list_of_any_kind(same, names):
    """``__import__`` takes any iterable of names, once; an empty one asks for the head of a dotted name."""
    with tree(
        {**PACKAGE, "main.py": f"got = __import__('p', globals(), None, {names}, 0)\nhas = hasattr(got, 'a')"}
    ) as t:
        main = same(t, "import main")["modules"]["main"]

        assert main["got"].startswith("module p,")
        assert main["has"] == str("a" in names)


@pytest.mark.parametrize("names", ["[3]", "iter([b'a'])", "[None]"])
def test_from_list_of_no_names(same, names):
    """What is no text in a from-list is a TypeError, the second time as well."""
    call = f"__import__('p', fromlist={names})"
    again = f"import p\ntry:\n    {call}\nexcept TypeError: pass\n{call}"
    with tree({**PACKAGE, "main.py": again}) as t:
        error = same(t, "import main")["error"]

        assert error["type"] == "TypeError"
        assert error["text"].startswith("Item in ``from list'' must be str, not ")
