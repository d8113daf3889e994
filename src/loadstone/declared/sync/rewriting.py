"""Import statements of a source text, rewritten so that given top-level names are looked for elsewhere."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["rewritten"]


def rewritten(text: str, prefixes: Mapping[str, str]) -> str:
    """Return the text in which every import of a name in `prefixes` has the prefix before it; lines stay lines.

    Each name goes on being bound as it was: ``import a.b`` binds a. Raises SyntaxError and ValueError as parsing does.
    """
    lines = text.encode().split(b"\n")
    for node, new in reversed([*_changes(ast.parse(text), prefixes)]):
        assert node.end_lineno is not None
        first, last = node.lineno - 1, node.end_lineno - 1
        tail = lines[last][node.end_col_offset :]
        lines[first] = lines[first][: node.col_offset] + new.encode() + tail
        lines[first + 1 : last + 1] = [b""] * (last - first)
    return b"\n".join(lines).decode()


def _changes(tree: ast.Module, prefixes: Mapping[str, str]) -> Iterator[tuple[ast.stmt, str]]:
    """Yield each statement that changes with its new text, in the order of the text."""
    statements = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    for node in sorted(statements, key=lambda node: (node.lineno, node.col_offset)):
        new = _plain(node, prefixes) if isinstance(node, ast.Import) else _from(node, prefixes)
        if new is not None:
            yield node, new


def _from(node: ast.ImportFrom, prefixes: Mapping[str, str]) -> str | None:
    prefix = prefixes.get((node.module or "").partition(".")[0])
    if node.level or prefix is None:
        return None
    names = ", ".join(f"{one.name} as {one.asname}" if one.asname else one.name for one in node.names)
    return f"from {prefix}.{node.module} import {names}"


def _plain(node: ast.Import, prefixes: Mapping[str, str]) -> str | None:
    if not any(one.name.partition(".")[0] in prefixes for one in node.names):
        return None
    return "; ".join(_one(one, prefixes) for one in node.names)


def _one(alias: ast.alias, prefixes: Mapping[str, str]) -> str:
    top, dot, _ = alias.name.partition(".")
    prefix = prefixes.get(top)
    if prefix is None:
        return f"import {alias.name} as {alias.asname}" if alias.asname else f"import {alias.name}"
    if alias.asname:
        return f"import {prefix}.{alias.name} as {alias.asname}"
    below = f"import {prefix}.{alias.name} as _; " if dot else ""
    return f"{below}from {prefix} import {top}"
