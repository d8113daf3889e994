"""Uncaught errors: Python prints them as if nothing of ours had been below the program.

The error is left to the interpreter, which alone knows how to end a process: status, signal, prompt. Only
``sys.excepthook`` is ours for that one call. See _PyErr_PrintEx in CPython's Python/pythonrun.c.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Any

__all__ = ["Uncaught", "refused"]


class Uncaught:
    """A ``sys.excepthook`` for one call: it puts the program's own back, calls it, and explains the error.

    `traceback` is what the program's hook shall see; `replaced` the program's hook, None when the program
    has deleted it; `tracer` the trace function that is off until the end.
    """

    def __init__(self, explain: Callable[[BaseException], None] | None) -> None:
        self.explain = explain
        self.traceback: TracebackType | None = None
        self.replaced: Any = None
        self.tracer: Any = None
        # The interpreter borrows its reference to the hook from `sys`, where the call takes it away: the cycle
        # keeps the hook until the call is over, also when no traceback leads to the frame that made it.
        self.itself = self

    def __call__(self, kind: type[BaseException], error: BaseException, _: TracebackType | None) -> None:
        """Stand in for the program's hook, once."""
        self._restore()
        error.__traceback__ = sys.last_traceback = self.traceback
        failure = _failure(self.replaced or _missing, kind, error)
        if failure is not None:
            _report(failure, error)
        if self.explain is not None:
            self.explain(error)
        sys.settrace(self.tracer)

    def _restore(self) -> None:
        if self.replaced is None:
            del sys.excepthook
        else:
            sys.excepthook = self.replaced


def refused(error: SystemExit, explain: Callable[[BaseException], None]) -> None:
    """Print why runpy did not start a module, as the interpreter does when it leaves with a text; then explain it.

    An exit that the program itself asked for comes from below runpy's own frame, and is left alone.
    """
    runpy = error.__traceback__ and error.__traceback__.tb_next
    if runpy is not None and runpy.tb_next is None:
        _write(f"{error.code}\n")
        explain(error)
        error.code = 1  # the text has been printed


def _failure(hook: Any, kind: type[BaseException], error: BaseException) -> BaseException | None:
    """Call the program's hook; return the error it raised. SystemExit passes: it ends the process."""
    try:
        hook(kind, error, error.__traceback__)
    except SystemExit:
        raise
    except BaseException as failure:
        return failure
    return None


def _missing(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    _write("sys.excepthook is missing\n")
    sys.__excepthook__(kind, error, traceback)


def _report(failure: BaseException, error: BaseException) -> None:
    _write("Error in sys.excepthook:\n")
    failure.__traceback__ = (
        failure.__traceback__ and failure.__traceback__.tb_next
    )  # without _failure's frame
    _show(failure)
    _write("\nOriginal exception was:\n")
    _show(error)


def _show(error: BaseException) -> None:
    sys.__excepthook__(type(error), error, error.__traceback__)


def _write(text: str) -> None:
    if sys.stderr is not None:
        sys.stderr.write(text)
