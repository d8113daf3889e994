"""The importer of the host: the algorithm over `sys` itself."""

from __future__ import annotations

import builtins
import importlib
import sys

from loadstone.runtime.importlib_bootstrap.importer import Importer
from loadstone.runtime.importlib_bootstrap.locks import host_lock
from loadstone.runtime.importlib_bootstrap.statement import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from loadstone.runtime.importlib_bootstrap.private import PrivateImporter
    from loadstone.runtime.importlib_bootstrap.watch import Watch

__all__ = ["HostImporter", "host_importer"]


def host_importer() -> HostImporter:
    """Return the importer that watches the host now, or a new one.

    Several parts of a program may watch at once; the function that stands in `builtins` knows the one importer.
    """
    importer = getattr(builtins.__import__, "importer", None)
    return importer if isinstance(importer, HostImporter) else HostImporter()


class HostImporter(Importer):
    """Imports into `sys`; Python's own ``__import__`` stays in place until somebody watches."""

    def __init__(self) -> None:
        super().__init__(sys, host_lock)
        self._native: tuple[Any, Any] = (builtins.__import__, importlib.import_module)
        self._ours: tuple[Any, Any] | None = None

    def see(self, watch: Watch | None) -> None:
        self.watch = watch
        if watch is None:
            self._restore()
        else:
            self._replace(watch)

    def hand_to_c(self, name: str, fromlist: list[Any]) -> Any:
        importer = None
        if _extensions_owners():
            from loadstone.runtime.cimports.deciding import caller_of

            importer = caller_of(name)
        if importer is None:
            return self.ensure(name)
        if self.watch is not None:
            self.watch.guarded(name, importer.state.modules.get(name))
        return importer.hand_to_c(name, fromlist)

    def _replace(self, watch: Watch) -> None:
        from loadstone.runtime.importlib_bootstrap.watch import watched_import_function

        def load(name: str, package: str | None = None) -> Any:
            return import_module(self, name, package)

        self._native = (builtins.__import__, importlib.import_module)
        self._ours = (watched_import_function(self, watch), load)
        builtins.__import__, importlib.import_module = self._ours

    def _restore(self) -> None:
        """Put Python's functions back, but not over what somebody else has put there since."""
        if self._ours is not None:
            if builtins.__import__ is self._ours[0]:
                builtins.__import__ = self._native[0]
            if importlib.import_module is self._ours[1]:
                importlib.import_module = self._native[1]
        self._ours = None
        if _extensions_owners():
            from loadstone.runtime.importlib_bootstrap.called import serve_host

            serve_host()


def _extensions_owners() -> list[PrivateImporter]:
    """Return who has extensions; most programs have none, and never load the module that knows."""
    extensions = sys.modules.get("loadstone.runtime.extensions")
    return [] if extensions is None else extensions.owners()
