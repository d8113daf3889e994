"""What an explanation is: one sentence, the lines that show it, and the repairs, cheapest first."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, field

from loadstone.explain.clean import StandardLibraryFirst

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Edit", "Evidence", "Explanation", "Repair", "relative_to"]

WIDEST = 60  # of a quoted source line, in characters
COLUMN = 34  # a place or source that is longer stands out of its column, instead of widening it


@dataclass(frozen=True, slots=True)
class Evidence:
    """One line that shows the cause: a place in a file with its text, what it does, or only a sentence."""

    note: str = ""
    path: str = ""
    line: int = 0
    source: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of whole lines: `old` at `line` of `path` becomes `new`; empty `old` inserts before it.

    Both texts are lines without their line ends, joined with newlines; an empty `new` deletes. Edits that
    belong together speak of the file as it is: make them from the bottom up, insertions at a line last.
    """

    path: str
    line: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Repair:
    """One way out: a sentence, and, where they can be given exactly, the command or the edits."""

    say: str
    run: str = ""
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an import failed; `str` is what is printed. Paths are absolute in it, and shown from `folder`."""

    kind: str
    summary: str
    evidence: tuple[Evidence, ...] = ()
    repairs: tuple[Repair, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict, hash=False)
    folder: str = ""

    @property
    def details(self) -> tuple[str, ...]:
        """The lines of evidence as they are printed."""
        return tuple(_table(self.evidence, self.folder))

    @property
    def repair(self) -> Repair | None:
        """The cheapest repair; None where there is none that is known to be right."""
        return self.repairs[0] if self.repairs else None

    def text(self, *, colour: bool = False) -> str:
        """Return the block that is printed below the traceback; it ends without a newline."""
        head = f"{_bold('loadstone:', colour)} {self.summary}"
        return "\n".join([head, *("  " + line for line in self.details), *_ways(self.repairs, colour)])

    def __str__(self) -> str:
        return self.text()

    def to_json(self) -> str:
        """Return everything here as one line of JSON."""
        with StandardLibraryFirst():  # a json.py or re.py of the user's may be what this is about
            import json

        known = asdict(self)
        return json.dumps({**known, "repair": known["repairs"][0] if self.repairs else None}, default=str)


def relative_to(folder: str, path: str) -> str:
    """Return `path` as seen from `folder`, or unchanged when that would be no shorter or leave a drive."""
    if not (folder and os.path.isabs(path)):
        return path
    try:
        near = os.path.relpath(path, folder)
    except ValueError:  # Windows: another drive
        return path
    return near if len(near) < len(path) and not near.startswith(os.path.join("..", "..", "..")) else path


def _table(evidence: tuple[Evidence, ...], folder: str) -> list[str]:
    rows = [(_place(item, folder), _short(item.source), item.note) for item in evidence]
    places = _column(place for place, _, _ in rows)
    sources = _column(source for place, source, _ in rows if place)
    return [_row(row, places, sources) for row in rows]


def _column(cells: Iterable[str]) -> int:
    return max((len(cell) for cell in cells if len(cell) <= COLUMN), default=0)


def _row(row: tuple[str, str, str], places: int, sources: int) -> str:
    place, source, note = row
    if not place:
        return note
    cells = [place.ljust(places), source.ljust(sources), note] if source else [place.ljust(places), note]
    return "  ".join(cells).rstrip()


def _place(item: Evidence, folder: str) -> str:
    path = relative_to(folder, item.path)
    return f"{path}:{item.line}" if item.line else path


def _short(source: str) -> str:
    line = " ".join(source.split())
    return line if len(line) <= WIDEST else line[: WIDEST - 3] + "..."


def _ways(repairs: tuple[Repair, ...], colour: bool) -> list[str]:
    lines = []
    for count, repair in enumerate(repairs):
        word = _bold("or:", colour) if count else _bold("repair:", colour)
        lines.append(f"  {word} {repair.say}" + (":" if repair.run else ""))
        if repair.run:
            lines.append(f"      {repair.run}")
    return lines


def _bold(text: str, colour: bool) -> str:
    return f"\x1b[1m{text}\x1b[0m" if colour else text
