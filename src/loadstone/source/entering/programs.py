"""What the machine asks for: which modules there are, their small programs, and what a star import brings."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

from loadstone.source.bindings import summarise
from loadstone.source.entering.links import Links
from loadstone.source.entering.lowering.lowering import functions, lowered
from loadstone.source.entering.state import UNKNOWN, Const, External, Failing, State
from loadstone.source.reading import parse, read

if TYPE_CHECKING:
    import ast
    from collections.abc import Mapping

    from loadstone.source.bindings import Summary
    from loadstone.source.entering.lowering.lowering import Block, Body
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
        # File to the bodies of its functions by their places: {"/app/shop.py": {(3, 0): ...}}.
        self._bodies: dict[str, dict[tuple[int, int], Body]] = {}
        self._summaries: dict[str, Summary | None] = {}
        self.links = Links(self.summary, self.is_own)
        self._resolved: dict[External, Value] = {}

    def trial(self, texts: Mapping[str, str]) -> Programs:
        """Return the same programs with some files replaced."""
        other = Programs(self.library, self.modules, {**self.texts, **texts})
        changed = {name for name in self._programs if (one := self.summary(name)) and one.path in texts}
        other._programs = {name: body for name, body in self._programs.items() if name not in changed}
        other._bodies = {path: bodies for path, bodies in self._bodies.items() if path not in texts}
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
        self.library.notes.programs.add(name)
        if summary.path not in self.texts:
            return self.library.program(name)
        tree = self._tree(summary.path)
        return lowered(tree) if tree else None

    def body(self, path: str, place: tuple[int, int]) -> Body | None:
        """Return the body of the function that stands at a place of a file; None where the file has changed since."""
        if path not in self._bodies:
            tree = self._tree(path)
            self._bodies[path] = functions(tree) if tree else {}
        self.library.notes.enters(path, place, self._bodies[path])
        return self._bodies[path].get(place)

    def _tree(self, path: str) -> ast.Module | None:
        try:
            return parse(self.texts[path], path).tree if path in self.texts else read(path).tree
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
        self.library.notes.programs.add(name)
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
        world, notes = self.library.world, self.library.notes
        notes.starred.add(world.canonical(name))
        notes.programs.add(world.canonical(name))
        run = world.run(world.canonical(name))
        return (run.public(), run.public_exact) if run else world.opaque.public(name)

    def resolve(self, value: External) -> Value:
        """Return what a name of one of the project's modules, run by itself, stands for; `value` for any other."""
        if not value.name or not self.is_own(value.module):
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
        finally:
            self.library.notes.steps(machine.left)
        return self.resolve(found) if isinstance(found, External) else found
