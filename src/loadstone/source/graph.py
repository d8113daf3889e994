"""Who imports whom in a project: edges with the statements that make them, chains, and cycles."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from loadstone.source.graphs.chains import simple_chains
from loadstone.source.graphs.cycles import components, shortest_loop
from loadstone.source.graphs.edges import Edge, Edges

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from loadstone.source.tree import Project

__all__ = ["Cycle", "Edge", "Graph", "graph"]

Chain = tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Cycle:
    """Modules that all import one another while they are imported; `loop` is a shortest way round."""

    modules: tuple[str, ...]
    loop: Chain

    def __str__(self) -> str:
        way = " -> ".join([*(edge.importer for edge in self.loop), self.loop[-1].imported])
        more = len(self.modules) - len(self.loop)
        return f"{way} (and {more} more)" if more else way


class Graph:
    """The import graph of one project: `modules` are the project's, `edges` all that lead out of them."""

    def __init__(self, modules: Iterable[str], edges: Iterable[Edge]) -> None:
        self.modules = tuple(modules)
        self.edges = tuple(edges)
        own = set(self.modules)
        self.external = tuple(edge for edge in self.edges if edge.imported not in own)
        self._from: dict[str, list[Edge]] = {}
        self._to: dict[str, list[Edge]] = {}
        for edge in self.edges:
            self._from.setdefault(edge.importer, []).append(edge)
            self._to.setdefault(edge.imported, []).append(edge)

    def imports(self, name: str) -> tuple[Edge, ...]:
        """Return the edges that lead out of a module, in the order of its text; empty where it imports nothing."""
        return tuple(self._from.get(name, ()))

    def importers(self, name: str) -> tuple[Edge, ...]:
        """Return the edges that lead to a module, the project's own or not; empty where nobody imports it."""
        return tuple(self._to.get(name, ()))

    def inside(self, pattern: str) -> tuple[str, ...]:
        """Return the modules that a pattern means: itself, or for ``shop.*`` all of a package, itself included."""
        if not pattern.endswith(".*"):
            return (pattern,) if pattern in self._to or pattern in self.modules else ()
        package = pattern[:-2]
        every = dict.fromkeys((*self.modules, *self._to))
        return tuple(name for name in every if name == package or name.startswith(f"{package}."))

    def chains(
        self, start: str, end: str, *, most: int = 10, when: Sequence[str] = ("import", "later")
    ) -> tuple[Chain, ...]:
        """Return the chains of imports by which `start` reaches `end`, the shortest first, at most `most`.

        Both are module names, or ``package.*``. Empty where there is no chain. Edges of other times than `when`
        are not followed.
        """
        follow = self.follow(when)
        precede = self._precede(when)
        starts = [name for name in self.inside(start) if name in follow]
        found = simple_chains(follow, precede, starts, self.inside(end))
        return tuple(self._chain(names, when) for names in islice(found, most))

    def cycles(self) -> tuple[Cycle, ...]:
        """Return the groups of modules that import one another at import time, the largest first."""
        follow = self.follow(("import",))
        found = [self._cycle(names, follow) for names in components(follow)]
        return tuple(sorted(found, key=lambda cycle: (-len(cycle.modules), cycle.modules)))

    def follow(self, when: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Return {module: the modules it imports} at these times, in the order of the text."""
        return {
            name: tuple(dict.fromkeys(edge.imported for edge in edges if edge.when in when))
            for name, edges in self._from.items()
        }

    def _precede(self, when: Sequence[str]) -> dict[str, tuple[str, ...]]:
        return {
            name: tuple(dict.fromkeys(edge.importer for edge in edges if edge.when in when))
            for name, edges in self._to.items()
        }

    def _cycle(self, names: Sequence[str], follow: dict[str, tuple[str, ...]]) -> Cycle:
        loop = shortest_loop(follow, names)
        return Cycle(tuple(names), self._chain((*loop, loop[0]), ("import",)))

    def _chain(self, names: Sequence[str], when: Sequence[str]) -> Chain:
        return tuple(self._edge(one, other, when) for one, other in pairwise(names))

    def _edge(self, importer: str, imported: str, when: Sequence[str]) -> Edge:
        return next(edge for edge in self._from[importer] if edge.imported == imported and edge.when in when)

    def __str__(self) -> str:
        return f"{len(self.modules)} modules, {len(self.edges)} imports"


def graph(project: Project) -> Graph:
    """Return the import graph of a project; a file that cannot be read or compiled has no edges."""
    edges = Edges(project)
    summaries = filter(None, map(project.library.summary, project.modules))
    return Graph(project.modules, (edge for summary in summaries for edge in edges.of(summary)))
