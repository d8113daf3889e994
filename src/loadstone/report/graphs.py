"""Import graphs as text: a tree of modules and what each imports, chains, cycles, and what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.report.text import PLAIN, relative
from loadstone.words import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from loadstone.report.text import Style
    from loadstone.source.graph import Cycle, Edge, Graph
    from loadstone.source.graphs.changes import Changes

__all__ = ["as_chains", "as_changes", "as_cycles", "as_tree", "shown_edges"]

_WHEN = {"later": ", later", "never": ", for type checkers"}


def shown_edges(graph: Graph, modules: Iterable[str], *, external: bool) -> dict[str, tuple[Edge, ...]]:
    """Return {module: the edges that lead out of it}; those that leave the project only if `external`."""
    own = set(graph.modules)
    return {
        name: tuple(edge for edge in graph.imports(name) if external or edge.imported in own)
        for name in sorted(modules)
    }


def as_tree(edges: dict[str, tuple[Edge, ...]], style: Style = PLAIN) -> str:
    """Return every module with what it imports below it, and the lines that do; a last line counts them."""
    lines = [line for name, group in edges.items() for line in _module(name, group, style)]
    count = sum(map(len, edges.values()))
    return "\n".join([*lines, f"{plural(len(edges), 'module')}, {plural(count, 'import')}"])


def as_chains(
    chains: Sequence[Sequence[Edge]], start: str, end: str, style: Style = PLAIN, *, more: bool = False
) -> str:
    """Return the chains of imports, each edge on a line of its own with its statement; `more` if these are not all."""
    if not chains:
        return f"{start} does not reach {end}"
    blocks = [_chain(chain, style) for chain in chains]
    count = plural(len(chains), "chain")
    rest = f"more than {count}; these are the shortest (--most shows more)" if more else count
    return "\n\n".join([*blocks, f"{start} reaches {end} by {rest}"])


def as_cycles(cycles: Sequence[Cycle], style: Style = PLAIN) -> str:
    """Return each group of modules that import one another while they are imported, with a shortest way round."""
    blocks = ["\n".join(_cycle(cycle, style)) for cycle in cycles]
    return "\n\n".join([*blocks, plural(len(cycles), "cycle") if cycles else "no cycles"])


def as_changes(found: Changes, style: Style = PLAIN) -> str:
    """Return what came with a plus and what went with a minus; one sentence where nothing did."""
    lines = [
        *(style.good(f"+ {name}") for name in found.modules_added),
        *(style.bad(f"- {name}") for name in found.modules_removed),
        *(style.good(f"+ {edge}") for edge in found.edges_added),
        *(style.bad(f"- {edge}") for edge in found.edges_removed),
        *(style.good(f"+ cycle: {cycle}") for cycle in found.cycles_added),
        *(style.bad(f"- cycle: {cycle}") for cycle in found.cycles_removed),
    ]
    return "\n".join([*lines, str(found)] if lines else ["no module and no import changed"])


def _module(name: str, edges: Sequence[Edge], style: Style) -> Iterator[str]:
    yield style.bold(name)
    for number, edge in enumerate(edges, 1):
        branch = "└─" if number == len(edges) else "├─"
        said = f"  line {edge.statement.line}{_WHEN.get(edge.when, '')}"
        yield f"{branch} {edge.imported}{style.dim(said)}"


def _chain(chain: Sequence[Edge], style: Style) -> str:
    lines = [style.bold(chain[0].importer)]
    for depth, edge in enumerate(chain):
        said = f"  {_at(edge)}  {edge.statement.text}{_WHEN.get(edge.when, '')}"
        lines.append(f"{'   ' * depth}└─ {edge.imported}{style.dim(said)}")
    return "\n".join(lines)


def _cycle(cycle: Cycle, style: Style) -> Iterator[str]:
    yield style.bold(str(cycle))
    yield from (f"  {_at(edge)}{style.dim('  ' + edge.statement.text)}" for edge in cycle.loop)
    if len(cycle.modules) > len(cycle.loop):
        yield f"  all of them: {', '.join(cycle.modules)}"


def _at(edge: Edge) -> str:
    return f"{relative(edge.statement.path)}:{edge.statement.line}"
