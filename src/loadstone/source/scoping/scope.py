"""One scope of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterable

__all__ = ["Scope"]


class Scope:
    """One scope: what it binds, with the statements, and the names it declares to be others'."""

    def __init__(self, kind: str, name: str, node: ast.AST | None, parent: Scope | None) -> None:
        self.kind = kind
        self.parent = parent
        self.path: str = ".".join(part for part in (parent.path if parent else "", name) if part)
        self.lines = (getattr(node, "lineno", 0), getattr(node, "end_lineno", None) or 1 << 60)
        self.binds: dict[str, list[ast.stmt]] = {}
        self.declared: dict[str, str] = {}
        self.stars: list[ast.stmt] = []

    def bind(self, name: str, statement: ast.stmt) -> None:
        """Note that a statement binds the name in this scope."""
        self.binds.setdefault(name, []).append(statement)

    def outward(self) -> Iterable[Scope]:
        """Yield this scope and those around it."""
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.parent
