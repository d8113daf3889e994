"""A folder that is no part of a package, because the package has an `__init__.py` elsewhere."""

from __future__ import annotations

import os

import pytest

from loadstone.testing import tree

PATH = ("one", "two")
EXTEND = '__path__ = __import__("pkgutil").extend_path(__path__, __name__)'
CORP = {"one/corp/__init__.py": "", "one/corp/shop.py": "", "two/corp/bill.py": "total = 7"}


def both(t):
    """Return the environment in which both folders are on the path."""
    return {"PYTHONPATH": os.pathsep.join(str(t / folder) for folder in PATH)}


@pytest.mark.parametrize(
    ("program", "last"),
    [
        ("import corp.bill as bill", "ModuleNotFoundError: No module named 'corp.bill'"),
        ("from corp import bill", "ImportError: cannot import name 'bill' from 'corp'"),
    ],
)
def test_empty_file_in_the_way(explained, program, last):
    """Both files are shown; without the empty one, the two folders are one package."""
    with tree({**CORP, "main.py": f"{program}\nprint(bill.total)"}) as t:
        done = explained(t, "main.py", path=PATH)
        (t / "one/corp/__init__.py").unlink()

        assert done.last.startswith(last)
        assert done.text == (
            "loadstone: one/corp/__init__.py makes corp a regular package, so the folder two/corp is no part of it\n"
            "  one/corp/__init__.py  is imported as 'corp', and has no 'bill'\n"
            "  two/corp/bill.py      is there, in a folder that is not looked at\n"
            "  repair: remove one/corp/__init__.py, in which no code is: then corp is a namespace package of all its "
            "folders:\n"
            "      rm one/corp/__init__.py\n"
            f"  or: let it take in the other folders: `{EXTEND}` in one/corp/__init__.py"
        )
        assert t.python("main.py", env=both(t)).stdout == "7\n"


def test_file_with_code(explained, repaired):
    """A file that does something stays, and takes the other folder in: below its docstring."""
    init = '"""Of the corporation."""\nfrom __future__ import annotations\n\nVAT = 0.19'
    with tree(
        {**CORP, "one/corp/__init__.py": init, "main.py": "import corp.bill as b\nprint(b.total)"}
    ) as t:
        done = explained(t, "main.py", path=PATH)
        repaired(done)

        assert (done.kind, len(done.value["repairs"])) == ("hidden-portion", 1)
        assert t.python("main.py", env=both(t)).stdout == "7\n"


def test_installed_package_before_a_folder(explained):
    """An installed package wins over a folder of the same name that comes first; an empty file turns that round."""
    files = {"site-packages/tests/__init__.py": "", "tests/tools.py": "X = 7"}
    with tree({**files, "main.py": "from tests import tools\nprint(tools.X)"}) as t:
        done = explained(t, "main.py", path=["site-packages"])
        t.write("tests/__init__.py")

        assert done.value["repair"]["say"].startswith("add tests/__init__.py, which may be empty")
        assert explained(t, "main.py", path=["site-packages"]).out == "7\n"


@pytest.mark.parametrize(
    "files",
    [
        {"two/corp/bill.py": None},  # nobody has it
        {"two/corp/bill.py": None, "two/corp/bill/notes.txt": ""},  # a folder of data
        {"two/corp/__init__.py": ""},  # another regular package: no part of anything
    ],
)
def test_look_alikes(explained, files):
    """A folder that has no such module, or that would be no part either, explains nothing."""
    named = {**CORP, "main.py": "import corp.bill", **files}
    with tree({path: text for path, text in named.items() if text is not None}) as t:
        done = explained(t, "main.py", path=PATH)

        assert done.last == "ModuleNotFoundError: No module named 'corp.bill'"
        assert done.kind is None


def test_package_that_takes_the_folder_in(explained):
    """A package that has extended its path, and whose module fails for another reason, is not to blame."""
    with tree({**CORP, "one/corp/__init__.py": EXTEND, "main.py": "from corp.bill import totl"}) as t:
        assert explained(t, "main.py", path=PATH).kind == "misspelt"
