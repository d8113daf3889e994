"""What a rule has found: a Diagnostic, the Places it points at, and the Edit that would settle it."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["LEVELS", "Diagnostic", "Edit", "Place", "at_least"]

LEVELS = ("note", "warning", "error")
"""From mild to grave. An error is certain and changes what a program does; a note alone does not fail a check."""


class Place(NamedTuple):
    """Some columns of one line, and what is to be said about them.

    Lines and columns start at 1 and count characters; `end_column` is the column behind the last.
    """

    path: str
    line: int
    column: int
    end_column: int
    label: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Edit(NamedTuple):
    """The change that would settle a finding: lines `first` to `last` become `lines`.

    Nothing is replaced where `last` is ``first - 1``: the lines go in before `first`. `title` is the sentence that
    introduces it. It is a proposal; `loadstone fix` writes what it has proven.
    """

    path: str
    first: int
    last: int
    lines: tuple[str, ...]
    title: str

    @classmethod
    def insert(cls, path: str, after: int, lines: tuple[str, ...], title: str) -> Edit:
        """Return the edit that puts lines in after line `after`; 0 is the top of the file."""
        return cls(path, after + 1, after, lines, title)

    def __str__(self) -> str:
        where = f"after line {self.last}" if self.last < self.first else f"in line {self.first}"
        return f"{self.title}, {where}: {' / '.join(self.lines)}"


class Diagnostic(NamedTuple):
    """One finding of one rule.

    `place` is where it stands, `related` the other sides of the matter, in any file. `message` is one sentence;
    `notes` are facts that belong to it, one sentence each.
    """

    rule: str
    level: str
    place: Place
    message: str
    related: tuple[Place, ...] = ()
    notes: tuple[str, ...] = ()
    edit: Edit | None = None

    @property
    def path(self) -> str:
        """The file in which it stands."""
        return self.place.path

    @property
    def line(self) -> int:
        """Its line, from 1."""
        return self.place.line

    @property
    def column(self) -> int:
        """Its column, from 1, in characters."""
        return self.place.column

    @property
    def end_column(self) -> int:
        """The column behind its last character."""
        return self.place.end_column

    def __str__(self) -> str:
        return f"{self.place}: {self.level}[{self.rule}] {self.message}"


def at_least(level: str, least: str) -> bool:
    """Whether a level is as grave as `least`, or graver."""
    return LEVELS.index(level) >= LEVELS.index(least)
