"""`atexit` as a space shows it: its handlers run when the space is closed, or the process ends, whichever is first."""

from __future__ import annotations

import atexit
import sys
from functools import partial

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

__all__ = ["Exits"]


class Exits:
    """The exit handlers of one space.

    `_rows` holds them as they were registered with the process, oldest first: ``[partial(close_all, 3)]``. A row
    goes when it is taken back, or when the space is closed.
    """

    __slots__ = ("_rows",)

    def __init__(self) -> None:
        self._rows: list[partial[Any]] = []

    def register(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Callable[..., Any]:
        """Have `function` called at the end; return it."""
        if not callable(function):
            raise TypeError("the first argument must be callable")
        row = partial(function, *args, **kwargs)
        self._rows.append(row)
        atexit.register(row)
        return function

    def unregister(self, function: Callable[..., Any]) -> None:
        """Take back every registration of `function`."""
        for row in [row for row in self._rows if row.func == function]:
            self._forget(row)

    def run(self) -> None:
        """Call the handlers, the last one first; an error is printed, and the next is called."""
        while self._rows:
            row = self._rows[-1]
            self._forget(row)
            try:
                row()
            except Exception as error:  # at the end of a process, too, one cannot keep the others from theirs
                sys.excepthook(type(error), error, error.__traceback__)

    def count(self) -> int:
        """Return how many handlers there are."""
        return len(self._rows)

    def _forget(self, row: partial[Any]) -> None:
        self._rows.remove(row)
        atexit.unregister(row)
