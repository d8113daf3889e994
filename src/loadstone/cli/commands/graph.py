"""``loadstone graph``: who imports whom."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from loadstone.cli.unfinished import mention_unfinished
from loadstone.errors import BadOptions

if TYPE_CHECKING:
    import argparse

    from loadstone.cli.dispatch import Context
    from loadstone.source.graph import Graph
    from loadstone.source.tree import Project

__all__ = ["HELP", "SUMMARY", "USAGE", "arguments", "main"]

USAGE = "graph [PATHS] [--from A --to B] [--cycles] [--rev A..B] [--external] [--format text|json|dot]"
SUMMARY = "who imports whom: modules and edges, chains from one to another, cycles, and what changed"
HELP = """\
Reads the files and folders given (by default the current folder) as parts of their project, runs nothing,
and prints each module with the modules of the project that it imports, and the lines that do. "later" is an
import inside a function, or under `if __name__ == "__main__"`.

options:
  --from A --to B     the chains of imports by which A reaches B, the shortest first; A and B are modules,
                      or packages with all that is in them: shop.*
  --most NUMBER       how many chains are shown (10)
  --cycles            modules that import one another while they are imported
  --rev A..B          what changed between two revisions of git; --rev A compares with the files as they are
  --external          also what is imported from outside of the project
  --format FORMAT     text, json, or dot (for Graphviz; the graph itself only)
  --python PATH       the interpreter or virtual environment whose installed packages count

With --cycles the exit code is 1 where there are some; with --from and --to, 1 where there is no chain.

examples:
  loadstone graph src
  loadstone graph --from shop.cart --to sqlalchemy
  loadstone graph --cycles
  loadstone graph --rev main..HEAD
  loadstone graph --format dot | dot -Tsvg > imports.svg
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's words."""
    parser.add_argument("paths", metavar="PATHS", nargs="*")
    parser.add_argument("--from", dest="start", metavar="A")
    parser.add_argument("--to", dest="end", metavar="B")
    parser.add_argument("--most", type=int, default=10, metavar="NUMBER")
    parser.add_argument("--cycles", action="store_true")
    parser.add_argument("--rev", metavar="A..B")
    parser.add_argument("--external", action="store_true")
    parser.add_argument("--format", choices=("text", "json", "dot"), default="text")
    parser.add_argument("--python", metavar="PATH")


def main(options: argparse.Namespace, context: Context) -> int:
    """Print the graph, or what was asked about it."""
    from loadstone.cli.progress import progress
    from loadstone.source.store import Store, default_path
    from loadstone.source.tree import find_project

    _sensible(options)
    mention_unfinished("graph", options.paths)
    with Store(default_path()) as store:
        project = find_project(options.paths, python=options.python, running=context.path, store=store)
        with progress("reading", sys.stderr) as show:
            project.library.prepare(project.modules, show)
        return _answer(project, options)


def _answer(project: Project, options: argparse.Namespace) -> int:
    from loadstone.source.graph import graph

    if options.rev:
        return _changes(project, options)
    found = graph(project)
    if options.start:
        return _chains(found, options)
    return _cycles(found, options) if options.cycles else _graph(project, found, options)


def _sensible(options: argparse.Namespace) -> None:
    """Raise BadOptions for options that do not go together."""
    problems = []
    if bool(options.start) != bool(options.end):
        problems.append("--from and --to belong together: --from shop.cart --to shop.db")
    chosen = [word for word in ("start", "cycles", "rev") if getattr(options, word)]
    if len(chosen) > 1:
        problems.append("ask for one thing at a time: --from with --to, --cycles, or --rev")
    if options.format == "dot" and chosen:
        problems.append("--format dot is for the graph itself: leave out the other options, or ask for json")
    if options.most < 1:
        problems.append(f"--most must be at least 1, not {options.most}")
    if problems:
        raise BadOptions(problems=tuple(problems))


def _graph(project: Project, found: Graph, options: argparse.Namespace) -> int:
    from loadstone.report.graphs import as_tree, shown_edges
    from loadstone.report.graphs_data import as_dot, graph_json
    from loadstone.report.text import style_for

    edges = shown_edges(found, project.selected, external=options.external)
    if options.format == "json":
        print(graph_json(edges, project.modules))
    else:
        print(as_dot(edges) if options.format == "dot" else as_tree(edges, style_for(sys.stdout)))
    return 0


def _chains(found: Graph, options: argparse.Namespace) -> int:
    from loadstone.report.graphs import as_chains
    from loadstone.report.graphs_data import chains_json
    from loadstone.report.text import style_for

    _known(found, options.start, options.end)
    every = found.chains(options.start, options.end, most=options.most + 1)
    chains = every[: options.most]
    if options.format == "json":
        print(chains_json(chains))
    else:
        more = len(every) > len(chains)
        print(as_chains(chains, options.start, options.end, style_for(sys.stdout), more=more))
    return int(not chains)


def _known(found: Graph, *patterns: str) -> None:
    """Raise BadOptions for modules that are nowhere in the graph."""
    from loadstone.spelling import closest

    every = sorted({*found.modules, *(edge.imported for edge in found.external)})
    problems = []
    for pattern in patterns:
        if not found.inside(pattern):
            near = closest(pattern, every)
            problems.append(
                f"there is no module {pattern} here" + (f": did you mean {near}?" if near else "")
            )
    if problems:
        raise BadOptions(problems=tuple(problems))


def _cycles(found: Graph, options: argparse.Namespace) -> int:
    from loadstone.report.graphs import as_cycles
    from loadstone.report.graphs_data import cycles_json
    from loadstone.report.text import style_for

    cycles = found.cycles()
    print(cycles_json(cycles) if options.format == "json" else as_cycles(cycles, style_for(sys.stdout)))
    return int(bool(cycles))


def _changes(project: Project, options: argparse.Namespace) -> int:
    from loadstone.fix.revisions import states
    from loadstone.report.graphs import as_changes
    from loadstone.report.graphs_data import changes_json
    from loadstone.report.text import style_for
    from loadstone.source.graph import graph
    from loadstone.source.graphs.changes import changes

    with states(project, options.rev) as (before, after):
        found = changes(graph(before), graph(after))
    if not options.external:
        found = found.inside({*project.modules})
    print(changes_json(found) if options.format == "json" else as_changes(found, style_for(sys.stdout)))
    return 0
