"""Dotted names in a line of source: what the code there reads from a module."""

from __future__ import annotations

import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["dotted", "dotted_at", "members_at", "named"]


def dotted(node: ast.expr | None) -> str:
    """Return the expression as it is written, where it is a dotted name; else an empty text."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        start = dotted(node.value)
        return f"{start}.{node.attr}" if start else ""
    return ""


def dotted_at(tree: ast.AST, line: int) -> Iterator[str]:
    """Yield the dotted names, such as ``xml.etree.ElementTree``, in expressions that cover `line`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.lineno <= line <= (node.end_lineno or node.lineno):
            name = dotted(node)
            if name:
                yield name


def named(tree: ast.AST, name: str) -> list[ast.Attribute]:
    """Return the places that spell out this dotted name on one line, in the order of the text."""
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and dotted(node) == name]
    whole = [node for node in nodes if node.lineno == node.end_lineno]
    return sorted(whole, key=lambda node: (node.lineno, node.col_offset))


def members_at(tree: ast.AST, line: int, name: str) -> set[str]:
    """Return the attributes that the code at `line` takes of `name`: {"array"} for ``np.array([1])``."""
    return {dotted.split(".")[1] for dotted in dotted_at(tree, line) if dotted.split(".")[0] == name}
