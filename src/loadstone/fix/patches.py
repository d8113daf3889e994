"""Patches in the unified format: read, and applied to the files of a folder."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loadstone.errors import BadPatch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loadstone.source.tree import Project

__all__ = ["Patch", "applied", "read_patch"]

_HUNK = re.compile(rb"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_NOWHERE = b"/dev/null"
_KEPT = (".py", ".pyi", ".toml", ".cfg", ".so", ".pyd", ".gitignore")


@dataclass(frozen=True, slots=True)
class Hunk:
    """Lines `old` that stand at line `start` of a file, and the lines `new` that take their place."""

    start: int
    old: tuple[bytes, ...]
    new: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Patch:
    """The change of one file; `old` and `new` are its paths, None where it is not there."""

    old: str | None
    new: str | None
    hunks: tuple[Hunk, ...]

    @property
    def reverse(self) -> Patch:
        """The patch that takes this one back."""
        return Patch(self.new, self.old, tuple(Hunk(one.start, one.new, one.old) for one in self.hunks))

    def apply(self, folder: str) -> None:
        """Change the file below `folder`; raise BadPatch where its lines are not what the patch says."""
        content = _read(_below(folder, self.old)) if self.old else b""
        lines, at = content.splitlines(keepends=True), 0
        made: list[bytes] = []
        for hunk in self.hunks:
            start = _found(lines, hunk, at)
            if start is None:
                raise BadPatch(reason=f"it does not fit {self.old or self.new}, line {hunk.start}")
            made += [*lines[at:start], *hunk.new]
            at = start + len(hunk.old)
        _write(folder, self.old, self.new, b"".join([*made, *lines[at:]]))


def read_patch(text: bytes) -> tuple[Patch, ...]:
    """Return the changes of a patch as ``git diff`` and ``diff -u`` print it; raise BadPatch where there are none."""
    lines = text.splitlines(keepends=True)
    found, at = [], 0
    while at < len(lines) - 1:
        if lines[at].startswith(b"--- ") and lines[at + 1].startswith(b"+++ "):
            old, new = _path(lines[at]), _path(lines[at + 1])
            hunks, at = _hunks(lines, at + 2)
            found.append(Patch(old, new, tuple(hunks)))
        else:
            at += 1
    if not found:
        raise BadPatch(reason="no change of a file is in it: is it what git diff prints?")
    return tuple(found)


@contextmanager
def applied(project: Project, patches: Sequence[Patch]) -> Iterator[str]:
    """Yield a temporary folder with the project's modules and settings, the patches made in it.

    Paths may begin above the project's root, as those of git do. Raises BadPatch where one does not fit.
    """
    with _copied(project) as folder:
        for patch in patches:
            mine = _rooted(patch, folder, project.root)
            if mine is not None:
                mine.apply(folder)
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


def _path(header: bytes) -> str | None:
    path = header[4:].split(b"\t")[0].strip()
    if path == _NOWHERE:
        return None
    return os.fsdecode(path).strip('"')


def _hunks(lines: Sequence[bytes], at: int) -> tuple[list[Hunk], int]:
    hunks = []
    while at < len(lines) and (head := _HUNK.match(lines[at])):
        left, right = int(head[2] or 1), int(head[4] or 1)
        old: list[bytes] = []
        new: list[bytes] = []
        at += 1
        while at < len(lines) and (left or right or lines[at].startswith(b"\\")):
            sign, line = lines[at][:1], lines[at][1:]
            if sign == b"\\":  # no newline at the end of the file
                _chomp(old, new, lines[at - 1][:1])
            if sign in (b" ", b"-", b"\n", b"\r"):
                old.append(line or b"\n")
                left -= 1
            if sign in (b" ", b"+", b"\n", b"\r"):
                new.append(line or b"\n")
                right -= 1
            at += 1
        hunks.append(Hunk(int(head[1]), tuple(old), tuple(new)))
    return hunks, at


def _chomp(old: list[bytes], new: list[bytes], sign: bytes) -> None:
    for lines, signs in ((old, b" -"), (new, b" +")):
        if sign in signs and lines:
            lines[-1] = lines[-1].removesuffix(b"\n").removesuffix(b"\r")


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
