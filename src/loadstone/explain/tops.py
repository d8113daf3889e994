"""Where a new line can be put at the top of a file."""

from __future__ import annotations

import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from loadstone.source.reading import Source

__all__ = ["future_line", "import_line"]


def future_line(source: Source) -> int:
    """Return the line before which a ``from __future__`` import can stand: after the docstring."""
    return _line(source, [node for node in source.tree.body[:1] if _is_text(node)])


def import_line(source: Source) -> int:
    """Return the line before which an import can stand: after the docstring and what comes from __future__."""
    head = [
        node
        for index, node in enumerate(source.tree.body)
        if (isinstance(node, ast.ImportFrom) and node.module == "__future__")
        or (not index and _is_text(node))
    ]
    return _line(source, head)


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _line(source: Source, head: list[ast.stmt]) -> int:
    rest = source.tree.body[len(head) :]
    if not rest:
        return len(source.lines)
    decorators: list[ast.expr] = getattr(rest[0], "decorator_list", [])
    return min([rest[0].lineno, *(one.lineno for one in decorators)])
