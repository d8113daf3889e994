"""Progress of long work, on a terminal only: one line that is written over and then taken away."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TextIO

__all__ = ["progress"]

_FIRST = 0.5
"""Seconds of silence: what is done sooner needs no progress."""
_PAUSE = 0.1


@contextmanager
def progress(verb: str, stream: TextIO | None = None) -> Iterator[Callable[[int, int, str], None] | None]:
    """Yield a function to call with the number done, the number of all and what is next; None without a terminal."""
    stream = stream or sys.stderr
    if stream is None or not stream.isatty():
        yield None
        return
    line = _Line(verb, stream)
    try:
        yield line.show
    finally:
        line.clear()


class _Line:
    def __init__(self, verb: str, stream: TextIO) -> None:
        self.verb = verb
        self.stream = stream
        self.due = time.monotonic() + _FIRST
        self.shown = False

    def show(self, done: int, every: int, name: str) -> None:
        now = time.monotonic()
        if now < self.due:
            return
        self.due, self.shown = now + _PAUSE, True
        self.stream.write(f"\r\x1b[K{self.verb} {done}/{every} {name}"[:79])
        self.stream.flush()

    def clear(self) -> None:
        if self.shown:
            self.stream.write("\r\x1b[K")
            self.stream.flush()
