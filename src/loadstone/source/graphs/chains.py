"""Chains from one node to another, the shortest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["distances", "simple_chains"]

STEPS = 200_000
"""Nodes that a search for chains visits at most: a thousand modules that import one another have no end of them."""


def simple_chains(
    follow: Mapping[str, Sequence[str]],
    precede: Mapping[str, Sequence[str]],
    starts: Sequence[str],
    ends: Sequence[str],
) -> Iterator[tuple[str, ...]]:
    """Yield every chain of different nodes that leads from one of `starts` to one of `ends`, the shortest first.

    No chain passes through a second start or end. Ends when there are no more, or after STEPS nodes were visited.
    """
    left = distances(precede, ends, blocked=set(starts))
    reachable = [left[start] for start in starts if start in left]
    if not reachable:
        return
    search = _Search(follow, left, set(starts), set(ends))
    for length in range(min(reachable), len(left) + 1):
        for start in starts:
            yield from search.of_length(start, length)
        if search.steps > STEPS or not search.cut:
            return
        search.cut = False


def distances(
    precede: Mapping[str, Sequence[str]], ends: Sequence[str], blocked: set[str] | None = None
) -> dict[str, int]:
    """Return how many steps each node is away from the nearest of `ends`, for those from which there is a way."""
    found = dict.fromkeys(ends, 0)
    layer = list(ends)
    while layer:
        reached = []
        for node in layer:
            for other in precede.get(node, ()):
                if other not in found:
                    found[other] = found[node] + 1
                    if not blocked or other not in blocked:
                        reached.append(other)
        layer = reached
    return found


class _Search:
    """A depth-first search that never takes a step from which the end is out of reach."""

    def __init__(
        self, follow: Mapping[str, Sequence[str]], left: Mapping[str, int], starts: set[str], ends: set[str]
    ) -> None:
        self.follow = follow
        self.left = left
        self.starts = starts
        self.ends = ends
        self.steps = 0
        # Whether some way was given up only because it is longer than what was asked for.
        self.cut = False

    def of_length(self, start: str, length: int) -> Iterator[tuple[str, ...]]:
        """Yield the chains with exactly `length` steps."""
        if self.left.get(start, length + 1) > length:
            self.cut = self.cut or start in self.left
            return
        path = {start: None}
        work = [iter(self.follow.get(start, ()))]
        while work:
            node = next(work[-1], None)
            if node is None:
                work.pop()
                path.popitem()
                continue
            self.steps += 1
            if self.steps > STEPS:
                return
            if node in path or node in self.starts or node not in self.left:
                continue
            if node in self.ends:
                if len(path) == length:
                    yield (*path, node)
                continue
            if len(path) + self.left[node] > length:
                self.cut = True
                continue
            path[node] = None
            work.append(iter(self.follow.get(node, ())))
