"""Findings as text: each with its place, the lines of both sides, and the edit that would settle it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from loadstone.check.words import NOT_INSTALLED
from loadstone.report.snippets import Snippets
from loadstone.report.text import PLAIN, relative
from loadstone.words import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from loadstone.check.diagnostic import Diagnostic, Place
    from loadstone.check.lines import Lines
    from loadstone.report.text import Style

__all__ = ["advice", "as_text", "statistics", "summary"]

_MANY = 3
"""Packages that are missing before it is likely that all are."""


def as_text(found: Diagnostic, lines: Lines, style: Style = PLAIN) -> str:
    """Return one finding as compilers print it: a head, the lines with carets, notes, and the edit."""
    numbers = [place.line for place in (found.place, *found.related)]
    if found.edit:
        numbers.append(found.edit.first + len(found.edit.lines))
    snippets = Snippets(lines, style, len(str(max(numbers))))
    return "\n".join(_lines(found, snippets, style))


def summary(found: Sequence[Diagnostic], files: int) -> str:
    """Return the last line of a report: what was found, by level, and in how many files was looked."""
    looked = plural(files, "file")
    if not found:
        return f"{looked}: nothing found"
    counts = Counter(one.level for one in found)
    levels = [plural(counts[level], level) for level in ("error", "warning", "note") if counts[level]]
    fails = counts["error"] or counts["warning"]
    return f"{looked}: {', '.join(levels)}" + ("" if fails else " (notes do not fail a check)")


def advice(found: Iterable[Diagnostic]) -> str:
    """Return what to do where many packages are missing, as in an environment of Loadstone's own; empty elsewhere."""
    missing = {one.message for one in found if one.level == "warning" and NOT_INSTALLED in one.message}
    if len(missing) < _MANY:
        return ""
    return (
        f"{len(missing)} imported packages are not installed in the environment that was looked at: "
        f"if the project has another, name it with --python"
    )


def statistics(found: Iterable[Diagnostic], style: Style = PLAIN) -> str:
    """Return a table of the rules: how often each found something, and at which level; empty for no findings."""
    counts = Counter((one.rule, one.level) for one in found)
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    width = len(str(max(counts.values(), default=0)))
    return "\n".join(
        f"{number:>{width}}  {_paint(style, level)(level)} {rule}" for (rule, level), number in rows
    )


def _lines(found: Diagnostic, snippets: Snippets, style: Style) -> Iterator[str]:
    paint = _paint(style, found.level)
    yield f"{paint(f'{found.level}[{found.rule}]')}{style.bold(': ' + found.message)}"
    for index, places in enumerate(_by_file(found)):
        sign = "-->" if index == 0 else ":::"
        yield f"{' ' * snippets.gutter}{style.dim(sign)} {_at(places[0])}"
        yield snippets.rail()
        yield from snippets.places(places, found.place, paint)
        yield snippets.rail()
    yield from (f"{snippets.rail('=')} {style.bold('note')}: {note}" for note in found.notes)
    if found.edit:
        yield f"{style.good('help')}: {found.edit.title}"
        yield snippets.rail()
        yield from snippets.edit(found.edit)
        yield snippets.rail()


def _by_file(found: Diagnostic) -> list[list[Place]]:
    """Group the places by file, the finding's own file first and its place first in it."""
    files: dict[str, list[Place]] = {}
    for place in (found.place, *found.related):
        files.setdefault(place.path, []).append(place)
    return list(files.values())


def _at(place: Place) -> str:
    return f"{relative(place.path)}:{place.line}:{place.column}"


def _paint(style: Style, level: str) -> Callable[[str], str]:
    return {"error": style.bad, "warning": style.warn}.get(level, style.mild)
