"""Import graphs for programs: JSON, and the DOT language of Graphviz."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from loadstone.source.graph import Cycle, Edge
    from loadstone.source.graphs.changes import Changes

__all__ = ["as_dot", "chains_json", "changes_json", "cycles_json", "graph_json"]


def graph_json(edges: Mapping[str, Sequence[Edge]], paths: Mapping[str, str]) -> str:
    """Return modules and edges as one JSON object."""
    return _dumped(
        {
            "modules": [{"name": name, "path": paths.get(name)} for name in edges],
            "edges": [_edge(edge) for group in edges.values() for edge in group],
        }
    )


def chains_json(chains: Sequence[Sequence[Edge]]) -> str:
    """Return the chains as lists of edges, the shortest first."""
    return _dumped({"chains": [[_edge(edge) for edge in chain] for chain in chains]})


def cycles_json(cycles: Sequence[Cycle]) -> str:
    """Return the cycles, the largest first, each with a shortest loop."""
    return _dumped({"cycles": [_cycle(cycle) for cycle in cycles]})


def changes_json(found: Changes) -> str:
    """Return what came and what went; the files may be gone, so edges have lines and no paths."""
    return _dumped(
        {
            "modules_added": list(found.modules_added),
            "modules_removed": list(found.modules_removed),
            "edges_added": [_placeless(edge) for edge in found.edges_added],
            "edges_removed": [_placeless(edge) for edge in found.edges_removed],
            "cycles_added": [list(cycle.modules) for cycle in found.cycles_added],
            "cycles_removed": [list(cycle.modules) for cycle in found.cycles_removed],
        }
    )


def as_dot(edges: Mapping[str, Sequence[Edge]]) -> str:
    """Return the graph for Graphviz; imports that run later are dashed, those for type checkers dotted."""
    return "\n".join(["digraph imports {", *_dot(edges), "}"])


def _dot(edges: Mapping[str, Sequence[Edge]]) -> Iterator[str]:
    for name in edges:
        yield f"    {_quoted(name)};"
    for group in edges.values():
        for edge in group:
            style = {"later": " [style=dashed]", "never": " [style=dotted]"}.get(edge.when, "")
            yield f"    {_quoted(edge.importer)} -> {_quoted(edge.imported)}{style};"


def _quoted(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _edge(edge: Edge) -> dict[str, Any]:
    return {**_placeless(edge), "path": edge.statement.path}


def _placeless(edge: Edge) -> dict[str, Any]:
    return {
        "importer": edge.importer,
        "imported": edge.imported,
        "when": edge.when,
        "line": edge.statement.line,
        "text": edge.statement.text,
    }


def _cycle(cycle: Cycle) -> dict[str, Any]:
    return {"modules": list(cycle.modules), "loop": [_edge(edge) for edge in cycle.loop]}


def _dumped(value: dict[str, Any]) -> str:
    return json.dumps(value, indent=2)
