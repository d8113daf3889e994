"""Taking the import system's own frames out of tracebacks, as CPython does for its own."""

from __future__ import annotations

import importlib._bootstrap
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType, TracebackType
    from typing import Any

__all__ = ["call", "caller", "is_import_system", "trim", "trim_called", "trimming"]

# Everything below runtime/.
_OURS = os.path.dirname(os.path.dirname(__file__)) + os.sep
_CPYTHON = ("<frozen importlib._bootstrap>", "<frozen importlib._bootstrap_external>")

_bootstrap: Any = importlib._bootstrap
call = _bootstrap._call_with_frames_removed


def trim(error: BaseException) -> None:
    """Cut from the traceback of `error` what CPython's remove_importlib_frames would (Python/import.c).

    Our own frames always go. A run of CPython's goes when the error is an ImportError, or when the run ends
    in the call of a module's code; an OSError inside a loader keeps the frames that show where.
    Used just before a bare ``raise``, which adds no frame of its own. ``python -v`` shows everything, as CPython
    does: that is how to see where Loadstone itself went wrong.
    """
    if sys.flags.verbose:
        return
    always = isinstance(error, ImportError)
    head: TracebackType | None = None
    last: TracebackType | None = None
    entry = error.__traceback__
    while entry is not None:
        kept, entry = _next_run(entry, always)
        for item in kept:
            if last is None:
                head = item
            else:
                last.tb_next = item
            last = item
    if last is not None:
        last.tb_next = None
    error.__traceback__ = head


def trim_called(error: BaseException, *, below: bool = True) -> None:
    """Trim an error that came out of `call` on its way through a finder or loader that CPython's import has called.

    CPython then takes its own frames out, up to the import statement: it does so where a run of them ends in
    `_call_with_frames_removed`, by which its own loaders run a module's code. So that entry stays, and none of ours
    before it. Without `below` nothing stays that comes after. Used just before a bare ``raise``, as `trim`.
    """
    if sys.flags.verbose:
        return
    entry = error.__traceback__
    while entry is not None and entry.tb_frame.f_code is not call.__code__:
        entry = entry.tb_next
    if entry is not None:
        error.__traceback__ = entry.tb_next if below else None
    trim(error)
    if entry is not None:
        entry.tb_next = error.__traceback__
        error.__traceback__ = entry


def caller() -> FrameType:
    """Return the innermost frame that is not the import system's."""
    frame = sys._getframe(1)
    while frame.f_back is not None and is_import_system(frame.f_code.co_filename):
        frame = frame.f_back
    return frame


class trimming:  # noqa: N801  # reads as a statement: `with trimming():`
    """Trims what leaves a ``with`` block; the function that holds the block leaves the traceback too."""

    __slots__ = ()

    def __enter__(self) -> None:
        """Do nothing."""

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        if error is not None:
            trim(error)


def _next_run(entry: TracebackType, always: bool) -> tuple[list[TracebackType], TracebackType | None]:
    """Return the entries to keep of the next run of import frames, or the one other frame; and what follows."""
    code = entry.tb_frame.f_code
    if not is_import_system(code.co_filename):
        return [entry], entry.tb_next
    run = []
    following: TracebackType | None = entry
    while following is not None and is_import_system(following.tb_frame.f_code.co_filename):
        code = following.tb_frame.f_code
        if not code.co_filename.startswith(_OURS):
            run.append(following)
        following = following.tb_next
    removed = always or code.co_name == "_call_with_frames_removed"
    return ([] if removed else run), following


def is_import_system(filename: str) -> bool:
    """Return whether code of this file name is the import system's: CPython's frozen half, or ours."""
    return filename in _CPYTHON or filename.startswith(_OURS)
