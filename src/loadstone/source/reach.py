"""Which modules a change of others can reach, by whatever import of theirs: what all the rest come to stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from loadstone.source.bindings import Summary

__all__ = ["imported", "importers", "reached"]


def importers(summaries: Iterable[Summary]) -> dict[str, list[str]]:
    """Return by module who imports it: {"shop.db": ["shop.cart"]}.

    An import counts at whatever time it runs, if it does at all, and so does the package around a module.
    """
    found: dict[str, list[str]] = {}
    for summary in summaries:
        for name in imported(summary):
            found.setdefault(name, []).append(summary.name)
    return found


def imported(summary: Summary) -> Iterator[str]:
    """Yield the names of the modules that a module imports, the package around it first; some more than once."""
    yield summary.name.rpartition(".")[0]
    for one in summary.imports:
        yield from one.reached(summary.package)


def reached(changed: Iterable[str], importers: Mapping[str, Iterable[str]]) -> set[str]:
    """Return the names of the modules that import these, directly or through others, themselves included."""
    found = set(changed)
    waiting = list(found)
    while waiting:
        for name in importers.get(waiting.pop(), ()):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found
