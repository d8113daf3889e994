"""Calls that only make a value: they may move, whatever module of the standard library a Python has them from."""

from __future__ import annotations

import importlib

import pytest

from loadstone.fix.model import Model
from loadstone.fix.proof.pure import FUNCTIONS, is_pure
from loadstone.source.tree import find_project
from loadstone.testing import tree


def effects(text):
    """Return what ``m.py`` with this text does, besides loading modules."""
    with tree({"m.py": text}) as t:
        own = Model(find_project([str(t.path)], root=str(t.path))).timeline({}).own("m")
        return [one.text for one in own if not isinstance(one, str)]


def test_every_function_of_the_table():
    """Imported by name, each is pure in this Python too: `Path` is that of pathlib, or of pathlib._local."""
    there = [
        f"from {module} import {name} as _{module.replace('.', '_')}_{name}; _{module.replace('.', '_')}_{name}()"
        for module, names in FUNCTIONS.items()
        for name in names.split()
        if module not in {"nt", "posix", "ntpath", "os.environ"}
        and hasattr(importlib.import_module(module), name)
    ]

    assert len(there) > 90
    assert effects("\n".join(there)) == []


@pytest.mark.parametrize(
    "text",
    [
        "from typing import TypeVar\nT = TypeVar('T')",
        "from functools import partial\npartial(int)",
        "int('1')",
    ],
)
def test_modules_of_which_all_is_pure(text):
    """So are all functions of some modules, and the builtin classes."""
    assert effects(text) == []


@pytest.mark.parametrize("name", ["os.remove", "_thing.Path", "shop._local.Path", "print", "pathlib2.Path"])
def test_what_is_not_known(name):
    """Everything else counts as an effect, a module of the user's with an underscore as well."""
    assert not is_pure(name)
