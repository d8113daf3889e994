"""Compound statements: where a module takes one way or another."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from loadstone.source.acts import Arm, Attempt, Choice, Handler, Loop, Unbound
from loadstone.source.conditions import dotted, lower
from loadstone.source.scanning.detours import only_for_checkers
from loadstone.source.statements import statement_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.source.acting.reader import Reader
    from loadstone.source.acts import Body
    from loadstone.source.statements import Statement

__all__ = ["if_", "loop", "match", "try_", "with_"]


def if_(reader: Reader, node: ast.If, statement: Statement) -> None:
    """``if``, ``elif`` and ``else``: a Choice."""
    arms: list[Arm] = []
    rest: list[ast.stmt] = [node]
    # A chain of elif is a list, not a tower; a walrus in its test binds only if the tests before it fail.
    while len(rest) == 1 and isinstance(one := rest[0], ast.If) and (one is node or not _binds(one.test)):
        reader.reads(statement, one.test)
        arms.append(Arm(lower(one.test), _arm(reader, one, (node.lineno, len(arms)))))
        rest = one.orelse
    arms.append(Arm(("constant", True), reader.block(rest, (node.lineno, len(arms)))))
    reader.acts.append(Choice(tuple(arms), statement))


def _arm(reader: Reader, node: ast.If, arm: tuple[int, int]) -> Body:
    before = reader.when
    if only_for_checkers(node.test):
        reader.when = "never"
    body = reader.block(node.body, arm)
    reader.when = before
    return body


def match(reader: Reader, node: ast.Match, statement: Statement) -> None:
    """``match``: a Choice of which nothing is known."""
    reader.reads(statement, node.subject)
    arms = []
    for number, case in enumerate(node.cases):
        arms.append(Arm(None, _case(reader, case, statement, (node.lineno, number))))
    if not _catches_all(node.cases[-1]):
        arms.append(Arm(None, ()))
    reader.acts.append(Choice(tuple(arms), statement))


def _case(reader: Reader, case: ast.match_case, statement: Statement, arm: tuple[int, int]) -> Body:
    with reader.apart(arm) as acts:
        reader.reads(statement, case.pattern, case.guard)
        for name in _captures(case.pattern):
            reader.bind(name, "variable", statement)
        reader.visit_all(case.body)
    return tuple(acts)


def try_(reader: Reader, node: ast.Try, statement: Statement) -> None:
    """``try``: an Attempt."""
    line = node.lineno
    body = reader.block(node.body, (line, 0))
    handlers = [_handler(reader, one, (line, number)) for number, one in enumerate(node.handlers, 1)]
    otherwise = reader.block(node.orelse, (line, 0))
    final = reader.block(node.finalbody)
    reader.acts.append(Attempt(body, tuple(handlers), otherwise, final, statement))


def _handler(reader: Reader, node: ast.ExceptHandler, arm: tuple[int, int]) -> Handler:
    statement = statement_at(reader.source, node)  # type: ignore[arg-type]
    with reader.apart(arm) as acts:
        reader.reads(statement, node.type)
        if node.name:
            reader.bind(node.name, "variable", statement)
        reader.visit_all(node.body)
        if node.name:
            acts.append(Unbound(node.name, statement))
    return Handler(_caught(node.type), tuple(acts))


def loop(reader: Reader, node: ast.For | ast.AsyncFor | ast.While, statement: Statement) -> None:
    """``for`` and ``while``: a Loop."""
    reader.loops += 1
    with reader.apart() as acts:
        if isinstance(node, ast.While):
            reader.reads(statement, node.test)
        else:
            reader.reads(statement, node.iter)
            reader.targets(node.target, statement)
        reader.visit_all(node.body)
    reader.loops -= 1
    breaks = bool(node.orelse) and any(isinstance(one, ast.Break) for one in ast.walk(node))
    reader.acts.append(Loop(tuple(acts), reader.block(node.orelse), breaks, statement))


def with_(reader: Reader, node: ast.With | ast.AsyncWith, statement: Statement) -> None:
    """``with``: its body as it is, or an Attempt where it suppresses errors."""
    for item in node.items:
        reader.reads(statement, item.context_expr)
        if item.optional_vars is not None:
            reader.targets(item.optional_vars, statement)
    caught = _suppressed(node)
    if caught is None:
        reader.visit_all(node.body)
        return
    body = reader.block(node.body, (node.lineno, 0))
    reader.acts.append(Attempt(body, (Handler(caught, ()),), (), (), statement))


def _binds(test: ast.expr) -> bool:
    return any(isinstance(node, ast.NamedExpr) for node in ast.walk(test))


def _captures(pattern: ast.pattern) -> Iterator[str]:
    for node in ast.walk(pattern):
        if isinstance(node, ast.MatchAs | ast.MatchStar) and node.name:
            yield node.name
        elif isinstance(node, ast.MatchMapping) and node.rest:
            yield node.rest


def _catches_all(case: ast.match_case) -> bool:
    return case.guard is None and isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None


def _caught(node: ast.expr | None) -> tuple[str, ...] | None:
    if node is None:
        return None
    types = node.elts if isinstance(node, ast.Tuple) else [node]
    return tuple(dotted(one) or "" for one in types)


def _suppressed(node: ast.With | ast.AsyncWith) -> tuple[str, ...] | None:
    """Return what ``with contextlib.suppress(...)`` catches; None for any other ``with``."""
    for item in node.items:
        call = item.context_expr
        if isinstance(call, ast.Call) and (dotted(call.func) or "").rpartition(".")[2] == "suppress":
            return tuple(dotted(one) or "" for one in call.args)
    return None
