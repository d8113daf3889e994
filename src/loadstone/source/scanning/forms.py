"""The forms of an expression that matter, by kind of node; all others only have parts to be walked."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from loadstone.source.conditions import dotted
from loadstone.source.scanning import detours, dynamic, scopes
from loadstone.source.scanning.children import push
from loadstone.source.scanning.imports import import_

if TYPE_CHECKING:
    from loadstone.source.scanning.frames import Frame
    from loadstone.source.scanning.scan import Forms, Scan, Stack

__all__ = ["forms_for"]


def forms_for(text: str) -> Forms:
    """Return the forms for a file; most files say nothing that could bind names unseen, and need no search for it."""
    return _FORMS if dynamic.may_bind(text) else _PLAIN


def _attribute(scan: Scan, frame: Frame, node: ast.Attribute, stack: Stack) -> None:
    dynamic.attribute(scan, frame, node)
    _plain_attribute(scan, frame, node, stack)


def _plain_attribute(scan: Scan, frame: Frame, node: ast.Attribute, stack: Stack) -> None:
    owner = dotted(node.value)
    if owner is None:
        stack.append(node.value)
    elif node.ctx.__class__ is not ast.Load:
        frame.now.setdefault(owner, node)
        scan.sets.add(f"{owner}.{node.attr}")
    else:
        frame.now.setdefault(f"{owner}.{node.attr}", node)


def _named(scan: Scan, frame: Frame, node: ast.NamedExpr, stack: Stack) -> None:
    """A walrus binds in the scope around all comprehensions."""
    target: Frame | None = frame
    while target is not None and target.kind == "comprehension":
        target = target.parent
    if target is not None:
        target.binds.add(node.target.id)
        if target.kind == "module":
            scan.walrus.append(node.target.id)
    stack.append(node.value)


def _global(scan: Scan, frame: Frame, node: ast.Global, stack: Stack) -> None:
    frame.declare(node)


def _nonlocal(scan: Scan, frame: Frame, node: ast.Nonlocal, stack: Stack) -> None:
    pass


def _handler(scan: Scan, frame: Frame, node: ast.ExceptHandler, stack: Stack) -> None:
    if node.name:
        frame.binds.add(node.name)
    push(stack, node)


def _capture(scan: Scan, frame: Frame, node: Any, stack: Stack) -> None:
    name = node.rest if isinstance(node, ast.MatchMapping) else node.name
    if name:
        frame.binds.add(name)
    push(stack, node)


def _statement(scan: Scan, frame: Frame, node: ast.stmt, stack: Stack) -> None:
    scan.statement = node
    push(stack, node)


def _annotated(scan: Scan, frame: Frame, node: ast.AnnAssign, stack: Stack) -> None:
    scan.statement = node
    if node.value is not None or frame.kind != "module":
        scan.walk(frame, [node.target])
    scan.walk(frame, [node.value])
    scan.annotations(frame, [node.annotation], skipped=frame.kind == "function")


_FORMS: Forms = {
    ast.Attribute: _attribute,
    ast.NamedExpr: _named,
    ast.FunctionDef: scopes.function,
    ast.AsyncFunctionDef: scopes.function,
    ast.Lambda: scopes.lambda_,
    ast.ClassDef: scopes.class_,
    ast.ListComp: scopes.comprehension,
    ast.SetComp: scopes.comprehension,
    ast.DictComp: scopes.comprehension,
    ast.GeneratorExp: scopes.comprehension,
    ast.Import: import_,
    ast.ImportFrom: import_,
    ast.Global: _global,
    ast.Nonlocal: _nonlocal,
    ast.If: detours.if_,
    ast.For: detours.fork,
    ast.AsyncFor: detours.fork,
    ast.While: detours.fork,
    ast.Match: detours.fork,
    ast.Try: detours.try_,
    ast.TryStar: detours.try_,
    ast.With: detours.with_,
    ast.AsyncWith: detours.with_,
    ast.BoolOp: detours.operation,
    ast.IfExp: detours.choice,
    ast.ExceptHandler: _handler,
    ast.MatchAs: _capture,
    ast.MatchStar: _capture,
    ast.MatchMapping: _capture,
    ast.AnnAssign: _annotated,
    ast.Assign: _statement,
    ast.AugAssign: _statement,
    ast.Expr: _statement,
    ast.Return: _statement,
    ast.Call: dynamic.call,
    ast.Subscript: dynamic.subscript,
    ast.Compare: dynamic.compare,
}

_FOR_DYNAMIC = frozenset((_statement, dynamic.call, dynamic.subscript, dynamic.compare))
_PLAIN: Forms = {
    **{kind: form for kind, form in _FORMS.items() if form not in _FOR_DYNAMIC},
    ast.Attribute: _plain_attribute,
}
