"""The rules' pages say what is so: each Example is found by its rule, and what stands under Instead is not.

In the code of a page a line such as ``# shop/cart.py`` begins that file; code before the first of them is main.py, and
a block that begins with a TOML table is pyproject.toml. Instead is laid over the files of Example.
"""

from __future__ import annotations

import re
from textwrap import dedent

import pytest

from loadstone.check import check
from loadstone.check.config.reading import read_settings
from loadstone.check.rules import NAMES, every
from loadstone.source.project import Library
from loadstone.source.tree import find_project
from loadstone.testing import tree

RULES = {rule.name: rule for rule in every()}
INSTALLED = {"hides-distribution": {"requests/__init__.py": "def get(url): ..."}}
"""What a page takes to be installed: {rule: files below site-packages}."""

IN_WORDS = {
    "missing-module",
    "missing-name",
    "crash-cycle",  # which way out of a loop is best hangs on the program
    "loaded-twice",
    "hides-stdlib",
    "hides-distribution",
    "accidental-namespace",
    "name-hides-submodule",
    "unused-ignore",
}
"""Pages whose Instead has no code of its own: it says to rename, move, mend or take away something."""


def section(rule, title):
    """Return the files of one section of a rule's page: {path: content}."""
    body = re.split(r"^(\w+)$", RULES[rule].page, flags=re.MULTILINE)
    text = body[body.index(title) + 1]
    blocks = re.findall(r"(?:^ {8}.*\n|^\n(?= {8}))+", text + "\n", re.MULTILINE)
    files = {}
    for block in blocks:
        files.update(laid_out(dedent(block).strip("\n")))
    return files


def laid_out(block):
    """Return the files of one block of code."""
    if block.startswith("["):
        return {"pyproject.toml": block + "\n"}
    first, *marked = re.split(r"^# (\S+\.py)$", block, flags=re.MULTILINE)
    files = {path: code.strip("\n") + "\n" for path, code in zip(marked[::2], marked[1::2], strict=True)}
    return {"main.py": first, **files} if first.strip() else files


def found(rule, files):
    """Return what the rule finds in a project of these files, under the settings of its own pyproject.toml."""
    installed = {f"site-packages/{path}": text for path, text in INSTALLED.get(rule, {}).items()}
    with tree({f"project/{path}": text for path, text in files.items()} | installed) as t:
        root = str(t / "project")
        project = find_project([root], root=root)
        if installed:
            library = Library([*project.library.path, str(t / "site-packages")])
            project = project._replace(library=library)
        return [one for one in check(project, read_settings(root, NAMES)) if one.rule == rule]


@pytest.mark.parametrize("rule", NAMES)
def test_the_example_is_found(rule):
    """What a page shows as an example is a finding of that very rule."""
    files = section(rule, "Example")

    assert found(rule, files), files


@pytest.mark.parametrize("rule", [name for name in NAMES if name not in IN_WORDS])
def test_what_to_write_instead_is_not_found(rule):
    """The code under Instead, in the place of the example's, is none."""
    instead = section(rule, "Instead")

    assert instead
    assert found(rule, section(rule, "Example") | instead) == []


@pytest.mark.parametrize("rule", sorted(IN_WORDS))
def test_what_is_told_in_words(rule):
    """A page that is passed over here has no code to try."""
    assert section(rule, "Instead") == {}
