"""The text of a patch, as ``git diff`` and ``diff -u`` print it: the change of each file."""

from __future__ import annotations

import os
import re
from io import BytesIO
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from loadstone.errors import BadPatch

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Hunk", "Patch", "read_patch"]

_HUNK = re.compile(rb"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_NOWHERE = b"/dev/null"
_HEADER = b"diff --git "
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_LETTERS = {b"a": b"\a", b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v"}


class Hunk(NamedTuple):
    """Lines `old` that stand at line `start` of a file, and the lines `new` that take their place."""

    start: int
    old: tuple[bytes, ...]
    new: tuple[bytes, ...]


class Patch(NamedTuple):
    """The change of one file; `old` and `new` are its paths, None where it is not there."""

    old: str | None
    new: str | None
    hunks: tuple[Hunk, ...] = ()

    @property
    def reverse(self) -> Patch:
        """The patch that takes this one back."""
        return Patch(self.new, self.old, tuple(Hunk(one.start, one.new, one.old) for one in self.hunks))


def read_patch(text: bytes) -> tuple[Patch, ...]:
    """Return the changes of a patch; raise BadPatch where there are none, or where it breaks off."""
    lines = BytesIO(text).readlines()  # not splitlines(): a line of a patch may have a "\r" in it
    found, at = [], 0
    while at < len(lines):
        if lines[at].startswith(b"--- ") and lines[at + 1 : at + 2] and lines[at + 1].startswith(b"+++ "):
            old, new = _path(lines[at][4:]), _path(lines[at + 1][4:])
            hunks, at = _hunks(lines, at + 2)
            found.append(Patch(old, new, tuple(hunks)))
            continue
        if lines[at].startswith(_HEADER):
            found += _without_lines(lines, at)
        at += 1
    if not found:
        raise BadPatch(reason="no change of a file is in it: is it what git diff prints?")
    return tuple(found)


def _path(written: bytes) -> str | None:
    path = written.split(b"\t")[0].strip()
    return None if path == _NOWHERE else _unquoted(path)


def _unquoted(path: bytes) -> str:
    r"""Return a path as it is; git writes ``"caf\303\251.py"`` where it has other letters than ASCII."""
    if path[:1] == path[-1:] == b'"':
        path = _ESCAPE.sub(_character, path[1:-1])
    return os.fsdecode(path)


def _character(found: re.Match[bytes]) -> bytes:
    code = found[1]
    return bytes((int(code, 8) & 255,)) if code.isdigit() else _LETTERS.get(code, code)


def _without_lines(lines: Sequence[bytes], at: int) -> list[Patch]:
    """Return a change that git tells in its header alone: a file under another name, or an empty one."""
    header = tuple(takewhile(lambda line: not line.startswith(_HEADER), lines[at + 1 :]))
    if any(line.startswith(b"--- ") for line in header):
        return []
    said = {
        word: line.removeprefix(word).strip() for line in header for word in _SAID if line.startswith(word)
    }
    old, new = said.get(b"rename from "), said.get(b"rename to ")
    if old and new:
        return [Patch(_unquoted(old), _unquoted(new))]
    both = lines[at].removeprefix(_HEADER).strip()
    name = _unquoted(both[(len(both) + 1) // 2 :])  # a/shop/__init__.py b/shop/__init__.py
    if b"new file mode " in said:
        return [Patch(None, name)]
    return [Patch(name, None)] if b"deleted file mode " in said else []


_SAID = (b"rename from ", b"rename to ", b"new file mode ", b"deleted file mode ")


def _hunks(lines: Sequence[bytes], at: int) -> tuple[list[Hunk], int]:
    hunks = []
    while at < len(lines) and (head := _HUNK.match(lines[at])):
        hunk, at = _hunk(lines, at + 1, int(head[1]), int(head[2] or 1), int(head[4] or 1))
        hunks.append(hunk)
    return hunks, at


def _hunk(lines: Sequence[bytes], at: int, start: int, left: int, right: int) -> tuple[Hunk, int]:
    """Return the hunk of `left` old and `right` new lines at an index, and the index behind it."""
    old: list[bytes] = []
    new: list[bytes] = []
    while left or right or (lines[at : at + 1] and lines[at].startswith(b"\\")):
        sign, line = (lines[at][:1], lines[at][1:]) if at < len(lines) else (b"", b"")
        if sign not in _SIGNS:
            raise BadPatch(reason=f"it breaks off in line {at + 1}")
        if sign == b"\\":  # no newline at the end of the file
            _chomp(old, new, lines[at - 1][:1], b"\r\n" if line.endswith(b"\r\n") else b"\n")
        if sign in b" -\n\r":
            old.append(line or b"\n")
            left -= 1
        if sign in b" +\n\r":
            new.append(line or b"\n")
            right -= 1
        at += 1
    return Hunk(start, tuple(old), tuple(new)), at


_SIGNS = (b" ", b"-", b"+", b"\\", b"\n", b"\r")
"""What a line of a hunk begins with; of an empty one some tools leave out the space."""


def _chomp(old: list[bytes], new: list[bytes], sign: bytes, end: bytes) -> None:
    for lines, signs in ((old, b" -"), (new, b" +")):
        if sign in signs and lines:
            lines[-1] = lines[-1].removesuffix(end)
