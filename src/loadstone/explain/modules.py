"""What could be imported from some path, and what it would bind: read from the files, nothing is run."""

from __future__ import annotations

import os
import sys

from loadstone.explain.state import same_file
from loadstone.source.acts import Unbound
from loadstone.source.finder import Finder
from loadstone.source.project import Library

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from loadstone.source.acts import Bound
    from loadstone.source.bindings import Summary
    from loadstone.source.project import Location

__all__ = ["Modules"]


class Modules:
    """The modules on a path, as Python's own finders would find them; `live` are those that are loaded."""

    def __init__(self, path: Iterable[str], live: Mapping[str, object] | None = None) -> None:
        self.path = tuple(path)
        self._live = live or {}
        self._library = Library(self.path)
        self._finder = Finder()

    def locate(self, name: str) -> Location | None:
        """Return where the module is; None where an import would find nothing, or `name` is no module name."""
        return self._library.locate(name) if all(name.split(".")) else None

    def inside(self, folders: Iterable[str], name: str) -> Location | None:
        """Return where the submodule `name` is in a live package's `__path__`."""
        return self._finder.find(name, list(folders))

    def file(self, name: str) -> str:
        """Return the file of the module; empty where it has none."""
        found = self.locate(name)
        return (found.path or "") if found else ""

    def means(self, name: str, path: str) -> bool:
        """Return whether importing `name` would load the file at `path`."""
        file = self.file(name)
        return bool(file) and same_file(file, path)

    def summary(self, name: str) -> Summary | None:
        """Return what the module's source says; None where there is none, or it cannot be compiled."""
        summary = self._library.summary(name)
        return None if summary is None or summary.error else summary

    def submodules(self, name: str) -> tuple[str, ...]:
        """Return the last parts of the names of a package's modules."""
        return self._library.submodules(name)

    def tops(self) -> set[str]:
        """Return the names of the top-level modules and packages in the folders of the path."""
        return {name for entry in self.path if os.path.isdir(entry) for name in self._finder.modules(entry)}

    def beside(self, parent: str) -> set[str]:
        """Return the last parts of what could be imported from `parent`; for an empty one, all top-level modules."""
        if parent:
            return set(self.submodules(parent))
        return {
            name for name in sys.stdlib_module_names if name[0] != "_" and self.locate(name)
        } | self.tops()

    def bound(self, name: str, member: str) -> tuple[Bound, ...]:
        """Return the statements at the top level of module `name` that bind `member` under that very name."""
        summary = self.summary(name)
        return tuple(bound for bound in summary.bounds if bound.name == member) if summary else ()

    def has(self, name: str, member: str) -> bool | None:
        """Return whether the module would have that attribute or submodule; None where only running it can tell."""
        found = self.locate(name)
        if found is None:  # such as os.path, and collections.abc since 3.13: put among the modules by hand
            return bool(self._loaded(name, member))
        if found.is_package and self.locate(f"{name}.{member}") is not None:
            return True
        if found.kind == "namespace":
            return False
        if found.kind == "built-in":
            return self._loaded(name, member)
        told = self._binds(name, member, frozenset())
        return True if told is None and self._loaded(name, member) else told

    def _loaded(self, name: str, member: str) -> bool | None:
        """Whether a loaded module without source has the member; its own ``__getattr__`` is not asked."""
        names = getattr(self._live.get(name), "__dict__", None)
        return None if names is None else member in names

    def _binds(self, name: str, member: str, seen: frozenset[str]) -> bool | None:
        """Whether the source binds the member, also by a star import; the names of other statements are believed.

        The namespaces of loadstone.source would say it exactly, at the price of following every import: seconds
        for a large package. An explanation must be quick.
        """
        summary = self.summary(name)
        if summary is None:
            return None
        if any(bound.name == member for bound in summary.bounds):
            return (
                None if any(isinstance(act, Unbound) and act.name == member for act in summary.body) else True
            )
        stars = [bound.target for bound in summary.bounds if bound.how == "star" and bound.target not in seen]
        found = [self._exports(star, member, seen | {name}) for star in stars]
        if True in found:
            return True
        return None if None in found or summary.dynamic or summary.getattr else False

    def _exports(self, name: str, member: str, seen: frozenset[str]) -> bool | None:
        """Whether ``from name import *`` brings the member."""
        summary = self.summary(name)
        if summary is None:
            return False if member.startswith("_") else self._loaded(name, member)
        if summary.exports is not None and summary.exports_exact:
            return member in summary.exports
        if member.startswith("_"):
            return None if summary.exports_exact is False else False
        return self._binds(name, member, seen) if summary.exports_exact else None
