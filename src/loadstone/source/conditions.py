"""Tests of ``if`` statements as small values that a summary can keep: see `verdicts` for what they come to."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Test", "dotted", "lower"]

Test = tuple[Any, ...] | None
"""An expression: an operation and its operands, such as ``("name", "sys.platform")``; None is not understood."""


def lower(node: ast.expr) -> Test:
    """Return the expression as a value, or None where it holds nothing that could be decided."""
    form = _FORMS.get(type(node))
    return form(node) if form else None


def dotted(node: Any) -> str | None:
    """Return ``a.b.c`` for a name with attributes; None for any other expression."""
    name = ""
    while node.__class__ is ast.Attribute:
        name = f".{node.attr}{name}"
        node = node.value
    return node.id + name if node.__class__ is ast.Name else None


def _name(node: ast.expr) -> Test:
    name = dotted(node)
    return ("name", name) if name else None


def _unary(node: ast.UnaryOp) -> Test:
    if isinstance(node.op, ast.Not):
        return ("not", lower(node.operand))
    if isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant):
        value = node.operand.value
        return ("constant", -value) if isinstance(value, int | float) else None
    return None


def _compare(node: ast.Compare) -> Test:
    sides = [lower(side) for side in (node.left, *node.comparators)]
    links = [
        ("compare", type(op).__name__, left, right)
        for op, left, right in zip(node.ops, sides, sides[1:], strict=False)
    ]
    return links[0] if len(links) == 1 else ("And", *links)


def _subscript(node: ast.Subscript) -> Test:
    value, key = lower(node.value), node.slice
    if not isinstance(key, ast.Slice):
        return ("index", value, lower(key))
    if key.step is not None:
        return None
    bounds = [("constant", None) if edge is None else lower(edge) for edge in (key.lower, key.upper)]
    return ("slice", value, *bounds)


def _call(node: ast.Call) -> Test:
    if node.keywords:
        return None
    name, args = dotted(node.func), node.args
    if name == "hasattr" and len(args) == 2 and isinstance(args[1], ast.Constant):  # noqa: PLR2004
        owner = dotted(args[0])
        return ("hasattr", f"{owner}.{args[1].value!s}") if owner else None
    if name and not args:
        return ("name", f"{name}()")
    if name == "bool" and len(args) == 1:
        return ("not", ("not", lower(args[0])))
    if (
        isinstance(node.func, ast.Attribute)
        and node.func.attr in {"startswith", "endswith"}
        and len(args) == 1
    ):
        return (node.func.attr, lower(node.func.value), lower(args[0]))
    return None


_FORMS: dict[type[ast.expr], Callable[[Any], Test]] = {
    ast.Constant: lambda node: ("constant", node.value),
    ast.Name: _name,
    ast.Attribute: _name,
    ast.UnaryOp: _unary,
    ast.BoolOp: lambda node: (type(node.op).__name__, *map(lower, node.values)),
    ast.Compare: _compare,
    ast.Tuple: lambda node: ("tuple", *map(lower, node.elts)),
    ast.List: lambda node: ("list", *map(lower, node.elts)),
    ast.Set: lambda node: ("set", *map(lower, node.elts)),
    ast.Subscript: _subscript,
    ast.Call: _call,
}
