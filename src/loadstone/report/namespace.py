"""A module's namespace as text: the table of its names, its conflicts, and who uses it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from loadstone.report.text import PLAIN, relative, table
from loadstone.words import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loadstone.report.show import Shown
    from loadstone.report.text import Style
    from loadstone.source.origins import Binding

__all__ = ["rows", "text"]

HEADINGS = ("name", "kind", "comes from", "bound by", "hides")
LONGEST = 60  # characters of a statement
MOST_HIDDEN = 2
MOST_PLACES = 3
MOST_USERS = 12

Row = tuple[str, str, str, str, str]


def text(shown: Shown, style: Style) -> str:
    """Return what `loadstone show` prints, without the last newline."""
    parts = [f"{style.bold(shown.name)}: {shown.about}"]
    found = list(rows(shown))
    if found:
        parts.append(_table(found, style))
    parts += [f"{style.warn('conflict:')} {conflict}" for conflict in shown.namespace.conflicts]
    parts += [f"{style.dim('note:')} {remark}" for remark in _remarks(shown)]
    parts += _users(shown, style)
    return "\n".join(parts)


def _table(rows: Sequence[Row], style: Style) -> str:
    """Return the table; on a terminal that is too narrow for it, what a name hides moves below its line."""
    wide = table(HEADINGS, rows, PLAIN)
    if not style.width or max(map(len, wide.splitlines())) <= style.width:
        return table(HEADINGS, rows, style)
    own = [row for row in rows if row[0]]
    head, *lines = table(HEADINGS[:-1], [row[:-1] for row in own], style).splitlines()
    stacked = iter(lines)
    told = [head]
    for row in rows:
        told += [next(stacked)] if row[0] else []
        told += [f"      {style.dim('hides')} {row[-1]}"] if row[-1] else []
    return "\n".join(told)


def rows(shown: Shown) -> Iterator[Row]:
    """Yield the cells of each line, in the order of the statements; what else a name hides has a line of its own.

    Names that Python puts into every module are left out, and names of a star that nothing here uses: their
    star has a line of its own when none of its names is left.
    """
    kept = [one for one in shown.namespace.values() if shown.everything or _is_told(shown, one)]
    stars = _silent(shown, kept)
    for one in sorted([*kept, *stars], key=lambda one: _place(one, shown)):
        yield from [_star(one)] if one in stars else _rows(one, shown)


def _is_told(shown: Shown, one: Binding) -> bool:
    if one.kind == "implicit":
        return False
    if one.how != "star":
        return True
    exports = shown.namespace.exports or ()
    return one.name in shown.used or one.name in exports or _conflicts(shown, one.name)


def _conflicts(shown: Shown, name: str) -> bool:
    return any(conflict.name == name for conflict in shown.namespace.conflicts)


def _silent(shown: Shown, kept: Sequence[Binding]) -> list[Binding]:
    """Return one binding of each star that has no line yet."""
    told = {one.statement for one in kept}
    stars = [one for one in shown.namespace.values() if one.how == "star" and one.statement not in told]
    return list({one.statement: one for one in stars}.values())


def _place(one: Binding, shown: Shown) -> tuple[int, int]:
    """Return where a binding stands in the table: after those of this file come those of others, then the rest."""
    if one.statement is None:
        return 2, 0
    return int(one.statement.path != shown.about.path), one.statement.line


def _star(one: Binding) -> Row:
    return ("*", "", one.source_module, one.bound_by, "")


def _rows(one: Binding, shown: Shown) -> Iterator[Row]:
    hidden = [_lost(lost) for lost in one.hides]
    if len(hidden) > MOST_HIDDEN and not shown.everything:
        hidden[1:] = [f"and {len(hidden) - 1} more"]
    first, *others = hidden or [""]
    yield (one.name, _kind(one), _origin(one), _bound_by(one, shown), first)
    for other in others:
        yield ("", "", "", "", other)


def _kind(one: Binding) -> str:
    return "?" if one.kind == "unknown" else one.kind


def _origin(one: Binding) -> str:
    if one.how == "definition" and not one.missing:
        return "here"
    return f"{one.origin} (not found)" if one.missing else str(one.origin)


def _bound_by(one: Binding, shown: Shown) -> str:
    if one.statement is None:
        return ""
    counts = one.bound_by.removeprefix(str(one.statement))
    text = f"{_text(one)}{counts}"
    if one.statement.path == shown.about.path:
        return f"line {one.statement.line}  {text}"
    # A submodule is bound on its package by whichever file imported it first.
    folder = os.path.dirname(shown.about.path) if shown.about.path else None
    return f"{relative(one.statement.path, folder)}:{one.statement.line}  {text}"


def _lost(one: Binding) -> str:
    if one.statement is None:
        return one.lost
    return f"{one.origin}  line {one.statement.line}  {_text(one)}"


def _text(one: Binding) -> str:
    """Return the statement, short enough for a cell: of a long list of imports the name that matters here."""
    assert one.statement is not None
    text = one.statement.text
    if len(text) <= LONGEST:
        return text
    head, found, _ = text.partition(" import ")
    if one.how == "from-import" and found:
        name = f"{one.member or one.name} as {one.alias}" if one.alias else one.name
        return f"{head} import {name}, ..."
    return f"{text[: LONGEST - 4].rstrip()} ..."


def _remarks(shown: Shown) -> Iterator[str]:
    """Yield what a reader must know to trust the table."""
    names = shown.namespace
    if names.dynamic and not names.complete:
        places = ", ".join(map(str, names.dynamic[:MOST_PLACES]))
        rest = len(names.dynamic) - MOST_PLACES
        more = f" and {plural(rest, 'more place')}" if rest > 0 else ""
        yield f"{places}{more} may bind further names that cannot be read; --run shows them"
    missing = sorted({one.source_module for one in names.values() if one.missing and one.source_module})
    if missing:
        yield f"not found on this path: {', '.join(missing)}"


def _users(shown: Shown, style: Style) -> list[str]:
    if not shown.users:
        return []
    lines = [f"  {relative(str(user))}" for user in shown.users[:MOST_USERS]]
    if len(shown.users) > MOST_USERS:
        lines.append(f"  and {plural(len(shown.users) - MOST_USERS, 'more module')}")
    return [f"{style.bold('imported by')} {plural(len(shown.users), 'module')}:", *lines]
