"""The modules of a library as their bodies leave them: each executed once, when it is first asked for.

A World takes every other module as it is when it has been imported. Where it matters *when* a module is imported (a
package whose submodules appear on it one by one, a star import inside a cycle) a Session follows the order of execution.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from loadstone.source.events import Event, Run, submodule_event
from loadstone.source.finder import Location
from loadstone.source.found import DYNAMIC, IMPLICIT, MISSING
from loadstone.source.opaque import Named, Opaque
from loadstone.source.running import execute

if TYPE_CHECKING:
    from loadstone.source.acts import Load
    from loadstone.source.bindings import Summary
    from loadstone.source.found import Found
    from loadstone.source.project import Library
    from loadstone.source.statements import Statement

__all__ = ["World", "implicit_names"]

_EVERY_MODULE = (
    "__name__",
    "__doc__",
    "__package__",
    "__loader__",
    "__spec__",
    "__file__",
    "__cached__",
    "__builtins__",
)


def implicit_names(of: Summary | Location) -> tuple[str, ...]:
    """Return the names that Python itself puts into a module."""
    if isinstance(of, Location):
        return _EVERY_MODULE[: 6 if of.path else 5]
    path = ("__path__",) if of.is_package else ()
    return (*_EVERY_MODULE, *path, *sorted(of.annotated))


class World:
    """Runs by module, and what follows from them."""

    def __init__(self, library: Library, opaque: Opaque | None = None) -> None:
        self.library = library
        self.opaque = opaque or Opaque(library)
        # Module to its Run; one that is not finished is in the middle of a cycle of stars.
        self._runs: dict[str, Run | None] = {}
        # Module to the session that imports it; a session serves all the modules it loads on the way.
        self._sessions: dict[str, World] = {}
        self._aliasing: set[str] = set()
        self.deciding: set[str] = set()

    # Runs.

    def run(self, module: str) -> Run | None:
        """Return the module's namespace; None where it has no source."""
        if module not in self._runs:
            self._start(module)
        return self._runs[module]

    def _start(self, module: str) -> None:
        before = set(self._runs)
        run = self._begin(module)
        if run is None:
            return
        execute(run, self)
        if run.cyclic:
            # What ran inside the cycle saw this module half done; asked for itself, each would see another.
            for other in self._runs.keys() - before - {module}:
                del self._runs[other]

    def _begin(self, module: str) -> Run | None:
        summary = self.library.summary(module)
        run = Run(summary) if summary else None
        self._runs[module] = run
        return run

    def view(self, module: str) -> World:
        """Return the world in which to ask for the names of `module`: this one, unless the order of imports matters."""
        run = self.run(module)
        if run is None:
            return self
        if run.cyclic or self._grows(run):
            return self.session(module)
        parent, _, _ = module.rpartition(".")
        top = module.partition(".")[0]
        if parent and any(star.target.partition(".")[0] == top for star in run.stars):
            session = self.session(parent)
            return session if session.held(module) else self
        return self

    def session(self, module: str) -> World:
        """Return the session in which `module` is imported into a fresh interpreter, its packages first."""
        from loadstone.source.order import Session

        if module not in self._sessions:
            parent, _, _ = module.rpartition(".")
            base = self.session(parent) if parent and self.library.locate(parent) else self
            if base.loaded(module):
                self._sessions[module] = base
            else:
                self._sessions[module] = session = Session(self, base, module)
                session.start(module, None)
        return self._sessions[module]

    def loaded(self, module: str) -> bool:
        """Whether a session has imported the module, with source or without."""
        return False

    def held(self, module: str) -> Run | None:
        """Return the run that a session made in order; None in a world without order."""
        return None

    def inside(self, module: str, entry: str) -> bool:
        """Whether the order in which `module` runs can matter to `entry`: it may import it back.

        True inside one top-level package, and between the program's own modules that share a folder of the path.
        """
        top, entry_top = module.partition(".")[0], entry.partition(".")[0]
        if top == entry_top:
            return True
        folder = self.library.root(top)
        return folder is not None and folder == self.library.root(entry_top) and self.library.is_own(top)

    def _grows(self, run: Run) -> bool:
        """Whether submodules may appear on a package: it imports some, or the packages around it do."""
        package = run.summary.name
        if not run.summary.is_package:
            return False
        return "." in package or any(self.inside(load, package) for load, _ in run.loads)

    # What a running module asks for.

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
        run = self.run(module)
        if run is None:
            return self.opaque.public(module)
        if not run.finished:
            importer.cyclic = True
        elif run.exports is None and self._grows(run):
            run = self.session(module).run(module) or run
        return run.public(), run.public_exact

    def exports(self, module: str) -> tuple[list[str] | None, bool]:
        """Return the `__all__` of a module and whether that is all of it."""
        run = self.run(self.canonical(module))
        if run is None:
            return None, False
        return (None if run.exports is None else list(run.exports)), run.exact

    # Names.

    def find(self, module: str, name: str) -> Found:
        """Return what ``from module import name`` gives when the module has run."""
        module = self.canonical(module)
        location = self.library.locate(module)
        if location is None:
            return MISSING
        run = self.run(module)
        found = self._in_run(run, name) if run else self.opaque.find(location, name)
        if found is not MISSING:
            return found
        if name in _EVERY_MODULE or (name == "__path__" and location.search):
            return IMPLICIT
        if run is not None and run.summary.getattr:  # asked before a submodule is looked for
            return DYNAMIC
        if location.search and self.library.locate(f"{module}.{name}"):
            return Named("module", f"{module}.{name}", "")
        return MISSING if run is None or run.complete else DYNAMIC

    def _in_run(self, run: Run, name: str) -> Found:
        event = run.names.get(name)
        if event is None:
            return MISSING
        module = run.summary.name
        submodule = f"{module}.{name}"
        early = f"{event.target}.".startswith(
            f"{submodule}."
        )  # its own import has loaded the submodule before
        if run.summary.is_package and not early and self._ambiguous(run, submodule):
            run = self.session(module).run(module) or run
            event = run.names.get(name, event)
        return event

    def _ambiguous(self, run: Run, submodule: str) -> bool:
        """Whether a name of a package is bound by a statement, and could be taken by its submodule afterwards."""
        return self.library.locate(submodule) is not None and self._grows(run)

    # Modules.

    def canonical(self, module: str) -> str:
        """Return the module that stands under this name in `sys.modules`: posixpath for os.path."""
        parent, _, _ = module.rpartition(".")
        if not parent or module in self._aliasing:
            return module
        if self.library.locate(module) is not None and not self.library.is_standard(parent):
            return module
        self._aliasing.add(module)
        try:
            return self._registered(module, parent) or module
        finally:
            self._aliasing.discard(module)

    def _registered(self, module: str, parent: str) -> str | None:
        """Return what the parent has put into `sys.modules` under this name; None where it has not."""
        run = self.run(parent) if self.library.locate(parent) else None
        for name, value, _ in run.summary.registers if run else ():
            if name == module and run and value and value[0] == "name" and value[1] in run.names:
                return self.module_of(run.names[value[1]], value[1])
        return None

    def module_of(self, event: Event, path: str) -> str | None:
        """Return the module that a dotted name stands for, whose first part is bound by `event`; None if it is none."""
        kind, module, name, _ = self.resolve(event)
        for part in path.split(".")[1:]:
            if kind != "module" or name:
                return None
            kind, module, name, _ = self.follow(self.find(module, part), module, part)
        return module if kind == "module" and not name else None

    # Origins.

    def resolve(self, event: Event) -> tuple[str, str, str, bool]:
        """Return kind, module and name of an event's origin, and whether something was missing on the way."""
        seen: set[Event] = set()
        while True:
            bound = event.bound
            if bound.how == "definition":
                return bound.kind, event.module, event.name, False
            if bound.how == "import":
                target = self.canonical(event.target)
                return "module", target, "", self.library.locate(target) is None
            found = event.found or self.find(event.target, event.member)
            if not isinstance(found, Event) or found in seen:
                return self._end(found, self.canonical(event.target), event.member)
            seen.add(found)
            event = found

    def follow(self, found: Found, module: str, name: str) -> tuple[str, str, str, bool]:
        """Return the origin of what looking `name` up in `module` has found, as `resolve` does."""
        return self.resolve(found) if isinstance(found, Event) else self._end(found, module, name)

    def _end(self, found: Found, module: str, name: str) -> tuple[str, str, str, bool]:
        if isinstance(found, Named):
            return self.opaque.settle(found, module, name)
        if found is DYNAMIC:
            return "dynamic", module, name, False
        if found is IMPLICIT:
            return "implicit", module, name, False
        return "unknown", module, name, True
