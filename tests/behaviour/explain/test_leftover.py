"""Folders without Python in them, which are packages to Python all the same."""

from __future__ import annotations

import pytest

from loadstone.testing import tree


def test_empty_folder(explained):
    """An empty folder is a namespace package: which folder, and the command that removes it."""
    with tree({"numpy/": "", "main.py": "import numpy as np\nnp.array([1])"}) as t:
        done = explained(t, "main.py")

        assert done.last == "AttributeError: module 'numpy' has no attribute 'array'"
        assert done.text == (
            "loadstone: 'numpy' is only the folder numpy here, and there is no Python in it\n"
            "  main.py:2  np.array([1])\n"
            "  numpy      is empty, and Python takes any folder for a package if nothing else has the name\n"
            "  repair: remove it; then install numpy, if that is what was meant:\n"
            "      rmdir numpy"
        )


@pytest.mark.parametrize(
    ("program", "last"),
    [
        ("from shop import cart", "ImportError: cannot import name 'cart' from 'shop' (unknown location)"),
        ("import shop.cart", "ModuleNotFoundError: No module named 'shop.cart'"),
    ],
)
def test_folder_of_bytecode(explained, program, last):
    """What is left of a package when its sources are gone: which they were."""
    with tree({"shop/__pycache__/cart.cpython-311.pyc": "", "main.py": program}) as t:
        done = explained(t, "main.py")

        assert done.last == last
        assert "holds only what was once compiled, from cart.py" in done.text
        assert done.value["repair"]["run"] == "rm -r shop"


def test_folder_of_data(explained):
    """A folder of other files is not to be removed."""
    with tree({"tables/a.csv": "", "tables/b.csv": "", "main.py": "import tables\ntables.open_file"}) as t:
        done = explained(t, "main.py")

        assert "holds a.csv and 1 more, none of them a module" in done.text
        assert done.value["repair"]["run"] == "mv tables tables_files"


def test_git_submodule(explained):
    """A git submodule that has not been fetched is an empty folder, too."""
    modules = '[submodule "lib"]\n\tpath = vendor/lib\n\turl = https://example.org/lib\n'
    files = {
        ".git/": "",
        ".gitmodules": modules,
        "vendor/lib/": "",
        "main.py": "import vendor.lib as l\nl.go",
    }
    with tree(files) as t:
        assert explained(t, "main.py").value["repair"]["run"] == "git submodule update --init vendor/lib"


@pytest.mark.parametrize(
    "files",
    [
        {"shop/cart.py": "", "main.py": "import shop\nshop.total"},  # a namespace package with a module
        {"shop/deep/er/cart.py": "", "main.py": "import shop\nshop.total"},
        {"shop/__init__.py": "", "main.py": "import shop\nshop.total"},  # a regular package, if an empty one
    ],
)
def test_folder_with_modules(explained, files):
    """A package that only lacks the name is no left-over."""
    with tree(files) as t:
        assert explained(t, "main.py").kind is None
