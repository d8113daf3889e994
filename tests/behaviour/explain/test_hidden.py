"""A file that hides the standard library, or an installed distribution."""

from __future__ import annotations

import os
import random
import shutil
import sys

import pytest

from loadstone.testing import tree


def test_attribute_of_the_hidden_module(explained):
    """The file that is imported, the one that it hides, and what the one has and the other has not."""
    with tree({"random.py": "X = 1", "main.py": "import random\nrandom.randint(1, 2)"}) as t:
        done = explained(t, "main.py")

        hint = (
            f" (consider renaming '{t / 'random.py'}' since it has the same name as the standard library module "
            "named 'random' and the import system gives it precedence)"
        )
        expected = "AttributeError: module 'random' has no attribute 'randint'"
        assert done.last == expected + (hint if sys.version_info >= (3, 13) else "")
        assert done.text == (
            "loadstone: random.py hides the standard library's 'random', because its folder comes first on the path\n"
            "  random.py  is imported as 'random', and has no 'randint'\n"
            f"  {random.__file__}  is hidden, and has 'randint'\n"
            "  repair: rename it, and its imports in your own code, for instance to my_random.py:\n"
            "      mv random.py my_random.py"
        )


def test_from_import(explained):
    """The same for a from-import, where Python gives no hint at all."""
    with tree({"random.py": "X = 1", "main.py": "from random import randint\nprint('fine')"}) as t:
        done = explained(t, "main.py")
        (t / "random.py").rename(t / "my_random.py")

        assert done.last == f"ImportError: cannot import name 'randint' from 'random' ({t / 'random.py'})"
        assert done.kind == "hidden-module"
        assert t.python("main.py").stdout == "fine\n"


def test_script_that_imports_itself(explained):
    """A script with the name of what it imports finds itself; that is no circular import."""
    with tree({"random.py": "import random\nprint(random.randint(1, 2))"}) as t:
        assert explained(t, "random.py").kind == "hidden-module"


@pytest.mark.parametrize(
    ("hiding", "victim", "asks"),
    [
        ("token", "inspect", "tokenize.py"),
        ("enum", "re", os.path.join("re", "__init__.py")),
        ("random", "tempfile", "tempfile.py"),
        ("queue", "concurrent.futures.thread", "thread.py"),
    ],
)
def test_victim_inside_the_standard_library(explained, hiding, victim, asks):
    """The one who asks is a module of the standard library: its line is shown, and the user's file is named."""
    program = f"import {victim} as v\ngetattr(v, 'ThreadPoolExecutor', int)()"
    with tree({f"{hiding}.py": "X = 1", "main.py": program}) as t:
        done = explained(t, "main.py")

        assert done.kind == "hidden-module"
        assert (done.value["facts"]["path"], done.value["facts"]["module"]) == (
            str(t / f"{hiding}.py"),
            hiding,
        )
        assert any(line["path"].endswith(asks) and line["line"] for line in done.value["evidence"])


def test_name_that_a_star_should_have_brought(explained):
    """A library that takes all names from a hidden module fails with a NameError."""
    files = {
        "site-packages/lib.py": "from calendar import *\nTODAY = monthrange(2024, 1)",
        "calendar.py": "",
        "main.py": "import lib",
    }
    with tree(files) as t:
        done = explained(t, "main.py", path=["site-packages"])

        assert done.last == "NameError: name 'monthrange' is not defined"
        assert done.kind == "hidden-module"


def test_package_that_hides(explained):
    """A folder hides as well as a file, and it is the folder that is renamed."""
    with tree({"json/__init__.py": "", "main.py": "import json\njson.dumps(1)"}) as t:
        assert "mv json my_json" in explained(t, "main.py").text


def test_installed_distribution(explained):
    """An installed distribution is hidden just as well."""
    with tree({"pytest.py": "import pytest\npytest.raises"}) as t:
        done = explained(t, "pytest.py")

        assert "pytest.py hides the installed 'pytest'" in done.text
        assert done.value["facts"]["hidden"] == pytest.__file__


def test_left_over_bytecode(explained):
    """A compiled file without its source is removed, not renamed."""
    with tree({"random.py": "X = 1", "main.py": "import random\nrandom.randint"}) as t:
        t.python("-m", "compileall", "-b", "-q", "random.py")
        (t / "random.py").unlink()

        assert (
            "its source is gone: remove the compiled file that was left over:\n      rm random.pyc"
            in explained(t, "main.py").text
        )


def test_what_else_is_in_the_way(explained):
    """A compiled file beside the source would hide the module as well, once the source is renamed."""
    with tree({"random.py": "X = 1", "main.py": "import random\nrandom.randint"}) as t:
        t.python("-m", "compileall", "-b", "-q", "random.py")

        assert "then remove random.pyc, which would hide it just as well" in explained(t, "main.py").text


def test_new_name_is_free(explained):
    """The name that is proposed belongs to no module yet."""
    with tree({"random.py": "X = 1", "my_random.py": "", "main.py": "import random\nrandom.randint"}) as t:
        assert "mv random.py own_random.py" in explained(t, "main.py").text


def test_explainer_does_not_run_the_hiding_file(explained):
    """What hides a module that the explainer itself needs is not executed for the explanation."""
    with tree(
        {"dataclasses.py": "print('executed')", "main.py": "import dataclasses\ndataclasses.field"}
    ) as t:
        done = explained(t, "main.py")

        assert (done.out, done.kind) == ("executed\n", "hidden-module")


@pytest.mark.parametrize(
    "name", ["ast", "contextlib", "copy", "dis", "inspect", "keyword", "operator", "re", "tokenize"]
)
def test_explainer_survives_what_is_hidden(explained, name):
    """Whatever the user's files hide, another failure is explained, and the file is not executed."""
    with tree(
        {f"{name}.py": "print('executed')", "lib.py": "", "sub/main.py": "import lib", "sub/x.py": ""}
    ) as t:
        shutil.move(t / f"{name}.py", t / f"sub/{name}.py")
        plain = t.python(
            "sub/main.py"
        ).stdout  # Python 3.13 prints tracebacks by Python code, which may import it
        done = explained(t, "sub/main.py")

        assert (done.out, done.kind) == (plain, "off-the-path")


def test_name_that_neither_has(explained):
    """A name that the hidden module has not either is not explained by hiding."""
    with tree({"random.py": "X = 1", "main.py": "import random\nrandom.wholly_absent"}) as t:
        assert explained(t, "main.py").kind is None


def test_own_module_with_an_unlucky_name_elsewhere(explained):
    """A module that hides nothing, for its name is nobody else's, is no suspect."""
    with tree({"wholly_own.py": "X = 1", "main.py": "import wholly_own\nwholly_own.missing"}) as t:
        assert explained(t, "main.py").kind is None


def test_built_in_module_is_never_hidden(explained):
    """What is compiled into the interpreter comes before any file."""
    with tree({"sys.py": "X = 1", "main.py": "import sys\nsys.X"}) as t:
        assert explained(t, "main.py").kind is None
