"""Names of modules: what looking one up gives, through whatever it was imported, to its origin."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from loadstone.source.events import Event
from loadstone.source.finder import Location
from loadstone.source.found import DYNAMIC, IMPLICIT, MISSING
from loadstone.source.opaque import Named

if TYPE_CHECKING:
    from loadstone.source.bindings import Summary
    from loadstone.source.events import Run
    from loadstone.source.found import Found
    from loadstone.source.opaque import Opaque
    from loadstone.source.project import Library

__all__ = ["Resolver", "implicit_names"]

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


class Resolver(ABC):
    """Finds names in the runs of modules, wherever these come from."""

    def __init__(self, library: Library, opaque: Opaque) -> None:
        self.library = library
        self.opaque = opaque
        self._aliasing: set[str] = set()
        # Modules that stand under their own names, as nearly all do: no code puts another there.
        self.plain: set[str] = set()

    @abstractmethod
    def run(self, module: str) -> Run | None:
        """Return the module's namespace; None where it has no source."""

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

    @abstractmethod
    def _in_run(self, run: Run, name: str) -> Found:
        """Return what a name is in the run of a module."""

    # Modules.

    def canonical(self, module: str) -> str:
        """Return the module that stands under this name in `sys.modules`: posixpath for os.path."""
        if module in self.plain:
            return module
        parent, _, _ = module.rpartition(".")
        if self._is_plain(module, parent):
            self.plain.add(module)
            return module
        if module in self._aliasing:
            return module
        self._aliasing.add(module)
        try:
            return self._registered(module, parent) or module
        finally:
            self._aliasing.discard(module)

    def _is_plain(self, module: str, parent: str) -> bool:
        if not parent or not self.library.locate(parent):
            return True
        if self.library.locate(module) is not None and not self.library.is_standard(parent):
            return True
        summary = self.library.summary(parent)
        return summary is None or not summary.registers

    def _registered(self, module: str, parent: str) -> str | None:
        """Return what the parent has put into `sys.modules` under this name; None where it has not."""
        run = self.run(parent)
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
            if bound.how == "import" and not isinstance(event.found, Event):
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
