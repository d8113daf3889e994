"""The host's ``__import__`` while a space that holds extensions is open.

When the host calls ``repr`` on an array of a space, numpy's C code imports with the host's builtins: C imports go
by the nearest Python frame. So these are asked whose they are; every other import statement is Python's own.
"""

from __future__ import annotations

import builtins

from loadstone.runtime.cimports.deciding import c_caller_of, caller_of
from loadstone.runtime.cimports.guard import from_c
from loadstone.runtime.importlib_bootstrap.frames import trim
from loadstone.runtime.importlib_bootstrap.hooks import Hooks
from loadstone.runtime.window import WINDOW

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
                importer = caller_of(name)
                if importer is not None:
                    return importer.hand_to_c(name, fromlist)
            if WINDOW.owner is not None and not level:
                WINDOW.wait(name)
            return native(name, globals, locals, fromlist, level)
        except BaseException as error:
            trim(error)
            raise

    __import__.native = native  # type: ignore[attr-defined]
    return __import__


_HOOKS = Hooks(WINDOW, c_caller_of)
