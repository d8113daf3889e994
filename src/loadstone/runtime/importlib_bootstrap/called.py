"""The host's ``__import__`` while a space that holds extensions is open.

When the host calls ``repr`` on an array of a space, numpy's C code imports with the host's builtins: C imports go
by the nearest Python frame. So these are asked whose they are; every other import statement is Python's own.
"""

from __future__ import annotations

import builtins
import importlib

from loadstone.runtime.cimports.deciding import caller_of
from loadstone.runtime.cimports.guard import Guard, from_c
from loadstone.runtime.extensions import has_top
from loadstone.runtime.importlib_bootstrap.frames import trim
from loadstone.runtime.importlib_bootstrap.hooks import Hooks
from loadstone.runtime.window import WINDOW, Shut

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

__all__ = ["leave_host", "serve_host"]


def serve_host() -> None:
    """Put the function into `builtins`, where it or a watching one (which knows what to do) does not stand yet.

    With it come the hooks for C code that imports without any ``__import__``.
    """
    _HOOKS.put()
    native = builtins.__import__
    if not hasattr(native, "importer") and not hasattr(native, "native"):
        builtins.__import__ = _import_function(native)


def leave_host() -> None:
    """Put Python's own function back, but not over what somebody else has put there since."""
    _HOOKS.take()
    native = getattr(builtins.__import__, "native", None)
    if native is not None:
        builtins.__import__ = native


def _import_function(native: Callable[..., Any]) -> Callable[..., Any]:
    def __import__(
        name: str,
        globals: dict[str, Any] | None = None,
        locals: dict[str, Any] | None = None,
        fromlist: Any = (),
        level: int = False,  # from_c tells it from a 0 that is passed
    ) -> Any:
        try:
            if type(fromlist) is list and from_c(globals, locals, fromlist, level):
                return _for_c(native, name, globals, fromlist)
            opened = WINDOW.opened
            if WINDOW.owner is None:
                module = native(name, globals, locals, fromlist, level)
                if WINDOW.opened == opened:
                    return module
            return _around_windows(native, name, globals, locals, fromlist, level)
        except BaseException as error:
            trim(error)
            raise

    __import__.native = native  # type: ignore[attr-defined]
    return __import__


def _around_windows(native: Callable[..., Any], name: str, globals: Any, *rest: Any) -> Any:
    """Return what an import statement of the host binds; what it finds while a window is open may be a space's."""
    while not WINDOW.is_mine:
        opened = WINDOW.opened
        if not has_top(name or _package(globals)) and not has_top(_package(globals)):
            break
        with Shut():
            pass
        try:
            module = native(name, globals, *rest)
        except ImportError:
            if WINDOW.opened == opened:
                raise
        else:
            if WINDOW.opened == opened:
                return module
    return native(name, globals, *rest)


def _package(globals: Any) -> str:
    """Return the module that a relative import starts from, or near it; its top-level name is what counts."""
    package = None if globals is None else globals.get("__package__") or globals.get("__name__")
    return package if isinstance(package, str) else ""


def _for_c(native: Callable[..., Any], name: str, globals: Any, fromlist: list[Any]) -> Any:
    importer = caller_of(name)
    if importer is not None:
        return importer.hand_to_c(name, fromlist)
    if WINDOW.is_mine or not has_top(name):
        return native(name, globals, globals, fromlist, 0)
    # The host's own, handed over as a space's is: a window may open before C looks.
    return _GUARD.hand_over(name, importlib.import_module(name), fromlist)


_GUARD = Guard()
_HOOKS = Hooks()
