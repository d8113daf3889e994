"""Files whose names no import can spell, and suffixes that are no part of a name or of no module."""

from __future__ import annotations

import pytest

from loadstone.testing import tree


def test_hyphen_in_an_import(explained):
    """The file that is meant, the command that renames it, and how to import it as it is."""
    files = {"my-report.py": "X = 1", "lib.py": "import my-report", "main.py": "import lib"}
    with tree(files) as t:
        done = explained(t, "main.py")

        assert done.last == "SyntaxError: invalid syntax"
        assert done.text == (
            "loadstone: 'my-report' is no name that an import statement can spell; the file is my-report.py\n"
            "  lib.py:1      import my-report\n"
            "  my-report.py  is there\n"
            "  repair: rename the file, and write `import my_report`:\n"
            "      mv my-report.py my_report.py\n"
            '  or: keep its name, and write `importlib.import_module("my-report")`'
        )


@pytest.mark.parametrize(
    ("file", "name", "free"),
    [
        ("2fast.py", "2fast", "m_2fast"),
        ("class.py", "class", "class_"),
        ("my-pkg/__init__.py", "my-pkg", "my_pkg"),
    ],
)
def test_other_names(explained, file, name, free):
    """A name that starts with a digit, that is a keyword, or that a folder has."""
    with tree({file: "X = 1", "lib.py": f"from {name} import X", "main.py": "import lib"}) as t:
        done = explained(t, "main.py")

        assert done.value["repair"]["say"] == f"rename the file, and write `from {free} import X`"


def test_distribution_in_an_import(explained, repaired):
    """What is installed has a hyphen; what is imported is another name."""
    record = "sklearn/__init__.py,,\nscikit_learn-1.0.dist-info/METADATA,,\n"
    files = {
        "site-packages/sklearn/__init__.py": "",
        "site-packages/scikit_learn-1.0.dist-info/METADATA": "Name: scikit-learn\nVersion: 1.0\n",
        "site-packages/scikit_learn-1.0.dist-info/RECORD": record,
        "lib.py": "import scikit-learn as sk",
        "main.py": "import lib",
    }
    with tree(files) as t:
        done = explained(t, "main.py", path=["site-packages"])
        repaired(done)

        assert done.value["repair"]["say"] == "write `import sklearn as sk`"
        assert t.python("main.py", env={"PYTHONPATH": str(t / "site-packages")}).stderr == ""


def test_underscore_for_a_hyphen(explained):
    """The import can be spelled, and the file has a hyphen."""
    with tree({"my-report.py": "X = 1", "main.py": "import my_report"}) as t:
        done = explained(t, "main.py")

        assert done.last == "ModuleNotFoundError: No module named 'my_report'"
        assert "there is a file my-report.py, with a hyphen in its name" in done.text
        assert done.value["repair"]["run"] == "mv my-report.py my_report.py"


@pytest.mark.parametrize(
    ("program", "say"),
    [
        ("import report.py", "write `import report`"),
        ("import report.py as r", "write `import report as r`"),
        ("from report.py import X", "write `from report import X`"),
        ("import shop.report.py", "write `import shop.report`"),
    ],
)
def test_suffix_in_an_import(explained, repaired, program, say):
    """The suffix of the file is no part of the module's name."""
    with tree({"report.py": "X = 1", "shop/report.py": "X = 1", "main.py": program}) as t:
        done = explained(t, "main.py")
        repaired(done)

        assert done.last.startswith("ModuleNotFoundError: No module named ")
        assert (done.kind, done.value["repair"]["say"]) == ("file-name", say)
        assert t.python("main.py").stderr == ""


@pytest.mark.parametrize(
    "lib",
    ["import my-report", "import (json)", "from json import", "import json.", "x = my-report y"],
)
def test_other_syntax_error(explained, lib):
    """A syntax error without such a file is only a syntax error."""
    with tree({"lib.py": lib, "main.py": "import lib"}) as t:
        assert explained(t, "main.py").kind is None


def test_no_file_of_that_name(explained):
    """An import with a suffix, of a file that is not there, is another matter."""
    with tree({"main.py": "import wholly_absent.py"}) as t:
        assert explained(t, "main.py").kind is None


def test_import_by_path_with_a_wrong_suffix(explained, repaired):
    """`spec_from_file_location` returns None, and the failure comes a line later."""
    program = """
        "Reads its settings."
        from __future__ import annotations
        import importlib.util
        spec = importlib.util.spec_from_file_location("conf", "conf.txt")
        conf = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(conf)
        print(conf.X)
    """
    with tree({"conf.txt": "X = 1", "main.py": program}) as t:
        done = explained(t, "main.py")
        repaired(done)

        assert done.last == "AttributeError: 'NoneType' object has no attribute 'loader'"
        assert done.text.startswith(
            "loadstone: spec_from_file_location gave None for conf.txt: its suffix '.txt' is that of no module, "
            "so no loader is chosen for it\n"
            '  main.py:4  spec = importlib.util.spec_from_file_location("conf", "co...  gave None\n'
            "  main.py:5  conf = importlib.util.module_from_spec(spec)\n"
            "  repair: name the loader: "
        )
        assert t.python("main.py").stdout == "1\n"


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("conf", "it has no suffix"),
        ("pathlib.Path('conf.txt')", "its suffix '.txt'"),
        ("nowhere.txt", "is not there"),
    ],
)
def test_path_in_a_function(explained, path, found):
    """The path is what the function was called with."""
    shown = path if "(" in path else repr(path)
    program = f"""
        import importlib.util as util, pathlib

        def load(path):
            spec = util.spec_from_file_location("conf", path)
            module = util.module_from_spec(spec)
            return module

        load({shown})
    """
    with tree({"conf": "", "conf.txt": "", "main.py": program}) as t:
        assert found in explained(t, "main.py").text


@pytest.mark.parametrize(
    "program",
    [
        "spec = None\nspec.loader",
        "import importlib.util as u\nspec = u.find_spec('wholly_absent')\nu.module_from_spec(spec)",
        "import importlib.util as u\nspec = u.spec_from_file_location('a', 'a.py')\nspec = None\nspec.loader",
    ],
)
def test_none_of_another_origin(explained, program):
    """A spec that is None for another reason is not explained so."""
    with tree({"main.py": program}) as t:
        assert explained(t, "main.py").kind is None
