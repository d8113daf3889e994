"""Patches, applied to a copy of a project."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from loadstone.errors import BadPatch
from loadstone.fix.patch_text import Patch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loadstone.fix.patch_text import Hunk
    from loadstone.source.tree import Project

__all__ = ["applied"]

_KEPT = (".py", ".pyi", ".toml", ".cfg", ".so", ".pyd", ".gitignore")


@contextmanager
def applied(project: Project, patches: Sequence[Patch]) -> Iterator[str]:
    """Yield a temporary folder with the project's modules and settings, the patches made in it.

    Paths may begin above the project's root, as those of git do. Raises BadPatch where one does not fit, and where all
    are of other files: a patch of paths as they are seen from elsewhere would change nothing, and nobody would know.
    """
    with _copied(project) as folder:
        foreign = []
        for patch in patches:
            mine = _rooted(patch, folder, project.root)
            if mine is None:
                foreign.append(patch.old or patch.new or "")
            else:
                _apply(mine, folder)
        modules = [path for path in foreign if path.endswith(".py")]
        if modules and len(foreign) == len(patches):
            raise BadPatch(reason=f"there is no {modules[0]} in {project.root}, nor any other file of it")
        yield folder


def _rooted(patch: Patch, folder: str, root: str) -> Patch | None:
    """Return the patch with paths from the project's root; None for files that are no part of it."""
    named = patch.old or patch.new or ""
    if not named.endswith(_KEPT):
        return None
    parts = named.split("/")
    for count in range(len(parts)):
        inner = "/".join(parts[count:])
        if patch.old and not os.path.isabs(inner) and os.path.isfile(os.path.join(folder, inner)):
            return _stripped(patch, count)
    if patch.old:
        return None
    above = [*root.split(os.sep)]
    for count in range(len(parts) - 1, 0, -1):  # b/packages/shop/new.py, in the project packages/shop
        if parts[1:count] == above[len(above) - count + 1 :]:
            return _stripped(patch, count)
    return _stripped(patch, int(parts[0] == "b"))


def _stripped(patch: Patch, count: int) -> Patch:
    old, new = (path and "/".join(path.split("/")[count:]) for path in (patch.old, patch.new))
    return Patch(old, new, patch.hunks)


@contextmanager
def _copied(project: Project) -> Iterator[str]:
    """Yield a temporary folder with the project's modules and settings, to be changed at will."""
    with tempfile.TemporaryDirectory(prefix="loadstone-") as made:
        new = os.path.realpath(made)
        folders = {os.path.dirname(path) for path in project.modules.values()} | {project.root}
        for folder in folders:
            inner = os.path.relpath(folder, project.root)
            target = new if inner == os.curdir else os.path.join(new, inner)
            os.makedirs(target, exist_ok=True)
            for file in os.listdir(folder):
                source = os.path.join(folder, file)
                if file.endswith(_KEPT) and os.path.isfile(source):
                    shutil.copyfile(source, os.path.join(target, file))
        yield new


def _apply(patch: Patch, folder: str) -> None:
    """Change the file below `folder`; raise BadPatch where its lines are not what the patch says."""
    content = _read(_below(folder, patch.old)) if patch.old else b""
    lines, at = BytesIO(content).readlines(), 0
    made: list[bytes] = []
    for hunk in patch.hunks:
        start = _found(lines, hunk, at)
        if start is None:
            raise BadPatch(reason=f"it does not fit {patch.old or patch.new}, line {hunk.start}")
        made += [*lines[at:start], *hunk.new]
        at = start + len(hunk.old)
    _write(folder, patch.old, patch.new, b"".join([*made, *lines[at:]]))


def _found(lines: Sequence[bytes], hunk: Hunk, least: int) -> int | None:
    """Return where the old lines of a hunk stand: at its line, or the nearest place that has them."""
    wanted = list(hunk.old)
    expected = max(hunk.start - (1 if wanted else 0), 0)
    places = sorted(range(least, len(lines) - len(wanted) + 1), key=lambda at: abs(at - expected))
    return next((at for at in places if list(lines[at : at + len(wanted)]) == wanted), None)


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise BadPatch(reason=f"there is no file {path}") from error


def _write(folder: str, old: str | None, new: str | None, content: bytes) -> None:
    if old and old != new:
        os.remove(_below(folder, old))
    if new:
        target = _below(folder, new)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "wb") as file:
            file.write(content)


def _below(folder: str, path: str) -> str:
    """Return the full path of a file in `folder`; raise BadPatch for one that leads out of it, into real files."""
    full = os.path.normpath(os.path.join(folder, path))
    if not full.startswith(folder + os.sep):
        raise BadPatch(reason=f"{path} is outside of the project")
    return full
