"""What is different between two import graphs: modules, edges and cycles that came or went."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from loadstone.source.graph import Cycle, Graph
    from loadstone.source.graphs.edges import Edge

__all__ = ["Changes", "changes"]


@dataclass(frozen=True, slots=True)
class Changes:
    """What the second graph has and the first has not, and the reverse; edges are the same wherever they stand."""

    modules_added: tuple[str, ...]
    modules_removed: tuple[str, ...]
    edges_added: tuple[Edge, ...]
    edges_removed: tuple[Edge, ...]
    cycles_added: tuple[Cycle, ...]
    cycles_removed: tuple[Cycle, ...]

    def inside(self, modules: Collection[str]) -> Changes:
        """Return the changes without edges that lead out of `modules` and what the older graph had besides."""
        own = {*modules, *self.modules_removed}
        return replace(
            self,
            edges_added=tuple(edge for edge in self.edges_added if edge.imported in own),
            edges_removed=tuple(edge for edge in self.edges_removed if edge.imported in own),
        )

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.__slots__)

    def __str__(self) -> str:
        edges = f"imports: {len(self.edges_added)} added, {len(self.edges_removed)} removed"
        return f"modules: {len(self.modules_added)} added, {len(self.modules_removed)} removed; {edges}"


def changes(before: Graph, after: Graph) -> Changes:
    """Return what changed from one graph to another; all of it empty where nothing did.

    A cycle counts as new where its group of modules did not import one another before, all of them.
    """
    old, new = _edges(before), _edges(after)
    was, now = before.cycles(), after.cycles()
    return Changes(
        tuple(name for name in after.modules if name not in set(before.modules)),
        tuple(name for name in before.modules if name not in set(after.modules)),
        tuple(edge for key, edge in new.items() if key not in old),
        tuple(edge for key, edge in old.items() if key not in new),
        _others(now, was),
        _others(was, now),
    )


def _edges(graph: Graph) -> dict[tuple[str, str, str], Edge]:
    return {(edge.importer, edge.imported, edge.when): edge for edge in graph.edges}


def _others(cycles: tuple[Cycle, ...], known: tuple[Cycle, ...]) -> tuple[Cycle, ...]:
    """Return the cycles that are not part of a known one."""
    groups = [{*cycle.modules} for cycle in known]
    return tuple(cycle for cycle in cycles if not any(group.issuperset(cycle.modules) for group in groups))
