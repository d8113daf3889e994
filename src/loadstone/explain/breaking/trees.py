"""What the repairs of a loop ask of a syntax tree."""

from __future__ import annotations

import ast

from loadstone.explain.explanation import relative_to

TYPE_CHECKING = False
if TYPE_CHECKING:
    from loadstone.explain.failure import Failure
    from loadstone.explain.uses import Function
    from loadstone.source.reading import Source

__all__ = [
    "binds",
    "bound_by",
    "first_line",
    "first_of",
    "indented",
    "is_bound",
    "shown",
    "statement",
    "text_of",
]

Importing = ast.Import | ast.ImportFrom


def statement(source: Source, line: int) -> ast.stmt | None:
    """Return the top-level statement that covers `line`, decorators included; None where several share it."""
    found = [node for node in source.tree.body if start(node) <= line <= (node.end_lineno or node.lineno)]
    return found[0] if len(found) == 1 else None


def start(node: ast.stmt) -> int:
    """Return the first line of a statement: that of its first decorator, if it has one."""
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def bound_by(node: Importing) -> frozenset[str]:
    """Return the names that an import statement binds; ``*`` for a star."""
    return frozenset(alias.asname or alias.name.partition(".")[0] for alias in node.names)


def is_bound(source: Source, name: str) -> bool:
    """Return whether the file uses the name for anything."""
    return binds(source, name) or any(
        isinstance(node, ast.Name) and node.id == name for node in ast.walk(source.tree)
    )


def binds(source: Source, name: str) -> bool:
    """Return whether the file binds the name anywhere, in whatever scope."""
    return any(
        (isinstance(node, ast.Name) and node.id == name and not isinstance(node.ctx, ast.Load))
        or (isinstance(node, ast.alias) and (node.asname or node.name.partition(".")[0]) == name)
        or (isinstance(node, ast.arg) and node.arg == name)
        or (isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.name == name)
        for node in ast.walk(source.tree)
    )


def first_of(function: Function) -> ast.stmt:
    """Return the first statement of a function after its docstring."""
    body = function.body
    return body[1] if len(body) > 1 and ast.get_docstring(function) is not None else body[0]


def first_line(source: Source) -> int:
    """Return the line of the file's first statement after its docstring."""
    body = source.tree.body
    return start(body[1] if len(body) > 1 and ast.get_docstring(source.tree) is not None else body[0])


def text_of(source: Source, node: ast.stmt) -> str:
    """Return the whole lines of a statement."""
    return "\n".join(source.lines[node.lineno - 1 : node.end_lineno or node.lineno])


def indented(text: str, indent: str) -> str:
    """Return the lines of `text`, each indented."""
    return "\n".join(indent + line for line in text.split("\n"))


def shown(failure: Failure, source: Source) -> str:
    """Return the path of the file as the explanation shows it."""
    return relative_to(failure.state.folder, source.path)
