"""What stands in for two functions of `importlib._bootstrap` while the import window is open.

C code that imports a name which `sys.modules` does not have calls ``_find_and_load`` (PyImport_ImportModuleLevelObject
in Python/import.c), and for a module that is still being executed ``_lock_unlock_module``. A finder on
`sys.meta_path` would be asked too, but with the lock of the plain name held, for which two spaces that import
one package would wait in a circle; and CPython would then write the module into `sys.modules`.
"""

from __future__ import annotations

import importlib._bootstrap
from _thread import get_ident

from loadstone.runtime.importlib_bootstrap.frames import trim

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from loadstone.runtime.window import Window

__all__ = ["Hooks", "new_lock"]

_bootstrap: Any = importlib._bootstrap


def new_lock(name: str) -> Any:
    """Return a lock of the kind that modules have, which shares their deadlock detection."""
    return _bootstrap._ModuleLock(name)


class Hooks:
    """Two functions that serve the space in the thread of the open `window`, and are CPython's own in all others."""

    __slots__ = ("_find_and_load", "_lock_unlock", "_window")

    def __init__(self, window: Window) -> None:
        self._window = window

    def put(self) -> None:
        """Put them in place of CPython's, or of whatever stands there."""
        self._find_and_load = _bootstrap._find_and_load
        self._lock_unlock = _bootstrap._lock_unlock_module
        _bootstrap._find_and_load = self.find_and_load
        _bootstrap._lock_unlock_module = self.lock_unlock

    def take(self) -> None:
        """Put back what stood there."""
        _bootstrap._find_and_load = self._find_and_load
        _bootstrap._lock_unlock_module = self._lock_unlock

    def find_and_load(self, name: str, import_: Any) -> Any:
        """Return the module `name`, which `sys.modules` does not have."""
        window = self._window
        native = self._find_and_load
        try:
            if window.owner != get_ident() or window.layer is None:
                window.wait(name)
                return native(name, import_)
            importer = window.layer.importer
            return importer.ensure(name) if importer.is_own(name) else _outside(window, native, name, import_)
        except BaseException as error:
            trim(error)
            raise

    def lock_unlock(self, name: str) -> None:
        """Wait for whoever executes `name`. What is laid over `sys.modules` is finished, or this thread's own."""
        window = self._window
        if window.owner != get_ident() or window.layer is None:
            self._lock_unlock(name)
        elif not window.layer.importer.is_own(name):
            _outside(window, self._lock_unlock, name)


def _outside(window: Window, call: Callable[..., Any], *args: Any) -> Any:
    """Return what `call` returns with the window closed: the host's own modules are imported in the host alone."""
    layer = window.close()
    try:
        return call(*args)
    finally:
        window.open(layer)
