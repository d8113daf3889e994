"""Who needs a name of a module: its own code, other modules, and what names it only in text.

What cannot be told from statements counts as a need: a module that is handed around as an object, or named in a string,
is taken to be asked for any of its names.
"""

from __future__ import annotations

import os
import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from loadstone.check.taken import Taken
from loadstone.check.uses import own_use_of
from loadstone.fix.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from loadstone.check.module import Module
    from loadstone.fix.model import Model
    from loadstone.source.acts import Bound

__all__ = ["Need", "Needs"]

_LOOKS_UP = frozenset(("globals", "locals", "vars", "eval", "exec", "dir"))
"""Builtins that find names in a way which no statement shows."""
_BY_NAME = ("importlib", "__import__", "runpy", "pkgutil")
_TESTS = re.compile(r"(?:tests?|test_.*|.*_test)\.py")
_COLLECTED = re.compile(r"test|Test|pytest|setup|setUp|teardown|tearDown|load_tests")


class Need(NamedTuple):
    """Who needs a name, as the end of a sentence: ``is used in line 3``.

    Where it is not `certain`, nobody is seen to ask for the name, and something may all the same: ``may be found by
    eval()``. `line` is where in the module that stands, 0 where it is nowhere in it.
    """

    text: str
    certain: bool = True
    line: int = 0

    def __str__(self) -> str:
        return self.text


class Needs:
    """The needs of one state of a project; only `modules` are asked what they take from others (by default all)."""

    def __init__(self, model: Model, modules: Iterable[str] | None = None) -> None:
        self.model = model
        self.texts = Texts(model)
        names = model.project.modules if modules is None else modules
        self.modules = {
            name: one for name in names if name in model.compiled and (one := model.whole.module(name))
        }
        self._of_all: dict[str, Need | None] = {}

    def of(self, module: str, name: str) -> Need | None:
        """Return who needs the name; None where nobody does."""
        certain = self._inside(module, name) or self._taken_from(module, name)
        if certain:
            return Need(certain)
        return self._of_any(module) or self._by_runner(module, name)

    def _inside(self, module: str, name: str) -> str:
        """Return how the module itself uses a name."""
        one = self.modules.get(module)
        if one is None:
            return ""
        spoken = "is used in an example or a type comment" if name in self.texts.spoken(module) else ""
        return own_use_of(one, name) or spoken

    def _taken_from(self, module: str, name: str) -> str:
        """Return which other module takes a name from this one, or speaks of it."""
        takers = self._taken.of(module, name)
        if takers:
            return f"is taken by {takers[0]}"
        if {f"{module}.{name}", f"{module}:{name}"} & self.texts.names:
            return "is named in a string"
        for other, star in self._stars.get(module, ()):
            if self._passes(other, star, name, set()):
                return f"is passed on by {other}"
        return ""

    def _passes(self, other: str, star: Bound, name: str, seen: set[tuple[str, str]]) -> bool:
        """Whether a module that stars this one needs the name from there."""
        if (other, name) in seen:
            return False
        seen.add((other, name))
        one = self.modules[other]
        event = one.run.names.get(name)
        if event is None or event.bound is not star:
            return False
        if self._inside(other, name) or self._of_any(other) or self._taken.of(other, name):
            return True
        return any(self._passes(further, inner, name, seen) for further, inner in self._stars.get(other, ()))

    # Who may ask a module for any of its names, for all we know.

    def _of_any(self, module: str) -> Need | None:
        if module not in self._of_all:
            one = self.modules.get(module)
            self._of_all[module] = (self._by_itself(one) if one else None) or self._by_object(module)
        return self._of_all[module]

    def _by_itself(self, module: Module) -> Need | None:
        looked = sorted(_LOOKS_UP & module.first_reads.keys())
        if looked:
            return Need(
                f"may be found by {looked[0]}()", certain=False, line=module.first_reads[looked[0]][0]
            )
        for read in module.summary.reads:
            if read.name.startswith("sys.modules"):
                return Need("may be found in sys.modules", certain=False, line=read.line)
        if os.path.basename(module.path) == "conftest.py":
            return Need("may be a fixture, which pytest finds by its name", certain=False)
        return None

    def _by_object(self, module: str) -> Need | None:
        if module in self._handed:
            who = self._handed[module]
            return Need(f"may be asked of the module itself, which {who} handles as an object", certain=False)
        if self._is_named(module):
            return Need("may be asked for by those who have the module's name in a string", certain=False)
        return None

    def _is_named(self, module: str) -> bool:
        """Whether a string names the module, or begins a name that ends with it."""
        if "." not in module:
            return self._imports_by_name and module in self.texts.names
        return not self.texts.names.isdisjoint((module, f"{module.rpartition('.')[0]}."))

    def _by_runner(self, module: str, name: str) -> Need | None:
        """Return how a test runner may find a name in a module of tests: by what it is called, or what it is."""
        one = self.modules.get(module)
        if one is None or not _TESTS.fullmatch(os.path.basename(one.path)):
            return None
        binding = one.namespace.get(name)
        if binding is None or binding.kind == "module":
            return None
        if _COLLECTED.match(name) or name in self.texts.parameters(module):
            return Need("may be a test or a fixture, which a test runner finds by its name", certain=False)
        if binding.origin.module in self.texts.with_fixtures:
            return Need(
                "may be a fixture or a test case, which a test runner finds by what it is", certain=False
            )
        return None

    # What is known of the whole project.

    @cached_property
    def _taken(self) -> Taken:
        """Who takes what by statements and attributes."""
        return Taken(self.modules.values(), lambda _: None)

    @cached_property
    def _stars(self) -> dict[str, list[tuple[str, Bound]]]:
        """Module to the star imports of it."""
        found: dict[str, list[tuple[str, Bound]]] = {}
        for one in self.modules.values():
            for star in one.stars:
                found.setdefault(star.target, []).append((one.name, star))
        return found

    @cached_property
    def _handed(self) -> dict[str, str]:
        """Modules that somebody reads as an object, and who does."""
        return {target: one.name for one in self.modules.values() for target in _handed(one)}

    @cached_property
    def _imports_by_name(self) -> bool:
        """Whether any module imports others by a name that it makes up."""
        return any(
            read.name.startswith(_BY_NAME) for one in self.modules.values() for read in one.summary.reads
        )


def _handed(module: Module) -> Iterator[str]:
    """Yield the modules that code reads without asking them for a name."""
    for read in module.summary.reads:
        event = module.run.names.get(read.name.partition(".")[0]) if read.when != "never" else None
        if event is None or event.bound.how == "definition":
            continue
        target = module.world.module_of(event, read.name)
        if target is not None:
            yield target
