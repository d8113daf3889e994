"""The forms of an expression that matter, by kind of node: each returns whether the walk goes on into its children."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from loadstone.source.conditions import dotted
from loadstone.source.scanning import detours, dynamic, scopes
from loadstone.source.scanning.imports import import_

if TYPE_CHECKING:
    from loadstone.source.scanning.frames import Frame
    from loadstone.source.scanning.scan import Forms, Scan

__all__ = ["forms_for"]


def forms_for(text: str) -> Forms:
    """Return the forms for a file; most files say nothing that could bind names unseen, and need no search for it."""
    return _FORMS if dynamic.may_bind(text) else _PLAIN


def _attribute(scan: Scan, frame: Frame, node: ast.Attribute) -> bool:
    return _plain_attribute(scan, frame, node) and dynamic.attribute(scan, frame, node)


def _plain_attribute(scan: Scan, frame: Frame, node: ast.Attribute) -> bool:
    owner = node.value
    name = f"{owner.id}.{node.attr}" if owner.__class__ is ast.Name else dotted(node)
    if name is None:
        return True
    if node.ctx.__class__ is ast.Load:
        frame.now.setdefault(name, node)
    else:
        frame.now.setdefault(name.rpartition(".")[0], node)
        scan.sets.add(name)
    return False


def _named(scan: Scan, frame: Frame, node: ast.NamedExpr) -> bool:
    """A walrus binds in the scope around all comprehensions."""
    target: Frame | None = frame
    while target is not None and target.kind == "comprehension":
        target = target.parent
    if target is not None:
        target.binds.add(node.target.id)
        if target.kind == "module":
            scan.walrus.append(node.target.id)
    scan.walk(frame, [node.value])
    return False


def _global(scan: Scan, frame: Frame, node: ast.Global) -> bool:
    frame.globals.update(dict.fromkeys(node.names, node))
    return False


def _nonlocal(scan: Scan, frame: Frame, node: ast.Nonlocal) -> bool:
    return False


def _handler(scan: Scan, frame: Frame, node: ast.ExceptHandler) -> bool:
    if node.name:
        frame.binds.add(node.name)
    return True


def _capture(scan: Scan, frame: Frame, node: Any) -> bool:
    name = node.rest if isinstance(node, ast.MatchMapping) else node.name
    if name:
        frame.binds.add(name)
    return True


def _statement(scan: Scan, frame: Frame, node: ast.stmt) -> bool:
    scan.statement = node
    return True


def _annotated(scan: Scan, frame: Frame, node: ast.AnnAssign) -> bool:
    scan.statement = node
    if node.value is not None or frame.kind != "module":
        scan.walk(frame, [node.target])
    scan.walk(frame, [node.value])
    scan.annotations(frame, [node.annotation], skipped=frame.kind == "function")
    return False


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

_PLAIN: Forms = {
    **{kind: form for kind, form in _FORMS.items() if kind not in {ast.Call, ast.Subscript, ast.Compare}},
    ast.Attribute: _plain_attribute,
}
