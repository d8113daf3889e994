"""The hooks that explain uncaught errors: `sys.excepthook` and `threading.excepthook`.

Both belong to the process, so there is one Hook for each, or none; a Hook knows the hook that was there before
it, and calls it first. Once taken back it only does that: another tool may have kept a reference to it.
"""

from __future__ import annotations

import sys

from loadstone.explain.clean import StandardLibraryFirst

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import ExceptHookArgs
    from typing import Any

__all__ = ["install", "uninstall"]


class Hook:
    """A hook that prints as the one before it did, and then the explanation while `active`."""

    def __init__(self, place: Any, error_of: Callable[..., BaseException | None]) -> None:
        self.place = place  # the module whose `excepthook` it is
        self.previous = place.excepthook
        self.active = True
        self._error_of = error_of

    def __call__(self, *args: Any) -> None:
        self.previous(*args)
        error = self._error_of(*args)
        if self.active and error is not None:
            from loadstone.explain.reporting import report

            report(error)


_installed: list[Hook] = []


def install() -> None:
    """Put the hooks in place; nothing happens where they already are."""
    if _installed:
        return
    with StandardLibraryFirst():  # threading imports types, and a types.py of the user's is not to run for us
        import threading
    for place, error_of in ((sys, _of_program), (threading, _of_thread)):
        hook = Hook(place, error_of)
        place.excepthook = hook  # type: ignore[attr-defined]  # both have it
        _installed.append(hook)


def uninstall() -> None:
    """Take the hooks back where they are still the outermost; elsewhere leave them as plain links of a chain."""
    for hook in _installed:
        hook.active = False
        if hook.place.excepthook is hook:
            hook.place.excepthook = hook.previous
    _installed.clear()


def _of_program(_kind: object, error: BaseException, _trace: object) -> BaseException | None:
    return error


def _of_thread(args: ExceptHookArgs) -> BaseException | None:
    return None if args.exc_type is SystemExit else args.exc_value
