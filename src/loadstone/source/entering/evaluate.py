"""Expressions of the small program: what they come to, and what they ask of modules that are half made."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any

from loadstone.source.entering import calling
from loadstone.source.entering.attributes import find_attribute
from loadstone.source.entering.bodies import consume
from loadstone.source.entering.state import (
    MAYBE,
    UNKNOWN,
    Const,
    External,
    Failing,
    Function,
    Need,
    Pending,
    Scope,
)
from loadstone.source.entering.truth import truth_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from loadstone.source.entering.lowering.lowering import Expr
    from loadstone.source.entering.machine import Machine
    from loadstone.source.entering.state import Value

__all__ = ["evaluate", "perhaps"]

Node = tuple[Any, ...]


def evaluate(machine: Machine, scope: Scope, node: Expr) -> Value:
    """Return what an expression comes to, UNKNOWN where that is not known; raises Failing where it fails."""
    return UNKNOWN if node is None else _EXPRESSIONS[node[0]](machine, scope, node)


def perhaps(machine: Machine, scope: Scope, nodes: tuple[Expr, ...]) -> None:
    """Evaluate what may not be evaluated: imports in it happen, errors do not."""
    doubt = machine.doubt
    machine.doubt += 1
    try:
        for node in nodes:
            evaluate(machine, scope, node)
    except Failing:
        pass
    finally:
        machine.doubt = doubt


def _name(machine: Machine, scope: Scope, node: Node) -> Value:
    _, name, line = node
    found = scope.lookup(name)
    if found is None:
        if not hasattr(builtins, name) and name not in _EVERYWHERE:
            machine.frames[-1].line = line
            _unbound(machine, scope, name)
        return External("builtins", name)
    return UNKNOWN if found is MAYBE else found


def _unbound(machine: Machine, scope: Scope, name: str) -> None:
    """Fail for a name that is nowhere, if a loop is why: a function called early, a star of too little."""
    home = scope.home
    if home.loose:
        return
    for half in home.halves:
        if machine.programs.binds(half.source.name, name):
            machine.fail("NameError", Need(half.source, name, half.source.name))
    if not home.finished and len(machine.frames) > 1 and machine.programs.binds(home.name, name):
        machine.fail("NameError", Need(home, name, home.name))
    if machine.guards:
        machine.fail("NameError")


def _attribute(machine: Machine, scope: Scope, node: Node) -> Value:
    _, owner, name, line = node
    value = evaluate(machine, scope, owner)
    machine.frames[-1].line = line
    return find_attribute(machine, value, name)


def _constant(machine: Machine, scope: Scope, node: Node) -> Value:
    return Const(node[1])


def _all(machine: Machine, scope: Scope, node: Node) -> Value:
    for one in node[1]:
        evaluate(machine, scope, one)
    return UNKNOWN


def _list(machine: Machine, scope: Scope, node: Node) -> Value:
    return tuple(evaluate(machine, scope, one) for one in node[1])


def _join(machine: Machine, scope: Scope, node: Node) -> Value:
    one, other = evaluate(machine, scope, node[1]), evaluate(machine, scope, node[2])
    return one + other if isinstance(one, tuple) and isinstance(other, tuple) else UNKNOWN


def _maybe(machine: Machine, scope: Scope, node: Node) -> Value:
    for one in node[1]:
        evaluate(machine, scope, one)
    perhaps(machine, scope, node[2])
    return UNKNOWN


def _choice(machine: Machine, scope: Scope, node: Node) -> Value:
    _, test, value, one, other = node
    truth = truth_of(machine, scope, test)
    evaluate(machine, scope, value)
    if truth is None:
        perhaps(machine, scope, (one, other))
        return UNKNOWN
    return evaluate(machine, scope, one if truth else other)


def _each(machine: Machine, scope: Scope, node: Node) -> Value:
    _, first, own, at_once, sure, rest = node
    consume(machine, evaluate(machine, scope, first))
    inner = Scope("function", scope.home, {}, scope, own)
    if not at_once:
        line = machine.frames[-1].line
        parts = (*sure, ("maybe", (), rest))
        return Pending(inner, tuple(("expr", line, one) for one in parts), "<genexpr>")
    for one in sure:
        evaluate(machine, inner, one)
    perhaps(machine, inner, rest)
    return UNKNOWN


def _walrus(machine: Machine, scope: Scope, node: Node) -> Value:
    value = evaluate(machine, scope, node[2])
    target: Scope | None = scope
    while target is not None and target.kind == "function" and node[1] not in target.own:
        target = target.around
    (target or scope).names[node[1]] = value
    return value


def _function(machine: Machine, scope: Scope, node: Node) -> Value:
    for one in node[1]:
        evaluate(machine, scope, one)
    return Function(scope.home, node[2], scope)


def _call(machine: Machine, scope: Scope, node: Node) -> Value:
    _, callee, args, keywords, plain, line = node
    function = evaluate(machine, scope, callee)
    values = tuple(evaluate(machine, scope, one) for one in args)
    given = {key: evaluate(machine, scope, value) for key, value in keywords}
    machine.frames[-1].line = line
    return calling.call(machine, function, values if plain else None, given)


_EVERYWHERE = frozenset(
    (
        "__annotations__",
        "__builtins__",
        "__cached__",
        "__class__",
        "__debug__",
        "__doc__",
        "__file__",
        "__firstlineno__",
        "__loader__",
        "__module__",
        "__name__",
        "__package__",
        "__path__",
        "__qualname__",
        "__spec__",
        "__static_attributes__",
    )
)
_EXPRESSIONS: dict[str, Callable[[Machine, Scope, Node], Value]] = {
    "name": _name,
    "attr": _attribute,
    "const": _constant,
    "all": _all,
    "list": _list,
    "join": _join,
    "maybe": _maybe,
    "choice": _choice,
    "each": _each,
    "walrus": _walrus,
    "function": _function,
    "call": _call,
}
