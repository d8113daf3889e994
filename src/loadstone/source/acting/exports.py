"""`__all__`, in the forms that people write it, as values."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from loadstone.source.acts import Export, Ref
from loadstone.source.conditions import dotted

if TYPE_CHECKING:
    from loadstone.source.statements import Statement

__all__ = ["Parts", "export_call", "parts"]

Parts = tuple[str | Ref | None, ...]
"""What an `__all__` is made of: names, references to other lists, and None for what cannot be read."""

_COPIES = frozenset(("list", "tuple", "sorted", "set", "frozenset"))


def parts(node: ast.expr) -> Parts:  # noqa: PLR0911  # one line a form  # one line a form
    """Return the parts of an expression that stands for a list of names."""
    match node:
        case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
            return tuple(part for item in items for part in _item(item))
        case ast.BinOp(op=ast.Add()):
            return _sum(node)
        case ast.Attribute(attr="__all__", value=owner):
            name = dotted(owner)
            return (Ref(name) if name else None,)
        case ast.Name(id=name):
            return (Ref(name, plain=True),)
        case ast.Call(func=ast.Name(id=copy), args=[only], keywords=[]) if copy in _COPIES:
            return parts(only)
        case ast.Call(
            func=ast.Attribute(value=ast.Constant(value=str(text)), attr="split"), args=[], keywords=[]
        ):
            return tuple(text.split())
        case ast.Call(func=ast.Attribute(value=owner, attr="copy"), args=[]):
            return parts(owner)
    return (None,)


def _item(node: ast.expr) -> Parts:
    if isinstance(node, ast.Starred):
        return parts(node.value)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return (node.value,)
    return (None,)


def _sum(node: ast.expr) -> Parts:
    """A long sum leans to the left: follow it in a loop, so that its length does not meet the recursion limit."""
    found: list[Parts] = []
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        found.append(parts(node.right))
        node = node.left
    found.append(parts(node))
    return tuple(part for group in reversed(found) for part in group)


def export_call(node: ast.expr, statement: Statement) -> Export | None:
    """Return what a call such as ``__all__.extend(...)`` does to `__all__`; None for any other expression."""
    match node:
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id="__all__"), attr=method), args=[only], keywords=[]
        ):
            if method == "extend":
                return Export("extend", parts(only), statement)
            if method in {"append", "remove"}:
                return Export("extend" if method == "append" else "remove", _item(only), statement)
    return None
