"""Definitions and compound statements, each lowered by its own function."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from loadstone.source.conditions import dotted, lower
from loadstone.source.entering.lowering.expressions import has_items, several

if TYPE_CHECKING:
    from loadstone.source.entering.lowering.lowering import Block, Expr, Lowering

__all__ = ["class_", "for_", "function", "if_", "match", "try_", "while_", "with_"]


def function(lowering: Lowering, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Block:
    """("def", line, name, decorators, what else is evaluated, function)."""
    every = [
        *node.args.posonlyargs,
        *node.args.args,
        *node.args.kwonlyargs,
        node.args.vararg,
        node.args.kwarg,
    ]
    hints = [] if lowering.later else [*(arg.annotation for arg in every if arg), node.returns]
    evaluated = lowering.values([*node.args.defaults, *node.args.kw_defaults, *hints])
    decorators = tuple(lowering.value(one) for one in node.decorator_list)
    return (("def", node.lineno, node.name, decorators, evaluated, lowering.function(node, node.body)),)


def class_(lowering: Lowering, node: ast.ClassDef) -> Block:
    """("class", line, name, decorators, bases, ((keyword, expression), ...), block)."""
    before, lowering.in_function = lowering.in_function, False
    block = lowering.block(node.body)
    lowering.in_function = before
    decorators = tuple(lowering.value(one) for one in node.decorator_list)
    bases = tuple(lowering.value(one) for one in node.bases)
    keywords = tuple((one.arg or "", lowering.value(one.value)) for one in node.keywords)
    return (("class", node.lineno, node.name, decorators, bases, keywords, block),)


def if_(lowering: Lowering, node: ast.If) -> Block:
    """("if", line, test for `verdicts`, expression, block, else block)."""
    test = lower(node.test)
    return (
        (
            "if",
            node.lineno,
            test,
            lowering.value(node.test),
            lowering.block(node.body),
            lowering.block(node.orelse),
        ),
    )


def for_(lowering: Lowering, node: ast.For | ast.AsyncFor) -> Block:
    """("for", line, whether the body surely runs, iterable, target, block, else block)."""
    target, value = lowering.target(node.target), lowering.value(node.iter)
    return (
        (
            "for",
            node.lineno,
            has_items(node.iter),
            value,
            target,
            lowering.block(node.body),
            lowering.block(node.orelse),
        ),
    )


def while_(lowering: Lowering, node: ast.While) -> Block:
    """("while", line, test, expression, block, else block)."""
    test = lower(node.test)
    return (
        (
            "while",
            node.lineno,
            test,
            lowering.value(node.test),
            lowering.block(node.body),
            lowering.block(node.orelse),
        ),
    )


def try_(lowering: Lowering, node: ast.Try) -> Block:
    """("try", line, block, ((caught names or None, expression, name or None, block), ...), else, finally)."""
    handlers = tuple(
        (_caught(one.type), lowering.value(one.type), one.name, lowering.block(one.body))
        for one in node.handlers
    )
    parts = lowering.block(node.body), handlers, lowering.block(node.orelse), lowering.block(node.finalbody)
    return (("try", node.lineno, *parts),)


def with_(lowering: Lowering, node: ast.With | ast.AsyncWith) -> Block:
    """("with", line, ((expression, target or None), ...), block, caught names of a suppress(), or None)."""
    items = tuple(
        (
            lowering.value(item.context_expr),
            lowering.target(item.optional_vars) if item.optional_vars else None,
        )
        for item in node.items
    )
    return (("with", node.lineno, items, lowering.block(node.body), _suppressed(node)),)


def match(lowering: Lowering, node: ast.Match) -> Block:
    """("match", line, expression, ((captured names, guard, block), ...))."""
    cases = tuple(
        (
            _captures(case.pattern),
            several((*lowering.values([case.guard]), *_pattern(lowering, case.pattern))),
            lowering.block(case.body),
        )
        for case in node.cases
    )
    return (("match", node.lineno, lowering.value(node.subject), cases),)


def _pattern(lowering: Lowering, pattern: ast.pattern) -> tuple[Expr, ...]:
    values = [one for one in ast.walk(pattern) if isinstance(one, ast.expr)]
    return lowering.values(one for one in values if isinstance(one, ast.Name | ast.Attribute))


def _caught(node: ast.expr | None) -> tuple[str, ...] | None:
    if node is None:
        return None
    types = node.elts if isinstance(node, ast.Tuple) else [node]
    return tuple((dotted(one) or "").rpartition(".")[2] for one in types)


def _suppressed(node: ast.With | ast.AsyncWith) -> tuple[str, ...] | None:
    for item in node.items:
        call = item.context_expr
        if isinstance(call, ast.Call) and (dotted(call.func) or "").rpartition(".")[2] == "suppress":
            return tuple((dotted(one) or "").rpartition(".")[2] for one in call.args)
    return None


def _captures(pattern: ast.pattern) -> tuple[str, ...]:
    found = []
    for node in ast.walk(pattern):
        name = node.rest if isinstance(node, ast.MatchMapping) else getattr(node, "name", None)
        if name:
            found.append(name)
    return tuple(found)
