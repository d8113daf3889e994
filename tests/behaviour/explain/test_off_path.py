"""A module of one's own that stands near, in a folder that is not on the path."""

from __future__ import annotations

import os

from loadstone.testing import tree


def test_script_in_a_subfolder(explained):
    """A script looks in its own folder, not in the one above: where the module is, and how to run it."""
    with tree({"lib.py": "X = 1", "tests/run.py": "import lib\nprint(lib.X)"}) as t:
        done = explained(t, "tests/run.py")

        assert done.last == "ModuleNotFoundError: No module named 'lib'"
        assert done.text == (
            "loadstone: 'lib' is lib.py, but its folder, ., is not on the module path\n"
            "  tests/run.py:1  import lib\n"
            "  Python searches the script's own folder (tests), then the standard library and what is installed\n"
            "  repair: run the program as a module, from the folder that holds both:\n"
            "      python -m tests.run\n"
            "  or: put the folder on the path:\n"
            "      PYTHONPATH=. python tests/run.py"
        )
        assert t.python("-m", "tests.run").stdout == "1\n"
        assert t.python("tests/run.py", env={"PYTHONPATH": "."}).stdout == "1\n"


def test_script_inside_the_package_it_imports(explained):
    """A script that imports its own package by name is run as a module of it."""
    files = {"shop/__init__.py": "", "shop/db.py": "X = 1", "shop/cart.py": "from shop.db import X\nprint(X)"}
    with tree(files) as t:
        assert "\n      python -m shop.cart\n" in explained(t, "shop/cart.py").text
        assert t.python("-m", "shop.cart").stdout == "1\n"


def test_src_layout(explained):
    """A package under src, in a project that can be installed, is installed in place."""
    files = {
        "src/shop/__init__.py": "",
        "pyproject.toml": "[project]\nname = 'shop'",
        "run.py": "import shop",
    }
    with tree(files) as t:
        done = explained(t, "run.py")

        assert "'shop' is src/shop/__init__.py, but its folder, src, is not on the module path" in done.text
        assert done.value["repair"]["run"] == "python -m pip install -e ."


def test_sibling_folder(explained):
    """A module in the folder beside: running as a module would not find it either, so it is not offered."""
    with tree({"lib/tools.py": "X = 1", "app/main.py": "import tools", "pyproject.toml": ""}) as t:
        done = explained(t, "app/main.py")

        assert "'tools' is lib/tools.py" in done.text
        assert [repair["run"] for repair in done.value["repairs"]] == ["PYTHONPATH=lib python app/main.py"]


def test_module_run_from_the_wrong_folder(explained):
    """With -m it is the current folder that is searched."""
    with tree({"shop/__init__.py": "", "shop/cart.py": "import shop.db", "shop/db.py": ""}) as t:
        t.path = t.path / "shop"

        assert "with -m, Python searches the current folder" in explained(t, "-m", "cart").text


def test_only_a_folder_that_has_the_name_too(explained):
    """A near module without the name that is imported is another one."""
    with tree({"lib.py": "Y = 1", "tests/run.py": "from lib import X"}) as t:
        assert explained(t, "tests/run.py").kind is None


def test_whole_dotted_name(explained):
    """A near package without the submodule that is imported is another one."""
    with tree({"lib/__init__.py": "", "tests/run.py": "import lib.db"}) as t:
        assert explained(t, "tests/run.py").kind is None


def test_folder_without_python(explained):
    """A folder of that name without any Python in it is no module."""
    with tree({"data/table.csv": "", "tests/run.py": "import data"}) as t:
        assert explained(t, "tests/run.py").kind is None


def test_module_that_is_nowhere(explained):
    """A module that really is absent everywhere is not explained."""
    with tree({"main.py": "import wholly_absent_module"}) as t:
        done = explained(t, "main.py")

        assert (done.last, done.text) == ("ModuleNotFoundError: No module named 'wholly_absent_module'", "")


def test_blocked_module(explained):
    """A module that the program itself has blocked is not missing."""
    with tree({"foo/foo.py": "", "main.py": "import sys\nsys.modules['foo'] = None\nimport foo"}) as t:
        assert explained(t, "main.py").kind is None


def test_fallback(explained):
    """A program that gets along without the module has nothing to explain."""
    with tree(
        {"lib.py": "", "tests/run.py": "try:\n    import lib\nexcept ImportError:\n    print('without')"}
    ) as t:
        done = explained(t, "tests/run.py")

        assert (done.out, done.text) == ("without\n", "")


def test_named_pipe_beside(explained):
    """A named pipe with the name of the module is not opened: nobody writes to it."""
    with tree({"tests/run.py": "import lib"}) as t:
        os.mkfifo(t / "lib.py")

        assert explained(t, "tests/run.py").kind is None


def test_how_the_program_was_started(explained):
    """The command to type is the one that was typed: a module stays a module, an installed command its name."""
    program = "#!/usr/bin/env python\nimport lib\nprint(lib.X)"
    with tree({"src/lib.py": "X = 1", "shop/__main__.py": "import lib", "bin/report": program}) as t:
        (t / "bin/report").chmod(0o755)
        module, command = explained(t, "-m", "shop"), explained(t, "bin/report", env={"PATH": str(t / "bin")})

        assert module.value["repairs"][-1]["run"] == "PYTHONPATH=src python -m shop"
        assert command.value["repairs"][-1]["run"] == "PYTHONPATH=src report"
