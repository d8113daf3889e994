"""Module locks: one thread executes a module, the others wait for it, and cycles between threads are noticed.

Every lock is CPython's own, because its deadlock detection walks one table for the whole process: a thread
that waits in a space for a thread that waits in the host is found only when both wait on that kind of lock.
What a space has of its own is the table of names, so that two spaces never wait for each other's modules.
"""

from __future__ import annotations

import _thread

from loadstone.runtime.importlib_bootstrap.native_locks import DeadlockError, finder_lock, host_lock, new_lock
from loadstone.runtime.window import WINDOW

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["DeadlockError", "ModuleLocks", "finder_lock", "host_lock"]


class ModuleLocks:
    """The locks of one space, by module name.

    `_held` maps a name to ``[lock, users]``: ``{"shop.cart": [_ModuleLock('shop.cart'), 2]}`` while one
    thread executes it and a second waits. The row dies when its last user leaves.
    """

    __slots__ = ("_guard", "_held")

    def __init__(self) -> None:
        # Re-entrant, for a destructor that imports may run while the guard is held; and a fork takes it.
        self._guard = finder_lock()
        self._held: dict[str, list[Any]] = {}

    def __call__(self, name: str) -> _Hold:
        """Return a context manager that holds the lock of `name`; entering may raise DeadlockError."""
        return _Hold(self, name)

    def enter(self, name: str) -> Any:
        with self._guard:
            row = self._held.get(name)
            if row is None:
                row = self._held[name] = [new_lock(name), 0]
            row[1] += 1
        return row[0]

    def leave(self, name: str) -> None:
        with self._guard:
            row = self._held[name]
            row[1] -= 1
            if not row[1]:
                del self._held[name]

    def is_elsewhere(self, name: str) -> bool:
        """Return whether another thread holds the lock of `name`."""
        row = self._held.get(name)
        return row is not None and row[0].owner not in (None, _thread.get_ident())


class _Hold:
    """Holds one lock. A thread that has the import window does not have it meanwhile (window.py)."""

    __slots__ = ("_lock", "_locks", "_name", "_paused")

    def __init__(self, locks: ModuleLocks, name: str) -> None:
        self._locks = locks
        self._name = name

    def __enter__(self) -> None:
        self._paused = WINDOW.pause()
        self._lock = self._locks.enter(self._name)
        try:
            self._lock.acquire()
        except BaseException:
            self._leave()
            raise

    def __exit__(self, *_: object) -> None:
        self._lock.release()
        self._leave()

    def _leave(self) -> None:
        self._locks.leave(self._name)
        if self._paused is not None:
            WINDOW.open(self._paused)
