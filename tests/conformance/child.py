"""Run one of CPython's test modules, with Loadstone's import in place of Python's, and write what came of it.

``python child.py MODULE REPORT VARIANT``: REPORT becomes a JSON object, ``{test: [outcome, last line of the
error, whether Loadstone was asked]}``. The variants:

    native   nothing is replaced
    ours     Loadstone's import
    watched  the same, with somebody listening to its events
    unbound  the same, with a fault put in: submodules are not bound on their packages
"""

# ruff: noqa: D102, N802  # importlib's names, and unittest's

from __future__ import annotations

import builtins
import importlib
import importlib.metadata  # as Python's own test runner has it: 3.13's tests of invalidate_caches need it
import importlib.util
import json
import sys
import unittest
from pathlib import Path

from test import support

from loadstone.runtime.importlib_bootstrap import api, statement
from loadstone.runtime.importlib_bootstrap.importer import Importer
from loadstone.runtime.importlib_bootstrap.locks import host_lock
from loadstone.runtime.importlib_bootstrap.watch import Watch, watched_import_function


def main(module, report, variant):
    """Run `module` and write the outcomes of its tests to the file `report`."""
    support.use_resources = []  # as `python -m test` has it: without the tests that take minutes
    state = CountedState()
    if variant != "native":
        replace(VARIANTS[variant](state))
    result = Outcomes(state)
    try:
        tests = tests_of(unittest.defaultTestLoader.loadTestsFromName(module))
    except unittest.SkipTest as reason:
        result.outcomes[module] = ["skipped", str(reason), False]
    else:
        unittest.TestSuite(tests).run(result)
    Path(report).write_text(json.dumps(result.outcomes), encoding="utf-8")


class CountedState:
    """The interpreter's own state; `reads` counts how often it was asked for, which only Loadstone does."""

    def __init__(self):
        self.reads = 0

    def __getattr__(self, name):
        self.reads += 1
        return getattr(sys, name)


class Ours:
    """The functions that the tests find in place of Python's."""

    def __init__(self, state, kind=Importer):
        self.importer = kind(state, host_lock)
        self.statement = statement.import_function(self.importer)
        self._reloading = {}

    def import_module(self, name, package=None):
        return statement.import_module(self.importer, name, package)

    def reload(self, module):
        return api.reload(self.importer, module, self._reloading)

    def find_spec(self, name, package=None):
        return api.find_spec(self.importer, name, package)


class Watched(Ours):
    """Ours, seen by a listener."""

    def __init__(self, state):
        super().__init__(state)
        self.importer.watch = Watch()
        self.importer.watch.callbacks.append(lambda event: None)
        self.statement = watched_import_function(self.importer, self.importer.watch)


class UnboundImporter(Importer):
    """An importer with a fault."""

    def bind(self, parent, name, module):
        """Do not."""


VARIANTS = {"ours": Ours, "watched": Watched, "unbound": lambda state: Ours(state, UnboundImporter)}


def replace(ours):
    """Replace Python's functions in `builtins` and importlib, and in the importlib of test_importlib's variants."""
    builtins.__import__ = ours.statement
    replace_in(importlib, ours)
    importlib.util.find_spec = ours.find_spec

    from test.test_importlib import util

    build = util.import_importlib

    def import_importlib(name):
        variants = build(name)
        if name == "importlib":
            replace_in(variants["Source"], ours)
        elif name == "importlib.util":
            variants["Source"].find_spec = ours.find_spec
        return variants

    util.import_importlib = import_importlib
    util.__import__["Source"] = staticmethod(ours.statement)


def replace_in(package, ours):
    """Replace the functions of one importlib."""
    package.__import__ = ours.statement
    package.import_module = ours.import_module
    package.reload = ours.reload


def tests_of(suite):
    """Yield the tests of a suite, but for the variants that are made for CPython's frozen importlib."""
    for item in suite:
        if isinstance(item, unittest.TestSuite):
            yield from tests_of(item)
        elif not type(item).__name__.startswith("Frozen_"):
            yield item


class Outcomes(unittest.TestResult):
    """Keeps what `main` writes; a test whose subtests fail has failed."""

    def __init__(self, state):
        super().__init__()
        self.outcomes = {}
        self._state = state
        self._before = 0

    def startTest(self, test):
        super().startTest(test)
        self._before = self._state.reads
        self._keep(test, "passed")

    def stopTest(self, test):
        super().stopTest(test)
        if test.id() in self.outcomes:
            self.outcomes[test.id()][2] = self._state.reads > self._before

    def addSkip(self, test, reason):
        self._keep(test, "skipped", reason)

    def addError(self, test, err):
        self._fail(test, err)

    def addFailure(self, test, err):
        self._fail(test, err)

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self._fail(test, err)

    def addUnexpectedSuccess(self, test):
        self._keep(test, "failed", "it was expected to fail")

    def _fail(self, test, err):
        text = self._exc_info_to_string(err, test).strip()
        print(test.id(), text, sep="\n", file=sys.stderr)
        self._keep(test, "failed", text.rpartition("\n")[2])

    def _keep(self, test, outcome, said=""):
        if self.outcomes.get(test.id(), [""])[0] != "failed":
            self.outcomes[test.id()] = [outcome, said, False]


if __name__ == "__main__":
    main(*sys.argv[1:])
