"""CPython's own module locks, which share one detection of deadlocks."""

from __future__ import annotations

import importlib._bootstrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from typing import Any

__all__ = ["DeadlockError", "finder_lock", "host_lock", "is_busy", "new_lock", "wait_for"]

_bootstrap: Any = importlib._bootstrap

DeadlockError = _bootstrap._DeadlockError
finder_lock = _bootstrap._ImportLockContext


def host_lock(name: str) -> AbstractContextManager[Any]:
    """Return the lock that the interpreter's own import of `name` takes."""
    held: AbstractContextManager[Any] = _bootstrap._ModuleLockManager(name)
    return held


def new_lock(name: str) -> Any:
    """Return a lock of the kind that modules have; `name` is for messages."""
    return _bootstrap._ModuleLock(name)


wait_for = _bootstrap._lock_unlock_module  # returns when no other thread executes the module of a name


def is_busy(module: Any) -> bool:
    """Return whether `module` is still being executed, by any thread."""
    return bool(getattr(getattr(module, "__spec__", None), "_initializing", False))
