"""Branches and guards inside functions and expressions: what does not run, and imports that are allowed to fail.

The statements at the top of a module are no concern of this file: they are acts, see `acting`.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from loadstone.source.conditions import dotted
from loadstone.source.scanning.children import children

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loadstone.source.scanning.frames import Frame
    from loadstone.source.scanning.scan import Scan, Stack

__all__ = ["choice", "fork", "if_", "only_for_checkers", "operation", "try_", "with_"]

_IMPORT_ERRORS = frozenset(("ImportError", "ModuleNotFoundError", "Exception", "BaseException"))
_EXPECTING = frozenset(("suppress", "raises", "assertRaises", "assertRaisesRegex"))
"""Context managers that take the errors of what is in them."""


def only_for_checkers(test: Any) -> bool:
    """Whether an ``if`` with this test never runs: ``TYPE_CHECKING`` under any alias of typing, False or 0."""
    if test.__class__ is ast.Constant:
        return not test.value
    if test.__class__ is ast.Name:
        return test.id == "TYPE_CHECKING"
    return test.__class__ is ast.Attribute and test.attr == "TYPE_CHECKING" and dotted(test) is not None


def if_(scan: Scan, frame: Frame, node: ast.If, stack: Stack) -> None:
    """Walk ``if``, ``elif`` and ``else``, those for type checkers as code that never runs."""
    scan.forks += 1
    rest: list[ast.stmt] = [node]
    while len(rest) == 1 and isinstance(rest[0], ast.If):  # a chain of elif is a list, not a tower
        one = rest[0]
        scan.walk(frame, [one.test])
        _walk_or_skip(scan, frame, one.body, skipped=only_for_checkers(one.test))
        rest = one.orelse
        if _never_for_checkers(one.test):
            _skip(scan, frame, rest)
            rest = []
    scan.walk(frame, rest)
    scan.forks -= 1


def fork(scan: Scan, frame: Frame, node: ast.stmt, stack: Stack) -> None:
    """Walk a loop or a ``match``: what is in it may not run."""
    scan.forks += 1
    scan.walk(frame, children(node))
    scan.forks -= 1


def try_(scan: Scan, frame: Frame, node: ast.Try, stack: Stack) -> None:
    """Walk ``try``: whether it catches a failing import."""
    guarded = any(_catches_import(one.type) for one in node.handlers)
    scan.forks += 1
    scan.guards += guarded
    scan.walk(frame, [*node.body, *node.handlers, *node.orelse])
    scan.guards -= guarded
    scan.forks -= 1
    scan.walk(frame, node.finalbody)


def with_(scan: Scan, frame: Frame, node: ast.With | ast.AsyncWith, stack: Stack) -> None:
    """Walk ``with``: whether it takes the error of a failing import, as ``suppress`` and ``pytest.raises`` do."""
    calls = [item.context_expr for item in node.items if isinstance(item.context_expr, ast.Call)]
    guarded = any((dotted(call.func) or "").rpartition(".")[2] in _EXPECTING for call in calls)
    scan.guards += guarded
    scan.walk(frame, children(node))
    scan.guards -= guarded


def operation(scan: Scan, frame: Frame, node: ast.BoolOp, stack: Stack) -> None:
    """Walk ``and`` and ``or``: nothing runs behind ``TYPE_CHECKING and``, nor behind ``not TYPE_CHECKING or``."""
    ends = only_for_checkers if isinstance(node.op, ast.And) else _never_for_checkers
    last = next((at for at, value in enumerate(node.values, 1) if ends(value)), None)
    scan.walk(frame, node.values[:last])
    if last:
        _skip(scan, frame, node.values[last:])


def choice(scan: Scan, frame: Frame, node: ast.IfExp, stack: Stack) -> None:
    """Walk ``x if TYPE_CHECKING else y``."""
    scan.walk(frame, [node.test])
    _walk_or_skip(scan, frame, [node.body], skipped=only_for_checkers(node.test))
    _walk_or_skip(scan, frame, [node.orelse], skipped=_never_for_checkers(node.test))


def _never_for_checkers(test: ast.expr) -> bool:
    """Whether a test is ``not TYPE_CHECKING``, which is always true when the program runs."""
    return isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not) and only_for_checkers(test.operand)


def _walk_or_skip(scan: Scan, frame: Frame, nodes: Iterable[ast.AST], *, skipped: bool) -> None:
    if skipped:
        _skip(scan, frame, nodes)
    else:
        scan.walk(frame, nodes)


def _skip(scan: Scan, frame: Frame, nodes: Iterable[ast.AST]) -> None:
    """Walk code that never runs: what it reads is read perhaps."""
    before, frame.when, frame.now, frame.later = (frame.when, frame.now, frame.later), "never", {}, {}
    scan.walk(frame, nodes)
    skipped = frame.now, frame.later
    frame.when, frame.now, frame.later = before
    for names in skipped:
        for name, place in names.items():
            frame.perhaps.setdefault(name, place)


def _catches_import(node: ast.expr | None) -> bool:
    types = node.elts if isinstance(node, ast.Tuple) else [node]
    names = {(dotted(one) or "").rpartition(".")[2] if one else "Exception" for one in types}
    return not names.isdisjoint(_IMPORT_ERRORS)
