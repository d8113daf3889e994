"""Groups of modules that import one another, and the shortest loop in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["components", "shortest_loop"]

_SHORTEST = 2
_PATIENCE = 20_000
"""Nodes that are looked at, over all starts, to find a shortest loop."""


def components(follow: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """Return the strongly connected components with more than one node, each sorted, the smallest name first.

    `follow` maps each node to its successors. Tarjan's algorithm, with a stack of its own: a chain of ten thousand
    modules is longer than Python's recursion limit. A node that follows itself is no component.
    """
    search = _Search(follow)
    for node in follow:
        if node not in search.index:
            search.visit(node)
    return sorted(sorted(found) for found in search.found)


class _Search:
    def __init__(self, follow: Mapping[str, Iterable[str]]) -> None:
        self.follow = follow
        # Node to the order in which it was met; `low` to the earliest node that can be reached from below it.
        self.index: dict[str, int] = {}
        self.low: dict[str, int] = {}
        self.open: dict[str, None] = {}
        self.found: list[list[str]] = []

    def visit(self, start: str) -> None:
        work = [(start, iter(self._enter(start)))]
        while work:
            node, successors = work[-1]
            entered = None
            for other in successors:
                if other not in self.index:
                    entered = other
                    break
                if other in self.open:
                    self.low[node] = min(self.low[node], self.index[other])
            if entered is not None:
                work.append((entered, iter(self._enter(entered))))
                continue
            work.pop()
            if work:
                above = work[-1][0]
                self.low[above] = min(self.low[above], self.low[node])
            self._leave(node)

    def _enter(self, node: str) -> Iterable[str]:
        self.index[node] = self.low[node] = len(self.index)
        self.open[node] = None
        return self.follow.get(node, ())

    def _leave(self, node: str) -> None:
        if self.low[node] != self.index[node]:
            return
        group = []
        while True:
            other, _ = self.open.popitem()
            group.append(other)
            if other == node:
                break
        if len(group) > 1:
            self.found.append(group)


def shortest_loop(follow: Mapping[str, Iterable[str]], nodes: Sequence[str]) -> list[str]:
    """Return the nodes of a shortest loop that stays inside `nodes`; they must be one component.

    In a component of hundreds of modules, not every start is tried: the loop is then a short one.
    """
    inside = set(nodes)
    best: list[str] = []
    for start in nodes[: max(1, _PATIENCE // len(nodes))]:
        best = _loop_from(start, follow, inside, best) or best
        if len(best) == _SHORTEST:
            break
    return best


def _loop_from(
    start: str, follow: Mapping[str, Iterable[str]], inside: set[str], best: list[str]
) -> list[str] | None:
    """Return a shortest loop through `start`; None if it would be no shorter than `best`."""
    before: dict[str, str] = {}
    layer = [start]
    length = 0
    while layer and (not best or length + 1 < len(best)):
        length += 1
        reached = []
        for node in layer:
            for other in follow.get(node, ()):
                if other == start:
                    return _back(before, node)
                if other in inside and other not in before:
                    before[other] = node
                    reached.append(other)
        layer = reached
    return None


def _back(before: Mapping[str, str], node: str) -> list[str]:
    path = [node]
    while node in before:
        node = before[node]
        path.append(node)
    return path[::-1]
