"""The modules of a library as their bodies leave them: each executed once, when it is first asked for.

A World takes every other module as it is when it has been imported. Where it matters *when* a module is imported
(a package whose submodules appear on it one by one, a star import inside a cycle) a Session follows the order of
execution.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.source import decisions
from loadstone.source.events import Run, submodule_event
from loadstone.source.failures import Failure
from loadstone.source.found import MISSING
from loadstone.source.opaque import Opaque
from loadstone.source.resolving import Resolver
from loadstone.source.rings import Rings
from loadstone.source.running.execute import execute

if TYPE_CHECKING:
    from collections.abc import Collection

    from loadstone.source.acts import Load, Planted
    from loadstone.source.found import Found
    from loadstone.source.project import Library
    from loadstone.source.statements import Statement

__all__ = ["World"]


class World(Resolver):
    """The runs of all modules; a Resolver finds their names."""

    def __init__(self, library: Library, opaque: Opaque | None = None) -> None:
        super().__init__(library, opaque or Opaque(library))
        # Module to its Run; one that is not finished is in the middle of a cycle of stars.
        self._runs: dict[str, Run | None] = {}
        # Module to the session that imports it; a session serves all the modules it loads on the way.
        self._sessions: dict[str, World] = {}
        self.deciding: set[str] = set()
        self.rings = Rings(library)
        # Module to the exception that importing it raises in another program; asked for while nothing runs here.
        self._obstacles: dict[str, str | None] = {}
        self._running = 0

    def take_over(self, other: World, other_than: Collection[str]) -> None:
        """Take over what another world knows of all modules but those that are not the same there."""
        self._runs = {name: run for name, run in other._runs.items() if name not in other_than}
        self._sessions = {name: one for name, one in other._sessions.items() if name not in other_than}

    # Runs.

    def run(self, module: str) -> Run | None:
        """Return the module's namespace; None where it has no source."""
        self.library.notes.asks(module)
        if module not in self._runs:
            self._start(module)
        run = self._runs[module]
        if run is not None and not run.finished:
            self.library.notes.tangles(module)
        return run

    def _start(self, module: str) -> None:
        earlier = len(self._runs)
        run = self._begin(module)
        if run is None:
            return
        self._running += 1
        with self.library.notes.answering(module):
            execute(run, self)
        self._running -= 1
        if run.cyclic:
            # What ran inside the cycle saw this module half done; asked for itself, each would see another.
            for other in [*self._runs][earlier + 1 :]:
                del self._runs[other]

    def _begin(self, module: str) -> Run | None:
        summary = self.library.summary(module)
        run = Run(summary) if summary else None
        self._runs[module] = run
        return run

    def session(self, module: str) -> World:
        """Return the session in which `module` is imported into a fresh interpreter, its packages first."""
        self.library.notes.asks(module)
        if module not in self._sessions:
            parent, _, _ = module.rpartition(".")
            base = self.session(parent) if parent and self.library.locate(parent) else self
            if base.loaded(module):
                self._sessions[module] = base
            else:
                self._import_afresh(module, base)
        return self._sessions[module]

    def _import_afresh(self, module: str, base: World) -> None:
        from loadstone.source.order import Session

        self._sessions[module] = session = Session(self, base, module, strict=base.strict or base is self)
        try:
            session.start(module, None)
        except Failure:
            # It cannot be imported: read what it means to bind.
            self._sessions[module] = session = Session(self, base, module, strict=False)
            session.start(module, None)

    def loaded(self, module: str) -> bool:
        """Whether a session has imported the module, with source or without."""
        return False

    def held(self, module: str) -> Run | None:
        """Return the run that a session made in order; None in a world without order."""
        return None

    def runs_held(self) -> dict[str, Run | None]:
        """Return the runs that a session made in order, by module."""
        return {}

    def inside(self, module: str, entry: str) -> bool:
        """Whether the order in which `module` runs can matter to `entry`: they are of one program."""
        return self.rings.inside(module, entry)

    def grows(self, run: Run) -> bool:
        """Whether submodules may appear on a package: it imports some, or the packages around it do."""
        package = run.summary.name
        if not run.summary.is_package:
            return False
        return "." in package or any(self.inside(load, package) for load, _ in run.loads)

    # What a running module asks for.

    strict = False
    """Whether a module stops at the first statement that certainly raises."""

    def obstacle(self, module: str, run: Run) -> str | None:
        """Return the exception that importing the module raises in `run`; None where it works, for all we know."""
        importer = run.summary.name
        if self.inside(module, importer):
            run.ordered = True
            return self._obstacle(module, importer)
        if module in self._obstacles:
            return self._obstacles[module]
        found = self._obstacle(module, importer)
        if not self._running and not self.deciding:
            self._obstacles[module] = found
        return found

    def _obstacle(self, module: str, importer: str) -> str | None:
        if not decisions.exists(self, module):
            return "ModuleNotFoundError"
        return None if decisions.importable(self, module, importer) else "ImportError"

    def lacks_attribute(self, path: str, run: Run) -> bool:
        """Whether reading ``module.name`` certainly fails; for modules of the program itself, order decides that."""
        root, *parts = path.split(".")
        event = run.names.get(root)
        if event is None or event.bound.how == "definition" or event.others or not event.sure:
            return False
        kind, module, name, missing = self.resolve(event)
        for part in parts:
            if kind != "module" or name or missing:
                return False
            if self.inside(module, run.summary.name):
                run.ordered = True
                return False
            found = self.find(module, part)
            if found is MISSING:
                return True
            kind, module, name, missing = self.follow(found, module, part)
        return False

    def load(self, act: Load, run: Run) -> None:
        """Import a module: here, that only binds the submodules of a package that it loads itself."""
        package = run.summary.name
        if not run.summary.is_package:
            return
        if act.target == package:
            for member in act.members:
                if member not in run.names:
                    self._bind_submodule(run, member, act.statement)
        elif act.target.startswith(f"{package}."):
            self._bind_submodule(run, act.target[len(package) + 1 :].partition(".")[0], act.statement)

    def plant(self, act: Planted, run: Run) -> None:
        """Set a name of another module: only an order of imports tells who sees it."""

    def note(self, package: str, name: str, run: Run) -> None:
        """Note that what a from-import finds depends on order: a package's own name, or its submodule's."""
        module = run.summary.name
        if self.inside(package, module) and self.library.locate(f"{package}.{name}"):
            summary = self.library.summary(package)
            bounds = summary.bounds if summary else ()
            run.ordered = run.ordered or any(bound.name == name or bound.how == "star" for bound in bounds)

    def _bind_submodule(self, run: Run, tail: str, statement: Statement) -> None:
        """Bind a submodule on its package, once: importing it again does not."""
        name = f"{run.summary.name}.{tail}"
        if name not in run.submodules and self.library.locate(name) is not None:
            run.submodules.add(name)
            run.names[tail] = submodule_event(run.summary.name, tail, statement, run.names.get(tail))

    def pinned(self, module: str, name: str) -> Found | None:
        """Return what the name is at this moment, where there is an order; here None, it is looked up at the end."""
        return None

    def public(self, module: str, importer: Run, statement: Statement) -> tuple[tuple[str, ...], bool]:
        """Return the names that a star import of `module` brings, and whether they are all of them."""
        module = self.canonical(module)
        self.library.notes.starred.add(module)
        run = self.run(module)
        if run is None:
            return self.opaque.public(module)
        if not run.finished:
            importer.cyclic = True
        if run.ordered or self._depends(importer.summary.name, run):
            importer.ordered = True
        elif run.exports is None and self.grows(run):
            run = self.session(module).run(module) or run
        return run.public(), run.public_exact

    def exports(self, module: str) -> tuple[list[str] | None, bool]:
        """Return the `__all__` of a module and whether that is all of it."""
        run = self.run(self.canonical(module))
        if run is None:
            return None, False
        return (None if run.exports is None else list(run.exports)), run.exact

    def _depends(self, importer: str, run: Run) -> bool:
        """Whether what a star brings depends on the order of imports: a loop of them, or a package that grows."""
        module = run.summary.name
        if run.summary.is_package and run.exports is None and self.inside(module, importer):
            return True
        return self.rings.together(importer, module)

    def _in_run(self, run: Run, name: str) -> Found:
        event = run.names.get(name)
        if event is None:
            return MISSING
        module = run.summary.name
        submodule = f"{module}.{name}"
        # Its own import has loaded the submodule before.
        early = f"{event.target}.".startswith(f"{submodule}.")
        if run.summary.is_package and not early and self._ambiguous(run, submodule):
            run = self.session(module).run(module) or run
            event = run.names.get(name, event)
        return event

    def _ambiguous(self, run: Run, submodule: str) -> bool:
        """Whether a name of a package is bound by a statement, and could be taken by its submodule afterwards."""
        return self.library.locate(submodule) is not None and self.grows(run)
