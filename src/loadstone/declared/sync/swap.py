"""A folder is built beside the one that is there, and takes its place when it is whole.

Whatever ends the process: at every moment either the old folder or the new one stands whole, at its own name or
at that of `_old`, from where `recover` brings it back.
"""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["recover", "replacing"]


@contextmanager
def replacing(folder: str) -> Iterator[str]:
    """Yield a new, empty folder; when the block ends well it takes the place of `folder`, else it is removed."""
    new = _new(folder)
    shutil.rmtree(new, ignore_errors=True)
    os.makedirs(new)
    try:
        yield new
        _swap(new, folder)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        recover(folder)
        raise
    shutil.rmtree(_old(folder), ignore_errors=True)


def recover(folder: str) -> None:
    """Bring back what a process left that was ended between the two renamings, and remove its remains."""
    if os.path.isdir(_old(folder)) and not os.path.isdir(folder):
        os.rename(_old(folder), folder)
    for remains in (_new(folder), _old(folder)):
        if os.path.isdir(remains):
            shutil.rmtree(remains, ignore_errors=True)


def _swap(new: str, folder: str) -> None:
    if os.path.isdir(folder):
        os.rename(folder, _old(folder))
    os.rename(new, folder)


def _new(folder: str) -> str:
    return _beside(folder, "new")


def _old(folder: str) -> str:
    return _beside(folder, "old")


def _beside(folder: str, what: str) -> str:
    return os.path.join(os.path.dirname(folder), f".{os.path.basename(folder)}.{what}")
