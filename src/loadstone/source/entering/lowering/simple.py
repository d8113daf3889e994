"""Simple statements, each lowered by its own function."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from loadstone.source.conditions import dotted
from loadstone.source.entering.lowering.expressions import export_call, listed, several

if TYPE_CHECKING:
    from loadstone.source.entering.lowering.lowering import Block, Lowering

__all__ = [
    "annotated",
    "assert_",
    "assign",
    "augmented",
    "delete",
    "expression",
    "from_",
    "import_",
    "leave",
    "raise_",
    "return_",
    "type_alias",
]


def import_(lowering: Lowering, node: ast.Import) -> Block:
    """("import", line, module, asname or None), one for each module."""
    return tuple(("import", node.lineno, alias.name, alias.asname) for alias in node.names)


def from_(lowering: Lowering, node: ast.ImportFrom) -> Block:
    """("from", line, module, level, ((name, bound as), ...)); a star is the name ``*``."""
    names = tuple((alias.name, alias.asname or alias.name) for alias in node.names)
    return (("from", node.lineno, node.module or "", node.level, names),)


def expression(lowering: Lowering, node: ast.Expr) -> Block:
    """("expr", line, expression)."""
    export = export_call(node.value)
    if export:
        return (("bind", node.lineno, (("name", "__all__"),), export),)
    value = lowering.value(node.value)
    return (("expr", node.lineno, value),) if value else ()


def assign(lowering: Lowering, node: ast.Assign) -> Block:
    """("bind", line, targets, expression)."""
    targets = tuple(lowering.target(target) for target in node.targets)
    return (("bind", node.lineno, targets, listed(node.value) or lowering.value(node.value)),)


def annotated(lowering: Lowering, node: ast.AnnAssign) -> Block:
    """As an assignment, and then the annotation as an expression where it is evaluated at all."""
    evaluated = not lowering.later and not lowering.in_function
    annotation = lowering.value(node.annotation) if evaluated else None
    first: Block = (("expr", node.lineno, annotation),) if annotation else ()
    if node.value is None:
        return first
    return (("bind", node.lineno, (lowering.target(node.target),), lowering.value(node.value)), *first)


def augmented(lowering: Lowering, node: ast.AugAssign) -> Block:
    """As an assignment of both; to `__all__` a "join"."""
    old = lowering.value(_loaded(node.target))
    value = several((old, lowering.value(node.value)))
    more = listed(node.value)
    if more and isinstance(node.target, ast.Name) and isinstance(node.op, ast.Add):
        value = ("join", old, more)
    return (("bind", node.lineno, (lowering.target(node.target),), value),)


def delete(lowering: Lowering, node: ast.Delete) -> Block:
    """("del", line, names); other targets are evaluated only."""
    names = tuple(target.id for target in node.targets if isinstance(target, ast.Name))
    return (("del", node.lineno, names),)


def raise_(lowering: Lowering, node: ast.Raise) -> Block:
    """("raise", line, expression, the name of the exception or "")."""
    error = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    name = (dotted(error) or "") if error else ""
    return (("raise", node.lineno, lowering.value(node.exc), name.rpartition(".")[2]),)


def return_(lowering: Lowering, node: ast.Return) -> Block:
    """("return", line, expression)."""
    return (("return", node.lineno, lowering.value(node.value)),)


def leave(lowering: Lowering, node: ast.Break | ast.Continue) -> Block:
    """("leave", line): the rest of the loop's body does not run this time."""
    return (("leave", node.lineno),)


def assert_(lowering: Lowering, node: ast.Assert) -> Block:
    """As an expression."""
    value = lowering.value(node.test)
    return (("expr", node.lineno, value),) if value else ()


def type_alias(lowering: Lowering, node: Any) -> Block:
    """``type X = ...`` evaluates nothing (PEP 695)."""
    return (("bind", node.lineno, (("name", node.name.id),), None),)


def _loaded(target: ast.expr) -> ast.expr:
    if isinstance(target, ast.Name):
        return ast.copy_location(ast.Name(target.id, ast.Load()), target)
    return target
