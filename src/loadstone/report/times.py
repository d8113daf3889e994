"""The slowest modules of a program as a tree, for `loadstone run --times`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loadstone.words import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loadstone.runtime.events import ImportEvent

__all__ = ["Loaded", "loaded", "times"]

SHARE = 0.02  # of the whole time; a module that took less is left out
MOST = 40  # lines


@dataclass(slots=True)
class Loaded:
    """A module that was loaded, with those that were loaded while it ran; seconds."""

    event: ImportEvent
    inner: list[Loaded] = field(default_factory=list)

    @property
    def total(self) -> float:
        """Finding, reading and executing the module, and all that it imported first."""
        return self.event.seconds

    @property
    def own(self) -> float:
        """The total without the modules that it imported first."""
        return max(self.total - sum(one.total for one in self.inner), 0.0)


def loaded(events: Sequence[ImportEvent]) -> list[Loaded]:
    """Return the modules that nothing else was importing, each with its own inside; the slowest first.

    Events come when an import ends, so what a module loads stands before the module itself.
    """
    waiting: list[Loaded] = []
    for event in events:
        if event.how == "path" and event.found is not None:
            inner = [one for one in waiting if one.event.inside == event.module]
            waiting = [one for one in waiting if one.event.inside != event.module]
            waiting.append(Loaded(event, sorted(inner, key=_slowest)))
    return sorted(waiting, key=_slowest)


def times(events: Sequence[ImportEvent]) -> str:
    """Return the tree as text: total and own milliseconds, the module, and the statement that imported it."""
    roots = loaded(events)
    whole = sum(one.total for one in roots)
    rows = list(_rows(roots, whole * SHARE, 0))
    count = sum(1 for _ in _all(roots))
    head = f"loadstone: {plural(count, 'module')} imported in {whole * 1000:.1f} ms"
    if not rows:
        return head + "\n"
    width = max(len(name) for _, _, name, _ in rows[:MOST])
    lines = [
        f"{total:>10.1f} {own:>10.1f}  {name:<{width}}  {site}" for total, own, name, site in rows[:MOST]
    ]
    rest = count - len(lines)
    if rest:
        lines.append(f"{'':>23}and {rest} more that took less")
    return (
        "\n".join([head, f"{'total ms':>10} {'own ms':>10}  {'module':<{width}}  imported by", *lines]) + "\n"
    )


def _slowest(one: Loaded) -> float:
    return -one.total


def _rows(level: Sequence[Loaded], least: float, depth: int) -> Iterator[tuple[float, float, str, str]]:
    for one in level:
        if one.total >= least:
            yield one.total * 1000, one.own * 1000, "  " * depth + one.event.module, _importer(one.event)
            yield from _rows(one.inner, least, depth + 1)


def _importer(event: ImportEvent) -> str:
    line = f", line {event.statement.line}" if event.statement else ""
    return f"{event.importer or 'the interpreter'}{line}"


def _all(level: Sequence[Loaded]) -> Iterator[Loaded]:
    for one in level:
        yield one
        yield from _all(one.inner)
