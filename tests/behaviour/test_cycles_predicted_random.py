"""Random small projects full of loops: each entry is really run, and the simulation says the same of it."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from loadstone.source.simulation import Simulation
from loadstone.source.tree import find_project
from loadstone.testing import tree

RUN = """
import importlib, json, re, sys, traceback
outcomes = {}
for entry in sys.argv[1:]:
    before = set(sys.modules)
    try:
        importlib.import_module(entry)
        outcomes[entry] = None
    except (ImportError, AttributeError, NameError) as error:
        places = [at for at in traceback.extract_tb(error.__traceback__) if "importlib" not in at.filename]
        found = re.search("name '(.+?)'|attribute '(.+?)'|submodule '(.+?)'", str(error))
        name = next(filter(None, found.groups()))
        outcomes[entry] = [type(error).__name__, name, places[-1].filename, places[-1].lineno]
    for name in set(sys.modules) - before:
        del sys.modules[name]
print(json.dumps(outcomes))
"""

NAMES = ("A", "f", "X")


class Writer:
    """Writes one module that binds a class A, a function f and a variable X, somewhere between its imports."""

    def __init__(self, draw, modules):
        self.draw = draw
        self.modules = modules
        self.lines = []
        self.waiting = draw(st.permutations(NAMES))
        self.bound = set()
        self.held = {}

    def one(self, options):
        """Draw one of the options."""
        return self.draw(st.sampled_from(sorted(options)))

    def write(self):
        """Return the text of the module."""
        for _ in range(self.draw(st.integers(1, 5))):
            if self.waiting and self.draw(st.booleans()):
                self.define()
            self.statement()
        while self.waiting:
            self.define()
        return "\n".join(self.lines) + "\n"

    def define(self):
        """Write the next of the three definitions."""
        name = self.waiting.pop()
        if name == "f":
            module, wanted = self.one(self.modules), self.one(NAMES)
            options = [
                "def f():\n    return X",
                f"def f():\n    from {module} import {wanted}\n    return {wanted}",
            ]
            for held in self.held:
                options += [f"def f():\n    return {held}.{wanted}", f"def f(n={held}.{wanted}): ..."]
            self.lines.append(self.one(options))
        else:
            self.lines.append({"A": "class A:\n    def __init__(self): ...", "X": "X = 1"}[name])
        self.bound.add(name)

    def statement(self):
        """Write an import, or a use of something imported."""
        module, name = self.one(self.modules), self.one(NAMES)
        tail = module.replace(".", "_")
        options = [
            f"import {module}",
            f"import {module} as m_{tail}",
            f"from {module} import {name} as {name}_{tail}",
            f"from {module} import *",
            f"try:\n    from {module} import {name} as w\nexcept ImportError:\n    w = None",
            f"from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from {module} import {name}",
            f"__all__ = ['{name}']",
        ]
        if module.startswith("p."):
            options.append(f"from p import {module[2:]}")
        for held in self.held:
            options += [
                f"Y = {held}.{name}",
                f"{held}.f()",
                f"class B({held}.A): ...",
                f"def g(x: {held}.A): ...",
                f"Z = [{held}.X for _ in (1, 2)]",
                f"W = {held}.X if __debug__ else 0",
            ]
        if {"f", "X"} <= self.bound:
            options.append("f()")
        chosen = self.one(options)
        self.lines.append(chosen)
        self.hold(chosen, module, tail)

    def hold(self, chosen, module, tail):
        """Remember which name holds which module."""
        if chosen == f"import {module}":
            self.held[module] = module
        elif chosen.startswith(f"import {module} as"):
            self.held[f"m_{tail}"] = module
        elif chosen == f"from p import {module[2:]}":
            self.held[module[2:]] = module


@st.composite
def projects(draw):
    """Return the files of a project, and its modules."""
    modules = ["a", "b", *draw(st.sampled_from([(), ("c",), ("p", "p.x"), ("c", "p", "p.x", "p.y")]))]
    paths = {one: "p/__init__.py" if one == "p" else one.replace(".", "/") + ".py" for one in modules}
    return {paths[one]: Writer(draw, modules).write() for one in modules}, modules


@settings(max_examples=30, deadline=None)
@given(projects())
def test_every_entry_of_random_projects(found):
    """Whether an entry crashes, with which error, for which name and at which line: the prediction is the outcome."""
    files, modules = found
    with tree(files) as t:
        happened = json.loads(t.python("-c", RUN, *modules).stdout)
        simulation = Simulation(find_project([str(t.path)]))
        crashes = {entry: simulation.enter(entry) for entry in modules}
        said = {
            entry: crash and [crash.error, crash.name, crash.loop[-1].path, crash.loop[-1].line]
            for entry, crash in crashes.items()
        }

        assert said == happened
