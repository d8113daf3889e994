"""Folders near the program that hold a module which is not on the path."""

from __future__ import annotations

import os

from loadstone.explain.folders import listed, parents, project_root, shared_folders
from loadstone.explain.modules import Modules
from loadstone.explain.state import origin_of, same_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.explain.failure import Failure

__all__ = ["folders_with"]

_MOST = 100  # siblings that are looked into


def folders_with(failure: Failure, wanted: str) -> Iterator[str]:
    """Yield the folders, nearest first, from which the whole name `wanted` could be imported.

    Looked at: the folders of the file that asks, of the script, and the current one; those above them inside
    the project, their ``src``; then the folders beside.
    """
    seen: set[str] = set()
    for folder in _candidates(failure):
        if folder in seen or any(same_file(folder, entry) for entry in failure.state.path):
            continue
        seen.add(folder)
        if _holds(failure, folder, wanted):
            yield folder


def _holds(failure: Failure, folder: str, wanted: str) -> bool:
    found = Modules([folder])
    place = found.locate(wanted)
    if place is None or origin_of(os.path.join(folder, "")) != "own":
        return False
    # A folder without any Python in it is a namespace package too, and no news.
    if place.kind == "namespace" and not found.submodules(wanted):
        return False
    names = [
        alias.name for one in failure.imports if one.module == wanted for alias in one.names if not one.star
    ]
    return all(found.has(wanted, name) is not False for name in names)


def _candidates(failure: Failure) -> Iterator[str]:
    starts = _starts(failure)
    for start in starts:
        for folder in _within_project(start):
            yield folder
            yield os.path.join(folder, "src")
    for start in starts:
        for folder in _within_project(start):
            yield from _children(folder)


def _starts(failure: Failure) -> list[str]:
    files = [failure.at.path if failure.at else "", failure.state.script]
    own = [os.path.dirname(path) for path in files if os.path.isabs(path) and origin_of(path) == "own"]
    return [*own, failure.state.folder] if failure.state.folder else own


def _within_project(start: str) -> Iterator[str]:
    """Return the folder and those above it, as far as the project goes: at least one above, and none that is shared."""
    root = project_root(start)
    for count, folder in enumerate(parents(start)):
        if count > 1 and (len(folder) < len(root) or root == start):
            return
        if count and folder in shared_folders():
            return
        yield folder


def _children(folder: str) -> Iterator[str]:
    for name in listed(folder)[:_MOST]:
        path = os.path.join(folder, name)
        if (
            not name.startswith((".", "__"))
            and os.path.isdir(path)
            and not os.path.isfile(os.path.join(path, "pyvenv.cfg"))
        ):
            yield path
