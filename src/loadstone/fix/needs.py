"""Who needs a name of a module: its own code, other modules, and what names it only in text.

What cannot be told from statements counts as a need: a module that is handed around as an object, or named in a string,
is taken to be asked for any of its names.
"""

from __future__ import annotations

import os
import re
from functools import cached_property
from typing import TYPE_CHECKING

from loadstone.check.taken import Taken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from loadstone.check.module import Module
    from loadstone.fix.model import Model

__all__ = ["Needs"]

_DOTTED = re.compile(rb"""["']([^\W\d][\w.]*(?::[\w.]+)?)["']""")
_PREFIX = re.compile(rb"""["']([^\W\d][\w.]*\.)[{%"']""")
_EXAMPLE = re.compile(rb"^[ \t]*(?:>>>|\.\.\.)[ \t](.*)$", re.MULTILINE)
_TYPE_COMMENT = re.compile(rb"#[ \t]*type:(.*)$", re.MULTILINE)
_WORD = re.compile(r"[^\W\d]\w*")
_ENTRY = re.compile(rb"[\w.]+:[\w.]+|[\w]+(?:\.[\w]+)+")

_LOOKS_UP = frozenset(("globals", "locals", "vars", "eval", "exec", "dir"))
"""Builtins that find names in a way which no statement shows."""
_BY_NAME = ("importlib", "__import__", "runpy", "pkgutil")
_SETTINGS = ("pyproject.toml", "setup.cfg", "tox.ini", "pytest.ini")
_TESTS = re.compile(r"(?:tests?|test_.*|.*_test)\.py")
_COLLECTED = re.compile(r"test|Test|pytest|setup|setUp|teardown|tearDown|load_tests")
_FIXTURES = re.compile(rb"\bfixture\b|\bTestCase\b")
_SIGNATURE = re.compile(rb"\bdef\s+\w+\s*\(([^)]*)\)")


class Needs:
    """The needs of one state of a project; only `modules` are asked what they take from others (by default all)."""

    def __init__(self, model: Model, modules: Iterable[str] | None = None) -> None:
        self.model = model
        names = model.project.modules if modules is None else modules
        self.modules = {
            name: one for name in names if name in model.compiled and (one := model.whole.module(name))
        }
        self._texts: dict[tuple[str, re.Pattern[bytes]], frozenset[str]] = {}
        self._of_all: dict[str, str] = {}

    def of(self, module: str, name: str) -> str:
        """Return who needs the name, as the end of a sentence: ``is used in line 3``; empty where nobody does."""
        return (
            self._inside(module, name)
            or self._taken_from(module, name)
            or self.of_all(module)
            or self._by_runner(module, name)
        )

    def of_all(self, module: str) -> str:
        """Return who may ask the module for any of its names, as the end of a sentence; empty where nobody does."""
        if module not in self._of_all:
            self._of_all[module] = self._all_by(module)
        return self._of_all[module]

    def _all_by(self, module: str) -> str:
        one = self.modules.get(module)
        if one is not None:
            looked = sorted(_LOOKS_UP & one.first_reads.keys())
            if looked:
                return f"may be found by {looked[0]}()"
            if any(read.name.startswith("sys.modules") for read in one.summary.reads):
                return "may be found in sys.modules"
            if os.path.basename(one.path) == "conftest.py":
                return "may be a fixture, which pytest finds by its name"
        if module in self.handed:
            return f"may be asked of the module itself, which {self.handed[module]} handles as an object"
        return (
            "may be asked for by those who have the module's name in a string" if self._named(module) else ""
        )

    def _inside(self, module: str, name: str) -> str:
        """Return how the module itself uses a name."""
        one = self.modules.get(module)
        if one is None:
            return ""
        if name in one.first_reads:
            return f"is used in line {one.first_reads[name][0]}"
        if one.exports(name):
            return "is exported by __all__"
        if name in one.summary.uses:
            return "is used in an annotation"
        return "is used in an example or a type comment" if name in self._words(module) else ""

    def _by_runner(self, module: str, name: str) -> str:
        """Return how a test runner may find a name in a module of tests: by what it is called, or what it is."""
        one = self.modules.get(module)
        if one is None or not _TESTS.fullmatch(os.path.basename(one.path)):
            return ""
        binding = one.namespace.get(name)
        if binding is None or binding.kind == "module":
            return ""
        if _COLLECTED.match(name) or name in self._parameters(module):
            return "may be a test or a fixture, which a test runner finds by its name"
        if binding.origin.module in self._with_fixtures:
            return "may be a fixture or a test case, which a test runner finds by what it is"
        return ""

    def _parameters(self, module: str) -> frozenset[str]:
        """Return the words between the parentheses of the functions that a module defines."""
        return self._found(module, _SIGNATURE)

    def _taken_from(self, module: str, name: str) -> str:
        takers = self.taken.of(module, name)
        if takers:
            return f"is taken by {takers[0]}"
        if {f"{module}.{name}", f"{module}:{name}"} & self.strings:
            return "is named in a string"
        for other, star in self.stars.get(module, ()):
            if self._passes(other, star, name, set()):
                return f"is passed on by {other}"
        return ""

    def _passes(self, other: str, star: object, name: str, seen: set[tuple[str, str]]) -> bool:
        """Whether a module that stars this one needs the name from there."""
        if (other, name) in seen:
            return False
        seen.add((other, name))
        one = self.modules[other]
        event = one.run.names.get(name)
        if event is None or event.bound is not star:
            return False
        if self._inside(other, name) or self.of_all(other) or self.taken.of(other, name):
            return True
        return any(self._passes(further, inner, name, seen) for further, inner in self.stars.get(other, ()))

    # What is known of the whole project.

    @cached_property
    def taken(self) -> Taken:
        """Who takes what by statements and attributes."""
        return Taken(self.modules.values(), lambda _: None)

    @cached_property
    def stars(self) -> dict[str, list[tuple[str, object]]]:
        """Module to the star imports of it."""
        found: dict[str, list[tuple[str, object]]] = {}
        for one in self.modules.values():
            for star in one.stars:
                found.setdefault(star.target, []).append((one.name, star))
        return found

    @cached_property
    def handed(self) -> dict[str, str]:
        """Modules that somebody reads as an object, and who does."""
        return {target: one.name for one in self.modules.values() for target in _handed(one)}

    @cached_property
    def strings(self) -> frozenset[str]:
        """Every string of the project that looks like the name of something, and every such word of its settings."""
        found: set[str] = set()
        for name in self.model.project.modules:
            found.update(text.decode() for text in _DOTTED.findall(self.model.content(name)))
            found.update(text.decode() for text in _PREFIX.findall(self.model.content(name)))
        for file in _SETTINGS:
            found.update(text.decode() for text in _ENTRY.findall(_content(self.model.project.root, file)))
        return frozenset(found)

    @cached_property
    def _imports_by_name(self) -> bool:
        """Whether any module imports others by a name that it makes up."""
        return any(
            read.name.startswith(_BY_NAME) for one in self.modules.values() for read in one.summary.reads
        )

    def _named(self, module: str) -> bool:
        """Whether a string names the module, or begins a name that ends with it."""
        if "." not in module:
            return self._imports_by_name and module in self.strings
        return module in self.strings or f"{module.rpartition('.')[0]}." in self.strings

    def _words(self, module: str) -> frozenset[str]:
        """Return the words of the examples and type comments of a module."""
        return self._found(module, _EXAMPLE) | self._found(module, _TYPE_COMMENT)

    def _found(self, module: str, pattern: re.Pattern[bytes]) -> frozenset[str]:
        """Return the words in what a pattern finds in a module."""
        if (module, pattern) not in self._texts:
            parts = pattern.findall(self.model.content(module))
            self._texts[module, pattern] = frozenset(_WORD.findall(b" ".join(parts).decode(errors="replace")))
        return self._texts[module, pattern]

    @cached_property
    def _with_fixtures(self) -> frozenset[str]:
        """The modules whose text has fixtures or test cases in it."""
        modules = self.model.project.modules
        return frozenset(name for name in modules if _FIXTURES.search(self.model.content(name)))


def _handed(module: Module) -> Iterator[str]:
    """Yield the modules that code reads without asking them for a name."""
    for read in module.summary.reads:
        event = module.run.names.get(read.name.partition(".")[0]) if read.when != "never" else None
        if event is None or event.bound.how == "definition":
            continue
        target = module.world.module_of(event, read.name)
        if target is not None:
            yield target


def _content(root: str, file: str) -> bytes:
    try:
        with open(os.path.join(root, file), "rb") as opened:
            return opened.read()
    except OSError:
        return b""
