"""Modules without source: what can be said of their names, by asking something that has loaded them."""

from __future__ import annotations

import builtins
import marshal
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loadstone.source import probed
from loadstone.source.inputs import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from loadstone.source.finder import Location
    from loadstone.source.found import Found
    from loadstone.source.project import Library

__all__ = ["Named", "Opaque"]


@dataclass(frozen=True, slots=True)
class Named:
    """A name of a module without source: its kind, and the (module, name) that the object itself claims to be from."""

    kind: str
    module: str
    name: str


class Opaque:
    """The names of the modules of a library that have no source, each asked for once."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.builtins = _named(probed.describe(builtins))
        # Module to {name: Named}, or None where nobody knows its names.
        self._names: dict[str, Mapping[str, Named] | None] = {}

    def names(self, location: Location) -> Mapping[str, Named] | None:
        """Return the names of a module; None where they are unknown."""
        if location.name not in self._names:
            self._names[location.name] = self._ask(location)
        return self._names[location.name]

    def _ask(self, location: Location) -> Mapping[str, Named] | None:
        if location.kind == "namespace":
            return {}
        # What is compiled into the interpreter is the same in every process of it.
        if location.kind == "built-in" and location.name in sys.modules:
            return _named(probed.describe(sys.modules[location.name]))
        if self.library.names_of is None:
            return None
        if location.path:
            self.library.inputs.machine_code(location.path)
        return self._kept(location, self.library.names_of)

    def _kept(
        self, location: Location, names_of: Callable[[Location], Mapping[str, Named] | None]
    ) -> Mapping[str, Named] | None:
        """Return the names of a file from the store as long as it is the same file; what is asked anew is kept."""
        key = _key(location)
        kept = self.library.files.store.get("names", key) if key else None
        if kept is not None:
            return _named(marshal.loads(kept))  # noqa: S302  # ours, from the user's own folder, as .pyc files are
        found = names_of(location)
        if found and key:
            facts = {name: (one.kind, one.module, one.name) for name, one in found.items()}
            self.library.files.store.put("names", key, marshal.dumps(facts))
        return found

    def find(self, location: Location, name: str) -> Found:
        """Return what `name` is in the module."""
        names = self.names(location)
        from loadstone.source.found import DYNAMIC, MISSING

        return DYNAMIC if names is None else names.get(name, MISSING)

    def public(self, module: str) -> tuple[tuple[str, ...], bool]:
        """Return the names that a star import brings, and whether that is known."""
        location = self.library.locate(module)
        names = self.names(location) if location else None
        if names is None:
            return (), False
        return tuple(name for name in names if not name.startswith("_")), True

    def settle(self, named: Named, module: str, name: str) -> tuple[str, str, str, bool]:
        """Return the origin of a name of `module`, as `World.resolve` does.

        An object made by one extension and kept by another is the first one's. What claims to be from a module that has
        source is believed only if that source defines it: `_weakref.ref` calls itself weakref.ReferenceType, and
        weakref has it from `_weakref`.
        """
        if named.module == module or not named.name:
            return named.kind, named.module, named.name, False
        self.library.notes.claimed.add(named.name)
        summary = self.library.summary(named.module)
        if summary is None:
            return named.kind, named.module, named.name, False
        defined = any(bound.name == named.name and bound.how == "definition" for bound in summary.bounds)
        return (named.kind, *((named.module, named.name) if defined else (module, name)), False)


def _key(location: Location) -> bytes:
    """Return the key of a file of machine code; empty for what is compiled into the interpreter."""
    try:
        found = os.stat(location.path or "")
    except OSError:
        return b""
    facts = repr((location, found.st_mtime_ns, found.st_size))
    return digest(facts.encode("utf-8", "backslashreplace"))


def _named(found: Mapping[str, tuple[str, str, str]]) -> dict[str, Named]:
    return {name: Named(*facts) for name, facts in found.items()}
