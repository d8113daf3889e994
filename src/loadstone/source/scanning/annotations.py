"""Annotations: whether they are evaluated, and the expressions that stand in them in quotes."""

from __future__ import annotations

import ast
import contextlib
import warnings

from loadstone.source.statements import LONGEST

__all__ = ["quoted", "stays_text"]


def stays_text(tree: ast.Module) -> bool:
    """Whether the file says ``from __future__ import annotations``."""
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == "__future__"
        and any(alias.name == "annotations" for alias in node.names)
        for node in tree.body[:20]
    )


def quoted(annotation: ast.expr) -> list[ast.expr]:
    """Return the expressions that stand in quotes in an annotation, such as ``"Cart"``."""
    found = []
    for node in ast.walk(annotation):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < LONGEST:
            with (
                contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError),
                warnings.catch_warnings(),
            ):
                warnings.simplefilter("ignore")
                expression = ast.parse(node.value, mode="eval").body
                found.append(_moved(expression, node))
    return found


def _moved(expression: ast.expr, to: ast.Constant) -> ast.expr:
    """Give the names of an expression that was in quotes the place of the quotes."""
    for inner in ast.walk(expression):
        if isinstance(inner, ast.expr):
            ast.copy_location(inner, to)
    return expression
