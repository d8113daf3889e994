"""The children of a node, put on the stack of a walk: the few kinds that make up most files each by its own fields."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["PUSHES", "children", "push"]


def children(node: ast.AST) -> list[ast.AST]:
    """Return the children of a node, in the order of the text."""
    found: list[ast.AST] = []
    push(found, node)
    found.reverse()
    return found


def push(stack: list[ast.AST], node: ast.AST) -> None:
    """Put the children of a node on the stack, the first on top."""
    kind = node.__class__
    own = PUSHES.get(kind)
    if own is not None:
        own(stack, node)
        return
    for name in _FIELDS.get(kind) or _fields(kind):
        value = getattr(node, name, None)
        if value.__class__ is list:
            stack.extend([item for item in reversed(value) if isinstance(item, ast.AST)])
        elif isinstance(value, ast.AST):
            stack.append(value)


def _call(stack: list[ast.AST], node: ast.Call) -> None:
    if node.keywords:
        stack.extend([keyword.value for keyword in reversed(node.keywords)])
    if node.args:
        stack.extend(reversed(node.args))
    stack.append(node.func)


def _value(stack: list[ast.AST], node: Any) -> None:
    if node.value is not None:  # ``return`` by itself
        stack.append(node.value)


def _assign(stack: list[ast.AST], node: ast.Assign) -> None:
    stack.append(node.value)
    stack.extend(reversed(node.targets))


def _compare(stack: list[ast.AST], node: ast.Compare) -> None:
    stack.extend(reversed(node.comparators))
    stack.append(node.left)


def _binary(stack: list[ast.AST], node: ast.BinOp) -> None:
    stack.append(node.right)
    stack.append(node.left)


def _subscript(stack: list[ast.AST], node: ast.Subscript) -> None:
    stack.append(node.slice)
    stack.append(node.value)


def _unary(stack: list[ast.AST], node: ast.UnaryOp) -> None:
    stack.append(node.operand)


def _joined(stack: list[ast.AST], node: ast.JoinedStr) -> None:
    stack.extend(reversed(node.values))


def _items(stack: list[ast.AST], node: Any) -> None:
    stack.extend(reversed(node.elts))


PUSHES: dict[type[ast.AST], Callable[[list[ast.AST], Any], None]] = {
    ast.Call: _call,
    ast.Attribute: _value,
    ast.Expr: _value,
    ast.Return: _value,
    ast.Starred: _value,
    ast.Assign: _assign,
    ast.Compare: _compare,
    ast.BinOp: _binary,
    ast.UnaryOp: _unary,
    ast.JoinedStr: _joined,
    ast.Subscript: _subscript,
    ast.Tuple: _items,
    ast.List: _items,
}
"""What puts the children of a common kind on the stack; `push` does it for all."""

_FIELDS: dict[type[ast.AST], tuple[str, ...]] = {}
"""The other kinds, with the fields that hold something to walk, the last first; filled as they are met."""

_LEAVES = frozenset((
    "arg", "asname", "attr", "conversion", "ctx", "id", "is_async", "kind", "kwd_attrs", "level", "module", "op", "ops",
    "rest", "simple", "tag", "type_comment",
))  # fmt: skip
"""Fields that hold nothing to walk."""


def _fields(kind: type[ast.AST]) -> tuple[str, ...]:
    _FIELDS[kind] = fields = tuple(name for name in reversed(kind._fields) if name not in _LEAVES)
    return fields
