"""What stands in for three functions of `importlib._bootstrap` while a space that holds extensions is open.

C code that imports without any ``__import__`` (PyImport_ImportModuleLevelObject in Python/import.c: Cython's import
statements) calls ``_find_and_load`` for a name that `sys.modules` does not have, ``_lock_unlock_module`` for a module
that is still being executed, and ``_handle_fromlist`` for a package. What `_find_and_load` returns need not be in
`sys.modules`. A finder on `sys.meta_path` would be asked too, but with the lock of the plain name held, for which two
spaces that import one package would wait in a circle; and CPython would then write the module into `sys.modules`.
"""

from __future__ import annotations

import importlib._bootstrap
import sys
from _thread import get_ident

from loadstone.runtime.importlib_bootstrap.frames import trim

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from loadstone.runtime.importlib_bootstrap.private import PrivateImporter
    from loadstone.runtime.window import Window

__all__ = ["DeadlockError", "Hooks", "new_lock"]

_bootstrap: Any = importlib._bootstrap

DeadlockError = _bootstrap._DeadlockError


def new_lock(name: str) -> Any:
    """Return a lock of the kind that modules have, which shares their deadlock detection."""
    return _bootstrap._ModuleLock(name)


class Hooks:
    """The functions: for spaces where a space imports, and else CPython's own.

    In the thread that has the `window` it is the window's space; elsewhere `calling` tells, which returns the importer
    of the space whose C code imports just now, or None.
    """

    __slots__ = ("_calling", "_native", "_window")

    def __init__(self, window: Window, calling: Callable[[str], PrivateImporter | None]) -> None:
        self._window = window
        self._calling = calling
        self._native = tuple(getattr(_bootstrap, name) for name in _NAMES)

    def put(self) -> None:
        """Put them in place of CPython's."""
        for name in _NAMES:
            setattr(_bootstrap, name, getattr(self, name))

    def take(self) -> None:
        """Put back CPython's."""
        for name, native in zip(_NAMES, self._native, strict=True):
            setattr(_bootstrap, name, native)

    def _find_and_load(self, name: str, import_: Any) -> Any:
        """Return the module `name`, which `sys.modules` does not have, unless `importlib.import_module` asks."""
        from loadstone.runtime.extensions import has_top
        from loadstone.runtime.window import Shut

        native = self._native[0]
        try:
            if self._is_mine():
                importer = self._window.importer
                return (
                    importer.ensure(name) if importer.is_own(name) else self._outside(native, name, import_)
                )
            owner = self._calling(name) if sys.modules.get(name) is None else None
            if owner is not None:
                return owner.ensure(name)
            if has_top(name):
                with Shut():
                    return native(name, import_)
            return native(name, import_)
        except BaseException as error:
            trim(error)
            raise

    def _lock_unlock_module(self, name: str) -> None:
        """Wait for whoever executes `name`. What is laid over `sys.modules` is finished, or this thread's own."""
        native = self._native[1]
        if not self._is_mine():
            native(name)
        elif not self._window.importer.is_own(name):
            self._outside(native, name)

    def _handle_fromlist(self, module: Any, fromlist: Any, import_: Any, *, recursive: bool = False) -> Any:
        """Return `module`, with those of its submodules imported that `fromlist` asks for."""
        from loadstone.runtime.extensions import owner_by_builtins

        owner = owner_by_builtins(getattr(module, "__builtins__", None))
        if owner is None:
            return self._native[2](module, fromlist, import_, recursive=recursive)
        owner.import_names(module, fromlist)
        return module

    def _is_mine(self) -> bool:
        return self._window.owner == get_ident()

    def _outside(self, call: Callable[..., Any], *args: Any) -> Any:
        """Return what `call` returns with the window closed: the host's own modules are imported in the host alone."""
        layer = self._window.close()
        try:
            return call(*args)
        finally:
            self._window.open(layer)


_NAMES = ("_find_and_load", "_lock_unlock_module", "_handle_fromlist")
