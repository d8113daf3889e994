"""How the names of an import are written in place of its star."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from loadstone.fix.site import Unfixable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loadstone.check.module import Module
    from loadstone.fix.document import Document

__all__ = ["spelled", "star_place"]

WIDTH = 88
"""Columns of a statement that stays on one line; others have a name on each line, as Black and Ruff have it."""

Place = tuple[int, int]


def star_place(document: Document, line: int) -> tuple[Place, Place]:
    """Return where the ``*`` of the star import in a line begins and ends; raise Unfixable where there is none."""
    for node in ast.walk(document.tree):
        if isinstance(node, ast.ImportFrom) and node.lineno == line and node.names[0].name == "*":
            at, offset = node.names[0].lineno, node.names[0].col_offset
            before = document.line(at).encode(errors="surrogateescape")[:offset].decode(errors="replace")
            return (at, len(before) + 1), (at, len(before) + 2)
    raise Unfixable("its statement is not found again in the file")


def spelled(module: Module, target: str, line: int, names: Sequence[str], document: Document) -> str:
    """Return the text for the place of the ``*``: names in the order that sorters of imports want.

    Submodules keep the order of the star, for they are imported in the order in which they are named.
    """
    if not any(module.whole.library.locate(f"{target}.{name}") for name in names):
        names = sorted(names, key=_order)
    (_, column), _ = star_place(document, line)
    if column - 1 + len(", ".join(names)) <= WIDTH:
        return ", ".join(names)
    first = document.line(line)
    indent = first[: len(first) - len(first.lstrip())]
    return "".join(["(\n", *(f"{indent}    {name},\n" for name in names), indent, ")"])


def _order(name: str) -> tuple[int, str]:
    """Constants, classes, then the rest, as isort and Ruff sort the names of one import."""
    kind = 0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2
    return kind, name
