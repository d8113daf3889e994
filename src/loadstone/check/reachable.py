"""Any module that a program of the project could import, installed or its own, as the rules ask for it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from loadstone.check.checkers import for_checkers

if TYPE_CHECKING:
    from loadstone.source.acts import Bound
    from loadstone.source.project import Library

__all__ = ["Reachable"]


class Reachable:
    """The modules of a library; what works out names is imported when the first is asked for."""

    def __init__(self, library: Library) -> None:
        self.library = library
        # Module to what it binds under TYPE_CHECKING only.
        self._for_checkers: dict[str, dict[str, Bound]] = {}

    def lacks(self, module: str, name: str) -> bool:
        """Whether importing a name from a module certainly finds nothing."""
        from loadstone.source.found import MISSING

        return self.library.world.find(module, name) is MISSING

    def exists(self, module: str) -> bool:
        """Whether importing the module finds something, or may."""
        from loadstone.source.decisions import exists

        return exists(self.library.world, module)

    def is_there(self, module: str) -> bool:
        """Whether the module can be imported: it has a file, or is put into `sys.modules` by another, as os.path is."""
        return self.library.locate(self.library.world.canonical(module)) is not None

    def fails(self, module: str) -> bool:
        """Whether importing the module raises in any case: what it would bind then says nothing."""
        run = self.library.world.run(module)
        return run is not None and bool(run.failures)

    def is_namespace(self, module: str) -> bool:
        """Whether it is a namespace package, of which other distributions may bring further parts."""
        location = self.library.locate(module) if module else None
        return location is not None and location.kind == "namespace"

    def has(self, module: str, name: str) -> bool:
        """Whether a module has the attribute by itself, or may have it for all that is known."""
        from loadstone.source.views import view

        run = self.library.world.run(module)
        if run is None:
            return not self.is_namespace(module)
        if name in run.names or not run.complete:
            return True
        if not run.summary.is_package:
            return False
        ordered = view(self.library.world, module).run(module)
        return ordered is None or name in ordered.names or not ordered.complete

    def may_appear(self, package: str, name: str) -> bool:
        """Whether the package gets the attribute as soon as somebody imports its submodule."""
        location = self.library.locate(package)
        return bool(location and location.is_package) and self.library.locate(f"{package}.{name}") is not None

    def for_checkers(self, module: str, name: str) -> Bound | None:
        """Return the binding of a name that the module has under TYPE_CHECKING only; None for any other."""
        summary = self.library.summary(module) if self.library.locate(module) else None
        if module not in self._for_checkers:
            self._for_checkers[module] = for_checkers(summary) if summary else {}
        return self._for_checkers[module].get(name)

    @cached_property
    def installed(self) -> tuple[str, ...]:
        """The top-level names that the path has, to guess what was meant."""
        found: set[str] = set()
        for folder in self.library.path:
            found.update(name.partition(".")[0] for name in self.library.inputs.listing(folder))
        return tuple(sorted(name for name in found if name.isidentifier()))
