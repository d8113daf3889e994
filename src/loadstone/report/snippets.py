"""Source lines with carets under the places that matter."""

from __future__ import annotations

import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from loadstone.check.diagnostic import Edit, Place
    from loadstone.check.lines import Lines
    from loadstone.report.text import Style

__all__ = ["Snippets"]

LONGEST = 160
"""Columns of a source line that are shown; of a longer one, the part around the place."""
_BEFORE = 60


class Snippets:
    """Draws lines of source files; `paint` colours the marks of the primary place."""

    def __init__(self, lines: Lines, style: Style, gutter: int) -> None:
        self.lines = lines
        self.style = style
        self.gutter = gutter

    def rail(self, sign: str = "|") -> str:
        """Return a line that has nothing but the rail."""
        return f"{' ' * self.gutter} {self.style.dim(sign)}"

    def places(
        self, places: Sequence[Place], primary: Place | None, paint: Callable[[str], str]
    ) -> Iterator[str]:
        """Yield the lines of one file that have `places`, each with its marks below it."""
        last = 0
        for number, group in groupby(sorted(places, key=lambda one: one.line), key=lambda one: one.line):
            if last and number > last + 1:
                yield self.style.dim(f"{' ' * self.gutter}...")
            last = number
            yield from self._line(number, list(group), primary, paint)

    def _line(
        self, number: int, places: list[Place], primary: Place | None, paint: Callable[[str], str]
    ) -> Iterator[str]:
        text = self.lines.line(places[0].path, number)
        start = _start(text, min(place.column for place in places))
        yield f"{self.style.dim(f'{number:>{self.gutter}} |')} {_shown(text, start)}".rstrip()
        for place in sorted(places, key=lambda one: (one is not primary, one.column)):
            marks = _marks(text, place, start, "^" if place is primary else "-")
            blank = " " * (len(marks) - len(marks.lstrip()))
            said = f"{marks.strip()} {place.label}".rstrip()
            painted = paint(said) if place is primary else self.style.dim(said)
            yield f"{self.rail()} {blank}{painted}"

    def edit(self, edit: Edit) -> Iterator[str]:
        """Yield what an edit takes away and puts in, with the line before it for orientation."""
        above = edit.first - 1
        if edit.last < edit.first and above:
            yield self._numbered(above, " ", self.lines.line(edit.path, above))
        for number in range(edit.first, edit.last + 1):
            yield self.style.bad(self._numbered(number, "-", self.lines.line(edit.path, number)))
        for offset, line in enumerate(edit.lines):
            yield self.style.good(self._numbered(edit.first + offset, "+", line))

    def _numbered(self, number: int, sign: str, text: str) -> str:
        return f"{number:>{self.gutter}} {'|' if sign == ' ' else sign} {_shown(text, 0)}".rstrip()


def _start(text: str, column: int) -> int:
    """Return how many characters of a long line are left out at its start."""
    return 0 if len(text) <= LONGEST else max(0, min(column - 1 - _BEFORE, len(text) - LONGEST))


def _shown(text: str, start: int) -> str:
    part = text[start : start + LONGEST]
    cut = ("..." if start else "") + part + ("..." if start + LONGEST < len(text) else "")
    return "".join(_printable(character) for character in cut)


def _marks(text: str, place: Place, start: int, sign: str) -> str:
    lead = 3 if start else 0
    before = text[start : place.column - 1]
    inside = text[place.column - 1 : min(place.end_column - 1, start + LONGEST)]
    return " " * (lead + sum(map(_width, before))) + sign * max(sum(map(_width, inside)), 1)


def _printable(character: str) -> str:
    """Return a tab as four columns, and no control character: those move the cursor, or worse."""
    if character == "\t":
        return "    "
    return character if character.isprintable() else "\N{REPLACEMENT CHARACTER}"


def _width(character: str) -> int:
    if character == "\t":
        return 4
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
