"""What the machine asks for: which modules there are, their small programs, and which of them no loop can touch."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

from loadstone.errors import BadModuleName
from loadstone.source.bindings import summarise
from loadstone.source.entering.lowering import lowered
from loadstone.source.entering.state import UNKNOWN, Const, External, Failing, State
from loadstone.source.graphs.cycles import components
from loadstone.source.reading import parse, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from loadstone.source.bindings import Summary
    from loadstone.source.entering.lowering import Block
    from loadstone.source.entering.state import Value
    from loadstone.source.project import Library

__all__ = ["Programs"]


class Programs:
    """The programs of one library. `modules` are the project's own; without them, what the library calls its own.

    `texts` replaces the source of files, for a trial of an edit.
    """

    def __init__(
        self,
        library: Library,
        modules: Mapping[str, str] | None = None,
        texts: Mapping[str, str] | None = None,
    ) -> None:
        self.library = library
        self.modules = modules
        self.texts = dict(texts or {})
        self._programs: dict[str, Block | None] = {}
        self._summaries: dict[str, Summary | None] = {}
        # Own module to those it may import, at any time; of these, the risky can come to a loop.
        self._links: dict[str, frozenset[str]] = {}
        self._risky: frozenset[str] = frozenset()
        self._resolved: dict[External, Value] = {}

    def trial(self, texts: Mapping[str, str]) -> Programs:
        """Return the same programs with some files replaced."""
        other = Programs(self.library, self.modules, texts)
        changed = {name for name in self._links if (one := self.summary(name)) and one.path in texts}
        other._links = {name: links for name, links in self._links.items() if name not in changed}
        other._programs = {name: body for name, body in self._programs.items() if name not in changed}
        return other

    # Modules.

    def exists(self, name: str) -> bool:
        """Whether an import of the module finds it."""
        return self.library.locate(name) is not None or self.library.world.canonical(name) != name

    def is_package(self, name: str) -> bool:
        """Whether the module can have submodules."""
        location = self.library.locate(name)
        return location is not None and bool(location.search)

    def is_own(self, name: str) -> bool:
        """Whether the module's code is gone through at all."""
        if self.modules is not None and name in self.modules:
            return True
        location = self.library.locate(name)
        if location is None or not location.has_source:
            return False
        if self.modules is not None:
            return False
        return self.library.is_own(name.partition(".")[0])

    def summary(self, name: str) -> Summary | None:
        """Return the summary of a module; None where it has no source, or one that cannot be compiled."""
        if name not in self._summaries:
            self._summaries[name] = self._summary(name)
        return self._summaries[name]

    def _summary(self, name: str) -> Summary | None:
        found = self.library.summary(name)
        if found is None or found.error:
            return None
        if found.path in self.texts:
            source = parse(self.texts[found.path], found.path)
            return summarise(source, name, found.is_package)
        return found

    def program(self, name: str) -> Block | None:
        """Return the program of a module; None where there is none to read."""
        if name not in self._programs:
            self._programs[name] = self._program(name)
        return self._programs[name]

    def _program(self, name: str) -> Block | None:
        summary = self.summary(name)
        if summary is None:
            return None
        try:
            if summary.path in self.texts:
                return lowered(parse(self.texts[summary.path], summary.path).tree)
            return lowered(read(summary.path).tree)
        except (OSError, SyntaxError, RecursionError):
            return None

    def lines(self, path: str) -> list[str]:
        """Return the lines of a file; empty where it cannot be read."""
        if path in self.texts:
            return self.texts[path].split("\n")
        try:
            with open(path, "rb") as file:
                return importlib.util.decode_source(file.read()).split("\n")
        except (OSError, SyntaxError, UnicodeDecodeError):
            return []

    # Names.

    def binds(self, name: str, wanted: str) -> bool:
        """Whether the module, run to its end, binds a name."""
        summary = self.summary(name)
        if summary is not None and any(bound.name == wanted for bound in summary.bounds):
            return True
        run = self.library.world.run(name)
        return run is not None and wanted in run.names

    def exports(self, module: State) -> tuple[str, ...] | None:
        """Return the `__all__` of a module, if it has bound it so far."""
        value = module.names.get("__all__")
        if value is None or module.summary is None:
            return None
        if isinstance(value, tuple):
            return tuple(str(one.value) for one in value if isinstance(one, Const))
        names, _ = self.library.world.exports(module.name)
        return tuple(names or ())

    def public(self, name: str) -> tuple[tuple[str, ...], bool]:
        """Return the names that a star import of a finished module brings, and whether they are all of them."""
        world = self.library.world
        run = world.run(world.canonical(name))
        return (run.public(), run.public_exact) if run else world.opaque.public(name)

    def resolve(self, value: External) -> Value:
        """Return what a name of the project's harmless modules stands for; `value` itself for any other."""
        if not value.name or not self.is_own(value.module) or not self.is_harmless(value.module):
            return value
        if value not in self._resolved:
            self._resolved[value] = value  # for one that needs itself
            self._resolved[value] = self._resolve(value)
        return self._resolved[value]

    def _resolve(self, value: External) -> Value:
        from loadstone.source.entering.machine import GaveUp, Machine

        machine = Machine(self)
        try:
            state = machine.run_alone(value.module)
            found = state.names.get(value.name, UNKNOWN) if isinstance(state, State) else UNKNOWN
        except (Failing, GaveUp):
            return UNKNOWN
        return self.resolve(found) if isinstance(found, External) else found

    # Loops.

    def is_harmless(self, name: str) -> bool:
        """Whether importing the module can never come to a loop: it is then taken as finished."""
        return name not in self._risky

    def prepare(self, names: Iterable[str]) -> None:
        """Follow the imports of these modules, and find out which can come to a loop."""
        waiting = [name for name in names if name not in self._links]
        while waiting:
            name = waiting.pop()
            if name not in self._links:
                self._links[name] = frozenset(self._linked(name))
                waiting.extend(self._links[name])
                package = name.rpartition(".")[0]
                waiting.extend([package] if package and self.is_own(package) else [])
        inside = {name for loop in components(self._links) for name in loop}
        inside |= {name for name, links in self._links.items() if name in links}
        self._risky = frozenset(self._leading_to(inside))

    def _linked(self, name: str) -> Iterator[str]:
        summary = self.summary(name)
        for one in summary.imports if summary else ():
            try:
                target = str(one.target(summary.package if summary else ""))
            except BadModuleName:
                continue
            if one.when != "never":
                parts = target.split(".")
                reached = [".".join(parts[:count]) for count in range(1, len(parts) + 1)]
                reached += [f"{target}.{alias.name}" for alias in one.names]
                yield from (other for other in reached if self.is_own(other))

    def _leading_to(self, risky: set[str]) -> set[str]:
        """Return the modules from which one of these can be reached, also by way of the packages around a module."""
        precede: dict[str, list[str]] = {}
        for name, links in self._links.items():
            package = name.rpartition(".")[0]
            for other in (*links, *((package,) if package in self._links else ())):
                precede.setdefault(other, []).append(name)
        found, waiting = set(risky), list(risky)
        while waiting:
            for other in precede.get(waiting.pop(), ()):
                if other not in found:
                    found.add(other)
                    waiting.append(other)
        return found

    def loops(self) -> list[list[str]]:
        """Return the groups of modules that can import one another, at any time."""
        return components(self._links)
