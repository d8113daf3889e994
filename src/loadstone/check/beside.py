"""Part of a check done by a copy of this process while this one goes on with the rest: the same answers, sooner."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import warnings
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import TracebackType
    from typing import Self

__all__ = ["Beside"]

_COPIES = hasattr(os, "fork") and sys.platform != "darwin"
"""Whether a process can be copied: Windows has no such thing, and macOS forbids a copy most of its libraries."""


class Beside:
    """Does some `work` in a copy of this process, which begins with the ``with`` and does not outlive it.

    Only a process without threads may be copied.
    """

    def __init__(self, work: Callable[[], Any]) -> None:
        self.work = work
        # The process, and the end of the pipe to read from; None before the copy is made and after it has ended.
        self._copy: tuple[int, int] | None = None

    def __enter__(self) -> Self:
        if _COPIES:
            # A Ctrl-C that comes meanwhile is heard when the copy is known, so that it can be ended.
            before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
            try:
                self._copy = _copy(self.work)
            finally:
                self._hear(before)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def result(self) -> Any | None:
        """Wait for what the work comes to, and return it; None where there is no copy, or it has died or raised."""
        if self._copy is None:
            return None
        process, pipe = self._copy
        with open(pipe, "rb", closefd=False) as file:
            sent = file.read()
        os.close(pipe)
        return pickle.loads(sent) if self._end(process) == 0 else None  # noqa: S301  # from a copy of this process

    def _hear(self, signals: Iterable[int]) -> None:
        """Put back which signals are blocked; if one has come, it is an exception here, and there is no copy then."""
        try:
            signal.pthread_sigmask(signal.SIG_SETMASK, signals)
        except BaseException:
            self._stop()
            raise

    def _stop(self) -> None:
        if self._copy is not None:
            process, pipe = self._copy
            os.kill(process, signal.SIGKILL)
            os.close(pipe)
            self._end(process)

    def _end(self, process: int) -> int:
        """Wait for the end of the copy; return how it ended, 0 if all is well."""
        self._copy = None
        return os.waitpid(process, 0)[1]


def _copy(work: Callable[[], Any]) -> tuple[int, int] | None:
    """Return the process of a copy at work and the pipe to read from; None where the system has no room for it."""
    read, write = os.pipe()
    try:
        process = _fork()
        if process == 0:
            _answer(work, write)
    except OSError:
        os.close(read)
        return None
    finally:
        os.close(write)
    return process, read


def _fork() -> int:
    with warnings.catch_warnings():
        # A thread that has just ended may still be counted.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _answer(work: Callable[[], Any], pipe: int) -> NoReturn:
    """Do the work, send what comes of it, and end: nothing that is left open is closed, or written, twice."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends it without a word
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        gc.disable()
        with open(pipe, "wb", closefd=False) as file:
            pickle.dump(work(), file, 5)
        status = 0
    finally:
        os._exit(status)
