"""Which modules a change of others can reach, by whatever import of theirs: what all the rest come to stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from loadstone.source.bindings import Summary

__all__ = ["reached"]


def reached(changed: Iterable[str], summaries: Collection[Summary]) -> set[str]:
    """Return the names of the modules that import these, directly or through others, themselves included.

    An import counts at whatever time it runs, if it does at all, and so does the package around a module.
    """
    importers: dict[str, list[str]] = {}
    for summary in summaries:
        for name in _imported(summary):
            importers.setdefault(name, []).append(summary.name)
    found = set(changed)
    waiting = list(found)
    while waiting:
        for name in importers.get(waiting.pop(), ()):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found


def _imported(summary: Summary) -> Iterator[str]:
    yield summary.name.rpartition(".")[0]
    for one in summary.imports:
        yield from one.reached(summary.package)
