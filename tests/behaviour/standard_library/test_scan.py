"""The table of what acts, held against the standard library of the Python that runs."""

from __future__ import annotations

import ast
import inspect
import json
import subprocess
import sys

import pytest

from loadstone.runtime.grafts.plan import plan_of
from loadstone.runtime.grafts.table import ACTING, GRAFTED
from loadstone.testing import tree

SCAN = """
import json
from loadstone.runtime.grafts.scan import scan
print(json.dumps({name: sorted(acts) for name, acts in scan().items()}))
"""


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="the table was made on Python 3.11 to 3.13")
def test_the_table_has_all_that_a_scan_finds():
    """Every name that acts for its caller on this version of Python is in the table."""
    done = subprocess.run([sys.executable, "-c", SCAN], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout.splitlines()[-1])

    missing = {
        f"{name}.{act}" for name, acts in found.items() for act in acts if act not in ACTING.get(name, ())
    }
    assert missing == set()
    assert {"dataclasses", "timeit", "unittest.mock", "shelve"} <= found.keys()


PLANS = """
import importlib, json, warnings
from loadstone.runtime.grafts import plan
warnings.simplefilter("ignore")
different, compared = [], 0
for name in sorted(name for name in plan.ACTING if plan.ACTING[name]):
    try:
        module = importlib.import_module(name)
    except ImportError:
        continue
    plan.SCANNED = ((3, 11), (3, 12), (3, 13))
    told = plan.Plan(module)
    plan.SCANNED = ()
    read = plan.Plan(module)
    compared += 1
    parts = ("anew", "foreign", "modules", "shared")
    different += [name for part in parts if getattr(told, part) != getattr(read, part)]
    different += [f"{name}.{lacking}" for lacking in set(read.functions) - set(told.functions)]
print(json.dumps([compared, different]))
"""


def test_the_table_and_the_code_say_the_same():
    """What is done with a module that was scanned is what the code of this version of Python asks for."""
    done = subprocess.run([sys.executable, "-c", PLANS], capture_output=True, text=True, check=True)
    compared, different = json.loads(done.stdout.splitlines()[-1])

    assert different == []
    assert compared > 40


@pytest.mark.parametrize(
    "name", ["importlib.metadata", "doctest", "unittest.mock", "multiprocessing.pool", "pydoc"]
)
def test_a_class_that_is_shared_is_not_decorated(name):
    """A module executed anew meets the host's class in its own class statement; a decorator would change that class."""
    module = __import__(name, fromlist=["x"])
    classes = {
        each.name: each
        for each in ast.parse(inspect.getsource(module)).body
        if isinstance(each, ast.ClassDef)
    }

    assert all(not classes[shared].decorator_list for shared in plan_of(module).shared & classes.keys())


def test_a_module_without_a_row_is_the_hosts():
    """What does not act is shared as it is."""
    with tree({}) as t:
        for name in (
            "json",
            "re",
            "collections",
            "functools",
            "threading",
            "xml.dom",
            "email.message",
        ):
            assert name not in GRAFTED
            assert t.space().import_module(name) is sys.modules[name]


def test_a_shell_shows_the_host():
    """A package in which nothing acts shows what the host's has, and what is set on it is set there."""
    import logging

    with tree({}) as t:
        theirs = t.space().import_module("logging")
        try:
            theirs.raiseExceptions = "set"
            assert logging.raiseExceptions == theirs.raiseExceptions == "set"
        finally:
            logging.raiseExceptions = True
        assert theirs.raiseExceptions is True
        assert set(dir(logging)) - set(dir(theirs)) == set()
        assert theirs.getLogger is logging.getLogger
