"""Which folder a project starts in, and which of its files were asked about."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from loadstone.errors import FileMissing
from loadstone.source.inputs import Inputs
from loadstone.source.layout.walk import Folder, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from loadstone.source.layout.walk import Trouble

__all__ = ["absolute", "project_root", "within"]

_MARKERS = ("pyproject.toml", "setup.py", "setup.cfg", ".git")
_FENCES = frozenset(("site-packages", "dist-packages"))


def absolute(paths: Sequence[str]) -> tuple[str, ...]:
    """Return the paths made absolute, the current folder for none; raise FileMissing for one that is not there."""
    found = tuple(os.path.abspath(path) for path in paths or (os.curdir,))
    for path in found:
        if not os.path.exists(path):
            raise FileMissing(path=path)
    return found


def project_root(paths: Sequence[str]) -> tuple[str, bool]:
    """Return the folder that holds the project of `paths`, and whether a file there says so.

    That is the nearest folder above with a pyproject.toml, setup.py, setup.cfg or .git; inside one git repository, the
    outermost with a pyproject.toml (a workspace). Without any of them it is the folder of the paths, outside of
    packages. Nobody's home folder is a project because it is kept in git.
    """
    start = _common(paths)
    found = _marked(start)
    if found:
        return found, True
    while os.path.isfile(os.path.join(start, "__init__.py")):
        start = os.path.dirname(start)
    return start, False


def within(
    root: str,
    paths: Sequence[str],
    exclude: tuple[str, ...],
    *,
    whole: bool,
    inputs: Inputs | None = None,
) -> tuple[Folder, list[Trouble]]:
    """Return the folder `root`, all of it if it is a `whole` project, and in any case what lies in `paths`."""
    inputs = inputs or Inputs()
    for folder in _upwards(_common(paths)):
        for name in (*_MARKERS, "pyvenv.cfg", "__init__.py"):
            inputs.exists(os.path.join(folder, name))
    top, troubles = walk(root, exclude, inputs) if whole else (Folder(root), [])
    for path in paths:
        if path == root and not whole:
            return walk(root, exclude, inputs)
        _graft(top, path, exclude, troubles, inputs)
    return top, troubles


def _common(paths: Sequence[str]) -> str:
    folders = [path if os.path.isdir(path) else os.path.dirname(path) for path in paths]
    try:
        return os.path.commonpath(folders)
    except ValueError:  # two drives of Windows
        return folders[0]


def _marked(start: str) -> str | None:
    nearest = outermost = None
    for folder in _upwards(start):
        names = _names(folder)
        if "pyproject.toml" in names:
            outermost = folder
        if nearest is None and names:
            nearest = folder
        if ".git" in names:
            return outermost or nearest
    return nearest


def _upwards(folder: str) -> Iterable[str]:
    """Yield the folder and those above it, up to where other people's code or somebody's home begins."""
    home = os.path.expanduser("~")
    first = True
    while first or (folder != home and folder != os.path.dirname(folder)):
        if os.path.basename(folder) in _FENCES or os.path.exists(os.path.join(folder, "pyvenv.cfg")):
            return
        yield folder
        folder, first = os.path.dirname(folder), False


def _names(folder: str) -> set[str]:
    return {name for name in _MARKERS if os.path.exists(os.path.join(folder, name))}


def _graft(top: Folder, path: str, exclude: tuple[str, ...], troubles: list[Trouble], inputs: Inputs) -> None:
    """Put a file or folder that was named by the user into the tree, though nothing else led to it."""
    is_file = os.path.isfile(path)
    parts = os.path.relpath(os.path.dirname(path) if is_file else path, top.path).split(os.sep)
    if os.pardir in parts:
        return
    folder, known = top, True
    for part in [part for part in parts if part != os.curdir]:
        known = part in folder.inner
        inner = os.path.join(folder.path, part)
        folder = folder.inner.setdefault(part, Folder(inner, _init_of(inner)))
    if is_file and os.path.basename(path) not in folder.files:
        folder.files.append(os.path.basename(path))
    elif not is_file and not known:
        found, more = walk(path, exclude, inputs)
        folder.files, folder.inner, folder.marks = found.files, found.inner, found.marks
        troubles.extend(more)


def _init_of(folder: str) -> list[str]:
    return ["__init__.py"] if os.path.isfile(os.path.join(folder, "__init__.py")) else []
