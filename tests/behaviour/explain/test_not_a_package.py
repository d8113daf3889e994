"""A submodule that is asked of a module which is no package."""

from __future__ import annotations

import email

import pytest

from loadstone.testing import tree


def test_file_that_hides_a_standard_package(explained):
    """The file that was found, the package that it hides, and the new name."""
    with tree({"email.py": "", "main.py": "import email.message"}) as t:
        done = explained(t, "main.py")

        assert done.last == "ModuleNotFoundError: No module named 'email.message'; 'email' is not a package"
        assert done.text == (
            "loadstone: 'email' is email.py here, a single file; it hides the package 'email', which has 'message'\n"
            "  main.py:1  import email.message\n"
            "  email.py   is imported\n"
            f"  {email.__file__}  is hidden, and has 'message'\n"
            "  repair: rename it, and its imports in your own code, for instance to my_email:\n"
            "      mv email.py my_email.py"
        ).replace("my_email:\n", "my_email.py:\n")


def test_victim_inside_the_standard_library(explained):
    """The same where a module of the standard library asks."""
    with tree({"email.py": "", "main.py": "import http.client"}) as t:
        assert explained(t, "main.py").value["repair"]["run"] == "mv email.py my_email.py"


def test_own_package_further_down_the_path(explained):
    """The other candidate may be one's own, in a later entry of the path."""
    with tree(
        {"foo.py": "", "later/foo/__init__.py": "", "later/foo/bar.py": "", "main.py": "import foo.bar"}
    ) as t:
        done = explained(t, "main.py", path=["later"])

        assert "it hides the package 'foo', which has 'bar'" in done.text


def test_folder_beside_without_init(explained):
    """A file wins over the folder beside it that has no __init__.py."""
    with tree({"shop.py": "", "shop/db.py": "", "main.py": "import shop.db"}) as t:
        done = explained(t, "main.py")

        assert (
            "'shop' is the file shop.py: it wins over the folder shop, which has no __init__.py" in done.text
        )
        assert [repair["say"] for repair in done.value["repairs"]] == [
            "rename shop.py",
            "move its code into shop/__init__.py",
        ]


def test_package_behind_a_built_in_module(explained):
    """A package with the name of a built-in module is never looked at."""
    with tree({"time/__init__.py": "", "time/zones.py": "", "main.py": "import time.zones"}) as t:
        done = explained(t, "main.py")

        assert "'time' is built into Python, which is found before your package time" in done.text
        assert done.value["repair"]["say"] == "rename the folder time"


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("import os.path.join", "from os.path import join"),
        ("import datetime.datetime as dt", "from datetime import datetime as dt"),
    ],
)
def test_function_or_class_taken_for_a_module(explained, repaired, wrong, right):
    """What is in a module, and is no module, is taken with from."""
    with tree({"main.py": wrong}) as t:
        done = explained(t, "main.py")
        repaired(done)

        assert done.value["repair"]["say"] == f"write `{right}`"
        assert t.python("main.py").stderr == ""


def test_module_beside(explained):
    """A module that stands beside the other is imported by its own name."""
    with tree({"foo.py": "", "bar.py": "", "main.py": "import foo.bar"}) as t:
        done = explained(t, "main.py")

        assert "'foo' is the single file foo.py, so there can be no foo.bar" in done.text
        assert done.value["repair"]["say"] == "import bar by its own name"


def test_nothing_else_of_that_name(explained):
    """Without another candidate, the file is named, and no repair is made up."""
    with tree({"foo.py": "", "main.py": "import foo.bar"}) as t:
        done = explained(t, "main.py")

        assert (done.kind, done.value["repairs"]) == ("not-a-package", [])
