"""Parts of statements taken away: a name of an import, an entry of a list."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from loadstone.fix.site import Unfixable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from loadstone.fix.document import Document
    from loadstone.fix.edits import Edit

__all__ = ["span", "without_alias", "without_item", "without_statement"]

_PRAGMA = re.compile(r"#\s*(?:noqa|type:\s*ignore|pylint:|pyright:|loadstone:|isort:|pragma:)", re.IGNORECASE)
"""Comments that are meant for tools, and go with the statement."""

Span = tuple[tuple[int, int], tuple[int, int]]
"""Where something starts and ends: lines and columns, from 1, in characters."""


def without_alias(document: Document, line: int, name: str) -> Edit:
    """Return the import statement of a line without one name; the whole statement goes where it has no other.

    Raises Unfixable where it cannot be cut there.
    """
    node = _import_at(document, line)
    bound = [alias.asname or alias.name.partition(".")[0] for alias in node.names]
    place = bound.index(name)
    if len(bound) > 1:
        return without_item(document, [span(document, alias) for alias in node.names], place)
    return without_statement(document, line, lambda other: other.lineno == line)


def without_statement(document: Document, line: int, wanted: Callable[[ast.stmt], bool]) -> Edit:
    """Return the removal of a statement that begins in a line; its comment stays, unless it speaks to a tool.

    Where a block or a line needs a statement there, it becomes ``pass``.
    """
    node, alone = _statement_at(document, line, wanted)
    (first, start), (last, end) = span(document, node)
    before, behind = document.line(first)[: start - 1], document.line(last)[end - 1 :]
    if before.strip() or behind.partition("#")[0].strip() or alone:
        return document.replace((first, start), (last, end), "pass")
    if "#" in behind and not _PRAGMA.search(behind):
        return document.replace((first, start), (last, end + len(behind) - len(behind.lstrip())), "")
    return document.replace_lines(first, last, ())


def without_item(document: Document, items: Sequence[Span], place: int) -> Edit:
    """Return the removal of one of several items between commas; an item alone on its line takes it along."""
    (line, start), (last, end) = items[place]
    text = document.line(line)
    if line == last and not text[: start - 1].strip() and not text[end - 1 :].partition("#")[0].strip(" \t,"):
        return document.replace_lines(line, line, ())
    if place + 1 < len(items) and items[place + 1][0][0] == line:
        return document.replace((line, start), items[place + 1][0], "")
    if place and items[place - 1][1][0] == last:
        return document.replace(items[place - 1][1], (last, end), "")
    raise Unfixable("it cannot be taken out of its statement without moving comments")


def span(document: Document, node: ast.AST) -> Span:
    """Return where a node of the file stands."""
    places = []
    for line, offset in ((node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset)):  # type: ignore[attr-defined]
        text = document.line(line).encode(errors="surrogateescape")
        places.append((line, len(text[:offset].decode(errors="replace")) + 1))
    return places[0], places[1]


def _statement_at(document: Document, line: int, wanted: Callable[[ast.stmt], bool]) -> tuple[ast.stmt, bool]:
    """Return the statement, and whether it is the only one of its block."""
    tree = document.tree
    for parent in ast.walk(tree):
        for block in _blocks(parent):
            siblings = len(block)
            for node in block:
                if node.lineno == line and wanted(node):
                    return node, parent is not tree and siblings == 1
    raise Unfixable("its statement is not found again in the file")


def _blocks(parent: ast.AST) -> Iterator[list[ast.stmt]]:
    for name in ("body", "orelse", "finalbody"):
        block = getattr(parent, name, None)
        if isinstance(block, list):
            yield block


def _import_at(document: Document, line: int) -> ast.Import | ast.ImportFrom:
    for node in ast.walk(document.tree):
        if isinstance(node, ast.Import | ast.ImportFrom) and node.lineno == line:
            return node
    raise Unfixable("its statement is not found again in the file")
