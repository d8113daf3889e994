"""Edits of files, on bytes: what an edit does not name stays as it is, line endings and encoding included."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Edit", "apply", "overlapping"]


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """The bytes from `start` to `end` of one file become `text`; nothing is replaced where the two are equal."""

    path: str
    start: int
    end: int
    text: bytes

    def __str__(self) -> str:
        return f"{self.path}: bytes {self.start} to {self.end} become {self.text!r}"


def apply(content: bytes, edits: Iterable[Edit]) -> bytes:
    """Return the bytes of one file with its edits made; an edit that is there twice is made once.

    Raises ValueError for edits that overlap.
    """
    parts, done = [], 0
    for edit in sorted(set(edits)):
        if edit.start < done:
            raise ValueError(f"this edit overlaps with another one: {edit}")
        parts += [content[done : edit.start], edit.text]
        done = edit.end
    return b"".join([*parts, content[done:]])


def overlapping(edits: Iterable[Edit], others: Iterable[Edit]) -> bool:
    """Whether two sets of edits cannot both be made; the same edit in both can."""
    others = tuple(others)
    return any(_touch(one, other) for one in edits for other in others)


def _touch(one: Edit, other: Edit) -> bool:
    if one.path != other.path or one == other:
        return False
    if one.start == one.end or other.start == other.end:
        return one.start < other.end and other.start < one.end
    return one.start < other.end and other.start < one.end
