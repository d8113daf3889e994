"""Annotations: whether they are evaluated, and the expressions that stand in them in quotes."""

from __future__ import annotations

import ast
import keyword
import warnings

from loadstone.source.scanning.children import children
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
    waiting: list[ast.AST] = [annotation]
    for node in waiting:
        if not isinstance(node, ast.Constant):
            waiting.extend(children(node))
        elif isinstance(node.value, str) and len(node.value) < LONGEST:
            expression = _parsed(node.value)
            if expression is not None:
                found.append(_moved(expression, node))
    return found


def _parsed(text: str) -> ast.expr | None:
    """Return the expression that a text is; None where it is none."""
    if text.isascii() and text.isidentifier() and not keyword.iskeyword(text):
        return ast.Name(text, ast.Load())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _moved(expression: ast.expr, to: ast.Constant) -> ast.expr:
    """Give the names of an expression that was in quotes the place of the quotes."""
    for inner in ast.walk(expression):
        if isinstance(inner, ast.expr):
            ast.copy_location(inner, to)
    return expression
