"""What stands in for three functions of `importlib._bootstrap` while a space that holds extensions is open.

C code that imports without any ``__import__`` (PyImport_ImportModuleLevelObject in Python/import.c: Cython's import
statements) calls ``_find_and_load`` for a name that `sys.modules` does not have, ``_lock_unlock_module`` for a module
that is still being executed, and ``_handle_fromlist`` for a package. What `_find_and_load` returns need not be in
`sys.modules`. A finder on `sys.meta_path` would be asked too, but with the lock of the plain name held, for which two
spaces that import one package would wait in a circle; and CPython would then write the module into `sys.modules`.
"""

from __future__ import annotations

import builtins
import importlib._bootstrap
import sys

from loadstone.runtime.cimports.deciding import c_caller_of, is_a_space_s
from loadstone.runtime.cimports.host_keys import ask, rekey
from loadstone.runtime.extensions import has_top, owner_by_builtins
from loadstone.runtime.importlib_bootstrap.frames import trim
from loadstone.runtime.window import WINDOW, Shut

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

__all__ = ["Hooks"]

_bootstrap: Any = importlib._bootstrap


class Hooks:
    """The functions: for spaces where a space imports, and else CPython's own.

    In the thread that has the import window it is the window's space; elsewhere the C stack tells.
    """

    __slots__ = ("_native",)

    def __init__(self) -> None:
        self._native = tuple(getattr(_bootstrap, name) for name in _NAMES)

    def put(self) -> None:
        """Put them in place of CPython's."""
        ask(is_a_space_s)
        for name in _NAMES:
            setattr(_bootstrap, name, getattr(self, name))

    def take(self) -> None:
        """Put back CPython's."""
        for name, native in zip(_NAMES, self._native, strict=True):
            setattr(_bootstrap, name, native)

    def _find_and_load(self, name: str, import_: Any) -> Any:
        """Return the module `name`, which `sys.modules` does not have, unless `importlib.import_module` asks."""
        native = self._native[0]
        try:
            if WINDOW.is_mine:
                importer = WINDOW.importer
                return importer.ensure(name) if importer.is_own(name) else _outside(native, name, import_)
            both = has_top(name)
            new = sys.modules.get(name) is None
            owner = c_caller_of(name) if both or new else None
            if owner is not None:
                return owner.ensure(name)
            return _alone(native, name, import_, new=new) if both else native(name, import_)
        except BaseException as error:
            trim(error)
            raise

    def _lock_unlock_module(self, name: str) -> None:
        """Wait for whoever executes `name`. What is laid over `sys.modules` is finished, or this thread's own."""
        native = self._native[1]
        if not WINDOW.is_mine:
            native(name)
        elif not WINDOW.importer.is_own(name):
            _outside(native, name)

    def _handle_fromlist(self, module: Any, fromlist: Any, import_: Any, *, recursive: bool = False) -> Any:
        """Return `module`, with those of its submodules imported that `fromlist` asks for."""
        builtins = getattr(module, "__dict__", {}).get(
            "__builtins__", _HOST
        )  # a view has none: it is the host's
        owner = None if builtins is _HOST else owner_by_builtins(builtins)
        if owner is None:
            return self._native[2](module, fromlist, import_, recursive=recursive)
        owner.import_names(module, fromlist)
        return module


def _alone(native: Callable[..., Any], name: str, import_: Any, *, new: bool) -> Any:
    """Return the host's module of a package that a space has, too, imported while no window opens."""
    with Shut():
        module = native(name, import_)
        if new:
            rekey(name)  # C code of the space is not to find it
    return module


def _outside(call: Callable[..., Any], *args: Any) -> Any:
    """Return what `call` returns with the window closed: the host's own modules are imported in the host alone."""
    layer = WINDOW.close()
    try:
        return call(*args)
    finally:
        WINDOW.open(layer)


_HOST = vars(builtins)
_NAMES = ("_find_and_load", "_lock_unlock_module", "_handle_fromlist")
