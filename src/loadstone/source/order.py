"""Imports in the order in which Python makes them: what each module sees of the others while they run.

A Session is one fresh interpreter that imports one module, its packages first. Modules that cannot import the program
back (other distributions, the standard library) are taken as finished, from the World without order.
"""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType
from typing import TYPE_CHECKING

from loadstone.source import decisions
from loadstone.source.acts import Bound
from loadstone.source.events import Event, submodule_event
from loadstone.source.failures import Failure
from loadstone.source.found import MISSING
from loadstone.source.resolving import implicit_names
from loadstone.source.running.execute import execute
from loadstone.source.statements import Statement
from loadstone.source.world import World

if TYPE_CHECKING:
    from loadstone.source.acts import Load, Planted
    from loadstone.source.events import Run
    from loadstone.source.found import Found
    from loadstone.source.project import Library

__all__ = ["Session"]

DEEPEST = 150
"""Imports inside imports that are followed in order; Python's own recursion limit stops it near there."""


class Session(World):
    """The import of `entry`; `base` is the session of the package around it, whose modules are all loaded.

    A `strict` session does what Python does where a module fails: it stops, forgets the module, and whoever imports it
    fails in turn, unless it catches that. `start` raises Failure when the entry itself comes to that.
    """

    def __init__(self, root: World, base: World, entry: str, *, strict: bool = True) -> None:
        super().__init__(root.library, root.opaque)
        self.plain, self.rings = root.plain, root.rings
        self.root = root
        self.base = base
        self.entry = entry
        self.strict = strict
        # Module to its run, of this session and of those before it; None without source.
        self._held: dict[str, Run | None] = base.runs_held()
        self._depth = 0

    # Runs.

    def loaded(self, module: str) -> bool:
        """Whether this session, or one before it, has imported the module."""
        return module in self._held

    def held(self, module: str) -> Run | None:
        """Return the run of a module that this session, or one before it, has loaded."""
        self.library.notes.asks(module)
        return self._held.get(module)

    def runs_held(self) -> dict[str, Run | None]:
        """Return a copy of the runs by module."""
        return dict(self._held)

    def run(self, module: str) -> Run | None:
        """Return the run of a module: in order if it was loaded, otherwise as the world without order has it."""
        return self.held(module) or self.root.run(module)

    def session(self, module: str) -> World:
        """Return this session, or another of the same root for what it has not loaded."""
        return self if self.loaded(module) else self.root.session(module)

    def start(self, module: str, statement: Statement | None) -> None:
        """Run a module that is not loaded yet, and then bind it on its package, as the import system does."""
        run = self._begin(module)
        if run is not None:
            self._execute(module, run)
        package, _, tail = module.rpartition(".")
        if package:
            self._bind_on(package, tail, statement or _by_nobody(module, self.library))

    def _begin(self, module: str) -> Run | None:
        run = self._held[module] = super()._begin(module)
        return run

    def _execute(self, module: str, run: Run) -> None:
        self._depth += 1
        try:
            with self.library.notes.answering(module):
                execute(run, self)
        except Failure:
            del self._runs[module], self._held[module]
            raise
        finally:
            self._depth -= 1

    def _bind_on(self, package: str, tail: str, statement: Statement) -> None:
        run = self._own(package)
        if run is not None:
            run.names[tail] = submodule_event(package, tail, statement, run.names.get(tail))

    def _own(self, module: str) -> Run | None:
        """Return a run that this session may change: the sessions before it keep theirs."""
        run = self.held(module)
        if run is not None and module not in self._runs:
            run = replace(run, names=dict(run.names))
            self._runs[module] = self._held[module] = run
        return run

    # What a running module asks for.

    def obstacle(self, module: str, run: Run) -> str | None:
        """Return the exception that importing the module raises; what is followed in order raises by itself."""
        if not decisions.exists(self, module):
            return "ModuleNotFoundError"
        if self.inside(module, self.entry):
            summary = self.library.summary(module)
            return "SyntaxError" if summary is not None and summary.error else None
        return self.root.obstacle(module, run)

    def load(self, act: Load, run: Run) -> None:
        """Import a module, and the submodules that a from-import wants."""
        self._import(act.target, act.statement)
        for member in act.members:
            self._import_member(act.target, member, act.statement)

    def _import(self, module: str, statement: Statement) -> None:
        """Import each package on the way, then the module; what is loaded, even in part, is left as it is.

        A module that is loaded needs no packages: `a.b` stays in `sys.modules` when `a` fails after importing it.
        """
        if self.loaded(module) or not self.inside(module, self.entry):
            return
        parts = module.split(".")
        for count in range(1, len(parts) + 1):
            name = ".".join(parts[:count])
            if not self.loaded(name) and self.library.locate(name) and self._depth < DEEPEST:
                self.start(name, statement)

    def _import_member(self, package: str, name: str, statement: Statement) -> None:
        """``from package import name`` imports a submodule, if the package has no such attribute."""
        run = self.held(package)
        if run is not None and (name in run.names or run.summary.getattr):
            return
        location = self.library.locate(package)
        if location is not None and location.search and self.library.locate(f"{package}.{name}"):
            self._import(f"{package}.{name}", statement)

    def plant(self, act: Planted, run: Run) -> None:
        """Set a name of another module of the program."""
        path, _, name = act.path.rpartition(".")
        event = run.names.get(path.partition(".")[0])
        module = self.module_of(event, path) if event else None
        other = self._own(module) if module else None
        if other is not None and module:
            bound = Bound(name, "variable", "definition", None, act.statement)
            other.names[name] = Event(name, bound, module, "", "", before=other.names.get(name))

    def pinned(self, module: str, name: str) -> Found | None:
        """Return what the name is at this moment; None where it is not there, or the module is not in order."""
        module = self.canonical(module)
        run = self.held(module)
        if run is None:
            return None
        found = self.find(module, name)
        return None if found is MISSING else found

    def public(self, module: str, importer: Run, statement: Statement) -> tuple[tuple[str, ...], bool]:
        """Return the names that a star brings at this moment, submodules named in `__all__` imported."""
        module = self.canonical(module)
        self.library.notes.starred.add(module)
        run = self.held(module)
        if run is None:
            return self.root.public(module, importer, statement)
        importer.cyclic = importer.cyclic or not run.finished
        for name in run.exports or ():
            self._import_member(run.summary.name, name, statement)
        run = self.held(run.summary.name) or run
        return run.public(), run.public_exact

    def _in_run(self, run: Run, name: str) -> Found:
        return run.names.get(name, MISSING)

    def note(self, package: str, name: str, run: Run) -> None:
        """Nothing depends on an order that is known."""

    def lacks_attribute(self, path: str, run: Run) -> bool:
        """Whether reading ``module.name`` certainly fails now, because that module has not come to it yet."""
        root, *parts = path.split(".")
        event = run.names.get(root)
        if event is None or event.bound.how == "definition" or event.others or not event.sure:
            return False
        kind, module, name, missing = self.resolve(event)
        for part in parts:
            if kind != "module" or name or missing:
                return False
            owner = self.held(module)
            if owner is None or not owner.complete:
                return False
            found = owner.names.get(part)
            if found is None:
                return part not in implicit_names(owner.summary) and not hasattr(ModuleType, part)
            kind, module, name, missing = self.resolve(found)
        return False


def _by_nobody(module: str, library: Library) -> Statement:
    """Return what stands for the statement, in another program, that imports the entry."""
    location = library.locate(module)
    return Statement((location and location.path) or "", 0, 0, 0, f"import {module}")
