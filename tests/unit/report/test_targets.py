"""What a word on the command line means."""

from __future__ import annotations

import os

import pytest

from loadstone.errors import BadModuleName, FileMissing, NotRunnable
from loadstone.report.targets import target
from loadstone.testing import tree

FILES = {
    "a.py": "",
    "pkg/__init__.py": "",
    "pkg/inner/__init__.py": "",
    "pkg/inner/b.py": "",
    "odd-name.py": "",
    "plain/c.py": "",
}


@pytest.mark.parametrize(
    ("text", "name", "root"),
    [
        ("a", "a", "."),
        ("a.py", "a", "."),
        ("pkg.inner.b", "pkg.inner.b", "."),
        ("pkg/inner/b.py", "pkg.inner.b", "."),
        ("pkg/inner/__init__.py", "pkg.inner", "."),
        ("pkg/inner", "pkg.inner", "."),
        ("plain/c.py", "c", "plain"),
        ("odd-name.py", "odd-name", "."),
    ],
)
def test_names_and_files(text, name, root):
    """A file in a package has the package's name in front, and the folder above the package is first on the path."""
    with tree(FILES) as t:
        found = target(text, ["/lib"], folder=str(t.path))

        assert found.name == name
        assert found.path == (os.path.normpath(t.path / root), "/lib")


def test_a_name_has_no_file():
    """Whether a name leads anywhere is for the library to say."""
    with tree(FILES) as t:
        assert target("nowhere", [], folder=str(t.path)).file is None
        assert target("a.py", [], folder=str(t.path)).file == str(t / "a.py")


def test_safe_path_leaves_the_folder_out():
    """Under ``-P`` the program's folder is not on the path."""
    with tree(FILES) as t:
        assert target("a", ["/lib"], folder=str(t.path), safe=True).path == ("/lib",)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("b.py", FileMissing),
        ("pkg/gone.py", FileMissing),
        ("no-such", FileMissing),
        ("plain/", NotRunnable),
        ("a..b", BadModuleName),
        ("", BadModuleName),
    ],
)
def test_words_that_mean_nothing(text, error):
    """A missing file, a folder that is no package, and what is no name are told apart."""
    with tree(FILES) as t, pytest.raises(error):
        target(text, [], folder=str(t.path))
