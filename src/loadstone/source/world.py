"""The modules of a library as their bodies leave them: each executed once, when it is first asked for."""

from __future__ import annotations

import builtins
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loadstone.source.finder import Location
from loadstone.source.opaque import Named, built_in, describe
from loadstone.source.origins import Origin
from loadstone.source.running import Event, Run, execute
from loadstone.source.verdicts import SOMETHING, UNKNOWN, known

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loadstone.source.bindings import Summary
    from loadstone.source.project import Library

__all__ = ["DYNAMIC", "IMPLICIT", "MISSING", "Found", "World", "implicit_names"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A result that is no event."""

    what: str


MISSING = Mark("missing")
"""No such name, or no such module."""

DYNAMIC = Mark("dynamic")
"""The name may be there: the module binds names that cannot be read, or makes them on demand."""

IMPLICIT = Mark("implicit")
"""Python itself gives every module this name."""

Found = Event | Named | Mark

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


def implicit_names(of: Summary | Location | None) -> tuple[str, ...]:
    """Return the names that Python itself puts into a module."""
    if isinstance(of, Location):
        return _EVERY_MODULE[:5] if of.path is None else _EVERY_MODULE[:6]
    more = ("__path__",) if of and of.is_package else ()
    return (*_EVERY_MODULE, *more, *(("__annotations__",) if of and of.annotated and _ANNOTATES else ()))


_ANNOTATES = sys.version_info < (3, 14)
"""Until Python 3.13 a module with annotated assignments has `__annotations__` from the start (PEP 649)."""


class World:
    """Runs by module, and what follows from them."""

    def __init__(self, library: Library) -> None:
        self.library = library
        # Module to its Run; one that is not finished is in the middle of a cycle of stars.
        self._runs: dict[str, Run | None] = {}
        self._opaque: dict[str, Mapping[str, Named] | None] = {}
        self._importing: set[str] = set()
        self.builtins: Mapping[str, Named] = describe(builtins)

    def run(self, module: str) -> Run | None:
        """Return the module's namespace; None where it has no source."""
        if module not in self._runs:
            summary = self.library.summary(module)
            self._runs[module] = run = Run(summary) if summary else None
            if run:
                execute(run, self)
        return self._runs[module]

    def opaque(self, module: str) -> Mapping[str, Named] | None:
        """Return the names of a module without source; None where they are unknown."""
        if module not in self._opaque:
            location = self.library.locate(module)
            names = None
            if location is not None and location.kind == "namespace":
                names = {}
            elif location is not None:
                names = built_in(location)
                if names is None and self.library.names_of:
                    names = self.library.names_of(location)
            self._opaque[module] = names
        return self._opaque[module]

    # Names.

    def find(self, module: str, name: str) -> Found:
        """Return what `name` is in `module` when its body has run."""
        module = self.canonical(module)
        location = self.library.locate(module)
        if location is None:
            return MISSING
        run = self.run(module)
        if run is not None and name in run.names:
            return run.names[name]
        if name in _EVERY_MODULE or (name == "__path__" and location.search):
            return IMPLICIT
        found = self._without_event(module, run, name)
        if found is not MISSING:
            return found
        if location.search and self.library.locate(f"{module}.{name}"):
            return Named("module", f"{module}.{name}", "")
        return DYNAMIC if run is not None and not run.complete else MISSING

    def _without_event(self, module: str, run: Run | None, name: str) -> Found:
        if run is not None:
            return MISSING
        names = self.opaque(module)
        if names is None:
            return DYNAMIC
        return names.get(name, MISSING)

    def public(self, module: str, importer: Run) -> tuple[str, ...] | None:
        """Return the names that a star import of `module` brings; None where they are unknown."""
        module = self.canonical(module)
        run = self.run(module)
        if run is not None:
            if not run.finished:
                importer.cyclic = True
            return run.public() if not run.summary.error else None
        if self.library.locate(module) is None:
            return None
        names = self.opaque(module)
        return None if names is None else tuple(name for name in names if not name.startswith("_"))

    def exports(self, module: str) -> tuple[list[str] | None, bool]:
        """Return the `__all__` of a module and whether that is all of it."""
        run = self.run(self.canonical(module))
        if run is None:
            return None, False
        return (None if run.exports is None else list(run.exports)), run.exact

    # Modules.

    def canonical(self, module: str) -> str:
        """Return the name of the module that really stands under this one in `sys.modules`: posixpath for os.path."""
        parent, _, _ = module.rpartition(".")
        if not parent:
            return module
        if self.library.locate(module) is not None and not self.library.is_standard(parent):
            return module
        run = self.run(parent) if self.library.locate(parent) else None
        for name, value, _ in run.summary.registers if run else ():
            if name == module and run and value and value[0] == "name" and value[1] in run.names:
                return self.module_of(run.names[value[1]], value[1]) or module
        return module

    def module_of(self, event: Event, path: str) -> str | None:
        """Return the module that a dotted name stands for, whose first part is bound by `event`; None if it is none."""
        _, _, rest = path.partition(".")
        kind, module, name = self.resolve(event)[:3]
        if kind != "module" or name:
            return None
        for part in rest.split(".") if rest else ():
            found = self.find(module, part)
            if isinstance(found, Event):
                kind, module, name = self.resolve(found)[:3]
            elif isinstance(found, Named):
                kind, module, name = found.kind, found.module, found.name
            else:
                return None
            if kind != "module" or name:
                return None
        return module

    def resolve(self, event: Event) -> tuple[str, str, str, bool]:
        """Return kind, module and name of an event's origin, and whether something was missing on the way."""
        seen = set()
        while True:
            bound = event.bound
            if bound.how == "definition":
                return bound.kind, event.module, event.name, False
            if bound.how == "import":
                target = self.canonical(event.target)
                return "module", target, "", self.library.locate(target) is None
            found = self.find(event.target, event.member)
            if isinstance(found, Named):
                return found.kind, found.module, found.name, False
            if not isinstance(found, Event) or id(found) in seen:
                return self._end(found, event)
            seen.add(id(found))
            event = found

    def origin_of(self, named: Named) -> Origin:
        """Return the origin of a name of a module without source, followed on where that module took it from."""
        if not named.name or not self.run(named.module):
            return Origin(named.module, named.name)
        found = self.find(named.module, named.name)
        if not isinstance(found, Event):
            return Origin(named.module, named.name)
        return Origin(*self.resolve(found)[1:3])

    def _end(self, found: Found, event: Event) -> tuple[str, str, str, bool]:
        module = self.canonical(event.target)
        if found is DYNAMIC:
            return "dynamic", module, event.member, False
        if found is IMPLICIT:
            return "implicit", module, event.member, False
        return "unknown", module, event.member, True

    # Questions that decide forks.

    def importable(self, target: str, importer: str) -> bool:
        """Whether importing `target` gets as far as running it, and it does not fail for want of another module."""
        if self.library.locate(target) is None and self.canonical(target) == target:
            return False
        if target in self._importing or self.library.locate(target) is None:
            return True
        self._importing.add(target)
        try:
            return not self._fails(target)
        finally:
            self._importing.discard(target)

    def _fails(self, target: str) -> bool:
        run = self.run(target)
        if run is None or not run.finished:
            return False
        if run.failures:
            return True
        top = target.partition(".")[0]
        for load, _ in run.loads:
            if self.library.locate(load) is None and self.canonical(load) == load:
                return True
            if load.partition(".")[0] == top and not self.importable(load, target):
                return True
        return False

    def lacks(self, module: str, name: str) -> bool:
        """Whether ``from module import name`` certainly fails."""
        return self.library.locate(self.canonical(module)) is not None and self.find(module, name) is MISSING

    def is_unbound(self, name: str, run: Run) -> bool:
        """Whether reading a name that the module has not bound so far is certainly a NameError."""
        if name in _EVERY_MODULE or name in ("__path__", "__annotations__", "__file__"):
            return False
        return run.complete and not hasattr(builtins, name)

    def value(self, event: Event, rest: str) -> object:
        """Return the value of a dotted name whose first part is bound by `event`, as `verdicts.Lookup` wants it."""
        bound = event.bound
        if event.others or not event.sure:
            return UNKNOWN
        if bound.how == "definition":
            if rest:
                return UNKNOWN
            return event.value if bound.kind == "variable" else SOMETHING
        if bound.how == "import":
            return self._of_module(event.target, rest)
        value = known(event.target, f"{event.member}.{rest}" if rest else event.member)
        if value is not UNKNOWN:
            return value
        found = self.find(event.target, event.member)
        if isinstance(found, Event):
            return self.value(found, rest) if found is not event else UNKNOWN
        if isinstance(found, Named) and not rest and found.kind != "variable":
            return SOMETHING
        return UNKNOWN

    def _of_module(self, module: str, rest: str) -> object:
        if not rest:
            return SOMETHING
        value = known(module, rest)
        if value is not UNKNOWN:
            return value
        if rest.endswith("?"):
            found = self.find(module, rest[:-1])
            return UNKNOWN if found is DYNAMIC else found is not MISSING
        head, _, tail = rest.partition(".")
        found = self.find(module, head)
        return self.value(found, tail) if isinstance(found, Event) else UNKNOWN
