"""Folders around a program: which are above it, which of them is its project, and which belong to everybody."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["listed", "parents", "project_root", "shared_folders"]

_MARKS = ("pyproject.toml", "setup.py", "setup.cfg", ".git", ".hg")
_ABOVE = 6  # folders above a place that are looked at


def listed(folder: str) -> list[str]:
    """Return the names in a folder, sorted; none where it is no folder, or may not be read."""
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []


def parents(folder: str) -> Iterator[str]:
    """Yield `folder` and the folders above it, six at most, short of the file system's root."""
    for _ in range(_ABOVE + 1):
        above = os.path.dirname(folder)
        if not folder or above == folder:
            return
        yield folder
        folder = above


def project_root(folder: str) -> str:
    """Return the nearest folder, this one or above, that is marked as a project; else `folder` itself."""
    shared = shared_folders()
    for here in parents(folder):
        if here in shared:
            break
        if any(os.path.exists(os.path.join(here, mark)) for mark in _MARKS):
            return here
    return folder


def shared_folders() -> set[str]:
    """Return folders that hold many people's or many projects' things: being near there means nothing."""
    temporary = [os.path.join(os.sep, "tmp"), os.path.join(os.sep, "var", "tmp")]
    temporary += [os.environ[name] for name in ("TMPDIR", "TEMP", "TMP") if os.environ.get(name)]
    return {os.sep, os.path.expanduser("~"), *map(os.path.realpath, temporary)}
