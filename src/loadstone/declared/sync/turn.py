"""Taking turns: one process at a time installs a space."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["turn"]

_PAUSE = 0.1


@contextmanager
def turn(path: str, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock file `path` for the block; `waiting` is called while another process holds it.

    The system lets go of it when a process ends, however it ends.
    """
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "a+b") as file:
        while not _take(file):
            waiting()
            time.sleep(_PAUSE)
        yield


if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> bool:
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
