"""Ask later: a from-import whose names are read only when functions run, or only in annotations."""

from __future__ import annotations

import ast
import os

from loadstone.explain.breaking.trees import (
    bound_by,
    first_line,
    first_of,
    indented,
    is_bound,
    shown,
    statement,
    text_of,
)
from loadstone.explain.explanation import Edit, Repair
from loadstone.explain.folders import project_root
from loadstone.explain.neighbours import importing
from loadstone.explain.uses import uses

TYPE_CHECKING = False
if TYPE_CHECKING:
    from loadstone.explain.failure import Failure, Frame
    from loadstone.explain.uses import Use
    from loadstone.source.reading import Source

__all__ = ["ways"]


def ways(failure: Failure, frame: Frame) -> list[Repair]:
    """Return how the module of the frame can do without what it imports there, until it has been imported."""
    source = failure.files.source(frame.path)
    node = statement(source, frame.line) if source else None
    if source is None or not isinstance(node, ast.ImportFrom) or frame.function != "<module>":
        return []
    names = bound_by(node)
    if "*" in names or _needed_by_others(failure, frame, names):
        return []
    reads = uses([other for other in source.tree.body if other is not node], names)
    moments = {use.when for use in reads}
    if not reads:
        return _not_at_all(failure, source, node, frame)
    if moments == {"annotation"}:
        return [_only_for_types(failure, source, node)]
    if moments != {"later"}:
        return []
    return [*_inside(failure, source, node, reads), *_whole_module(failure, source, node, reads)]


def _not_at_all(failure: Failure, source: Source, node: ast.ImportFrom, frame: Frame) -> list[Repair]:
    """Drop an import whose names nothing reads; a package's own names are there for others, so they stay."""
    if "__path__" in frame.names:
        return []
    edits = (Edit(source.path, node.lineno, text_of(source, node), ""),)
    return [
        Repair(
            f"in {shown(failure, source)}, remove line {node.lineno}: nothing uses what it imports",
            edits=edits,
        )
    ]


def _only_for_types(failure: Failure, source: Source, node: ast.ImportFrom) -> Repair:
    """Leave the import to type checkers, and the annotations as text (PEP 563)."""
    text = text_of(source, node)
    guarded = "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n" + indented(text, "    ")
    edits = [Edit(source.path, node.lineno, text, guarded)]
    say = (
        f"in {shown(failure, source)}, only annotations use it: `if TYPE_CHECKING:` before line {node.lineno}"
    )
    if not any(isinstance(one, ast.ImportFrom) and one.module == "__future__" for one in source.tree.body):
        edits.insert(0, Edit(source.path, first_line(source), "", "from __future__ import annotations"))
        say += ", with `from __future__ import annotations`"
    return Repair(say, edits=tuple(edits))


def _inside(failure: Failure, source: Source, node: ast.ImportFrom, reads: list[Use]) -> list[Repair]:
    """Move the import into the functions; none where one has no line of its own for it."""
    functions = {use.function.lineno: use.function for use in reads if use.function}
    text = text_of(source, node)
    edits = [Edit(source.path, node.lineno, text, "")]
    for function in functions.values():
        first = first_of(function)
        indent = source.lines[first.lineno - 1][: first.col_offset]
        if indent.strip():  # def f(): return 1
            return []
        edits.append(Edit(source.path, first.lineno, "", indented(text, indent)))
    if len(functions) != 1 or any(use.function is None for use in reads):
        return []
    ((line, function),) = functions.items()
    say = f"in {shown(failure, source)}, move line {node.lineno} into {function.name} (line {line})"
    return [Repair(say, edits=tuple(edits))]


def _whole_module(failure: Failure, source: Source, node: ast.ImportFrom, reads: list[Use]) -> list[Repair]:
    """Import the module in place of the name, which is then looked up when the function runs."""
    package, _, tail = (node.module or "").rpartition(".")
    if not tail or any(use.node is None for use in reads) or is_bound(source, tail):
        return []
    start = "." * node.level + package
    new = f"from {start} import {tail}" if start else f"import {tail}"
    meant = {alias.asname or alias.name: f"{tail}.{alias.name}" for alias in node.names}
    edits = [Edit(source.path, node.lineno, text_of(source, node), new), *_spelt_out(source, reads, meant)]
    say = f"in {shown(failure, source)}, `{new}`, and {', '.join(meant.values())} where it is used"
    return [Repair(say, edits=tuple(edits))]


def _spelt_out(source: Source, reads: list[Use], meant: dict[str, str]) -> list[Edit]:
    """Return the edits of the lines that use the names, made from the right to the left of each line."""
    lines: dict[int, bytes] = {}
    nodes = sorted((use.node for use in reads if use.node), key=lambda node: (node.lineno, -node.col_offset))
    for node in nodes:
        line = lines.get(node.lineno, source.lines[node.lineno - 1].encode())
        new = meant[node.id].encode()
        lines[node.lineno] = line[: node.col_offset] + new + line[node.end_col_offset or 0 :]
    return [Edit(source.path, at, source.lines[at - 1], new.decode()) for at, new in lines.items()]


def _needed_by_others(failure: Failure, frame: Frame, names: frozenset[str]) -> bool:
    """Whether another module takes one of the names from here: then the import must stay where it is."""
    summary = failure.files.summary(frame.path, frame.module, is_package="__path__" in frame.names)
    if summary is None or names & set(summary.exports or ()):
        return True
    tail = frame.module.rpartition(".")[2]
    for path in importing(project_root(os.path.dirname(frame.path)), tail):
        for one in failure.files.imports(path):
            taken = one.star or {alias.name for alias in one.names} & names
            if path != frame.path and taken and one.module.rpartition(".")[2] == tail:
                return True
    return False
