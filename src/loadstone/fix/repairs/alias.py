"""A module under an unusual alias: given the usual one, wherever the file speaks of it."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from loadstone.fix.removing import span
from loadstone.fix.repair import Meant
from loadstone.fix.site import Unfixable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.check.diagnostic import Diagnostic
    from loadstone.fix.document import Document
    from loadstone.fix.edits import Edit
    from loadstone.fix.repair import Repair
    from loadstone.fix.site import Site

__all__ = ["repair"]

_NAMED = re.compile(r"`([^`]+)`")


def repair(site: Site, found: Diagnostic) -> Repair:
    """Return the import and every use of its name with the usual alias.

    Raises Unfixable where either name stands for anything else in the file, or may be meant by a string.
    """
    module = site.module(found)
    old, *_, new = _NAMED.findall(found.message)
    document = site.model.document(module.path)
    tree = document.tree
    statement, alias = _alias(tree, document, found)
    if statement not in tree.body:
        raise Unfixable("the import stands in a function or a branch")
    _unambiguous(tree, alias, old, new)
    uses = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == old]
    edits = [_renamed(document, alias, new), *(_replaced(document, node, new) for node in uses)]
    meant = Meant(gone=frozenset([(module.name, old)]), new=frozenset([(module.name, new)]))
    return site.repair(found, f"call it `{new}`", *edits, meant=meant)


def _alias(
    tree: ast.Module, document: Document, found: Diagnostic
) -> tuple[ast.Import | ast.ImportFrom, ast.alias]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                if span(document, alias)[0] == (found.line, found.column):
                    return node, alias
    raise Unfixable("its statement is not found again in the file")


def _unambiguous(tree: ast.Module, alias: ast.alias, old: str, new: str) -> None:
    bound = [name for node in ast.walk(tree) if node is not alias for name in _binds(node)]
    if old in bound:
        raise Unfixable(f"`{old}` stands for other things in this file, too")
    if new in bound or any(isinstance(node, ast.Name) and node.id == new for node in ast.walk(tree)):
        raise Unfixable(f"`{new}` is in use in this file already")
    word = re.compile(rf"(?<![\w.]){re.escape(old)}\b[.\[]|^{re.escape(old)}$")
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and word.search(node.value):
            raise Unfixable(f"a string in line {node.lineno} speaks of `{old}`")


def _binds(node: ast.AST) -> Iterator[str]:
    """Yield the names that a node binds, in whatever scope."""
    if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
        yield node.id
    elif isinstance(node, ast.alias):
        yield node.asname or node.name.partition(".")[0]
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.arg):
        yield node.arg
    elif isinstance(node, ast.Global | ast.Nonlocal):
        yield from node.names
    elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
        yield node.name
    elif isinstance(node, ast.MatchMapping) and node.rest:
        yield node.rest


def _replaced(document: Document, node: ast.Name, new: str) -> Edit:
    """Python 3.11 does not say where names stand inside formatted strings."""
    start, end = span(document, node)
    if start[0] != end[0] or document.line(start[0])[start[1] - 1 : end[1] - 1] != node.id:
        raise Unfixable(f"a formatted string in line {node.lineno} uses `{node.id}`")
    return document.replace(start, end, new)


def _renamed(document: Document, alias: ast.alias, new: str) -> Edit:
    _, (line, end) = span(document, alias)
    if alias.asname:
        return document.replace((line, end - len(alias.asname)), (line, end), new)
    return document.replace((line, end), (line, end), f" as {new}")
