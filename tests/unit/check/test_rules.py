"""The rules themselves: their files, their pages, and those that need an environment of their own."""

from __future__ import annotations

import os
import re

import pytest

from loadstone.check import Settings, check
from loadstone.check.diagnostic import LEVELS
from loadstone.check.rules import NAMES, every
from loadstone.source.project import Library
from loadstone.source.tree import find_project
from loadstone.testing import tree

PAGES = {rule.name: rule for rule in every()}


def test_every_file_is_a_rule():
    """Each file under rules/ is listed by its name, and nothing else is."""
    folder = os.path.dirname(__import__("loadstone.check.rules", fromlist=["x"]).__file__)
    files = {name.removesuffix(".py") for name in os.listdir(folder) if name.endswith(".py")} - {"__init__"}

    assert {name.replace("-", "_") for name in NAMES} == files
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_has_a_page(name):
    """A page has one line, then What, Why, Example and Instead, in this order."""
    rule = PAGES[name]
    lines = rule.page.split("\n")

    assert re.fullmatch(r"[A-Z`].*[.]", lines[0])
    assert not lines[1]
    assert [line for line in lines if re.fullmatch(r"[A-Z][a-z]+", line)] == [
        "What",
        "Why",
        "Example",
        "Instead",
    ]
    assert set(rule.levels) <= set(LEVELS)
    assert str(rule).startswith(name)


def test_findings_have_the_levels_of_their_page():
    """What a rule finds has one of the levels that its page names."""
    files = {
        "a.py": "f = 1",
        "b.py": "f = 2",
        "m.py": "import nowhere\nfrom a import *\nfrom b import *\nf, open\n",
    }
    with tree(files) as t:
        found = check(find_project([str(t.path)]))

        assert len(found) >= 3
        assert all(one.level in PAGES[one.rule].levels for one in found)


def test_a_project_without_modules():
    """A project without modules has no findings."""
    with tree({}) as t:
        assert check(find_project([str(t.path)])) == ()


def test_progress_is_told():
    """The callback gets each file before it is read anew, the largest first, and each module before it is checked."""
    seen = []
    with tree({"a.py": "", "b.py": "x = 1"}) as t:
        check(find_project([str(t.path)]), None, lambda *facts: seen.append(facts))

    assert seen == [(0, 2, "b"), (1, 2, "a"), (0, 2, "a"), (1, 2, "b")]


def hiding(t):
    """Check a tree by the rule hides-distribution, with its folder site-packages as what is installed."""
    project = find_project([str(t.path)], root=str(t.path), source_roots=[str(t.path)])
    library = Library((str(t.path), *project.library.path, str(t / "site-packages")))
    found = check(
        project._replace(library=library), Settings(select=frozenset({"hides-distribution"}), root="/")
    )
    return [f"{os.path.basename(one.path)}: {one.level}: {one.message}" for one in found]


def test_a_file_that_hides_what_is_installed():
    """A file with the name of an installed package is a warning where the project imports it, else a note."""
    with tree({"site-packages/requests/__init__.py": "", "requests.py": "", "m.py": "import requests"}) as t:
        assert hiding(t) == ["requests.py: warning: this file hides the installed package `requests`"]
    with tree({"site-packages/requests/__init__.py": "", "requests.py": ""}) as t:
        assert hiding(t) == ["requests.py: note: this file hides the installed package `requests`"]


def test_the_project_itself_installed():
    """The installed copy of the project, which has mostly the same files, is not hidden by it."""
    files = {"__init__.py": "", "cart.py": "", "bill.py": "", "new.py": ""}
    ours = {f"shop/{name}": text for name, text in files.items()}
    theirs = {f"site-packages/shop/{name}": text for name, text in files.items() if name != "new.py"}
    with tree({**ours, **theirs, "m.py": "import shop"}) as t:
        assert hiding(t) == []
