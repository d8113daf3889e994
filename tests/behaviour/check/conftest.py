"""What the tests of the rules share: a check of a tree by one rule, short or as it is printed."""

from __future__ import annotations

import os

import pytest

from loadstone.check import Settings, check
from loadstone.check.lines import Lines
from loadstone.report.diagnostics import as_text
from loadstone.source.tree import find_project


def run(t, *rules, **settings):
    project = find_project([str(t.path)], root=str(t.path))
    return check(project, Settings(select=frozenset(rules), root=project.root, **settings))


@pytest.fixture
def found():
    """Check a tree by some rules; return a line for each finding, with paths relative to the tree."""

    def lines(t, *rules, **settings):
        return [str(one).replace(str(t.path) + os.sep, "") for one in run(t, *rules, **settings)]

    return lines


@pytest.fixture
def printed(monkeypatch):
    """Check a tree by some rules; return the findings as the command prints them."""

    def text(t, *rules, **settings):
        monkeypatch.chdir(t.path)
        lines = Lines()
        return "\n".join(as_text(one, lines) + "\n" for one in run(t, *rules, **settings))

    return text
