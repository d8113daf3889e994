"""Statements of the small program that fork.

Where a fork cannot be decided every arm is gone through from the same start; what only some of them bind is MAYBE bound
then, and errors in them are nobody's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loadstone.source.entering import calling
from loadstone.source.entering.bodies import consume
from loadstone.source.entering.evaluate import evaluate
from loadstone.source.entering.state import MAYBE, UNKNOWN, Failing
from loadstone.source.entering.statements import assign
from loadstone.source.entering.truth import truth_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loadstone.source.entering.lowering.lowering import Block
    from loadstone.source.entering.machine import Machine
    from loadstone.source.entering.state import Scope, Value

__all__ = ["for_", "if_", "match", "try_", "while_", "with_"]

Node = tuple[Any, ...]


def if_(machine: Machine, scope: Scope, node: Node) -> str | None:
    """``if``: one arm, or both where the test cannot be decided."""
    _, _, test, value, body, otherwise = node
    truth = truth_of(machine, scope, test)
    evaluate(machine, scope, value)
    if truth is None:
        return _fork(machine, scope, (body, otherwise))
    return machine.block(scope, body if truth else otherwise)


def _fork(machine: Machine, scope: Scope, arms: Sequence[Block]) -> str | None:
    """Go through arms of which one is taken, nobody knows which."""
    start = dict(scope.names)
    ends: list[dict[str, Value]] = []
    left = False
    for arm in arms:
        scope.names.clear()
        scope.names.update(start)
        ended = _perhaps(machine, scope, arm)
        left = left or ended in {"return", "leave"}
        if not ended:
            ends.append(dict(scope.names))
    _join(scope.names, ends or [start])
    if left:
        machine.doubt += 1  # until the function ends: what follows may not run
    return None


def _perhaps(machine: Machine, scope: Scope, body: Block) -> str | None:
    """Go through what may not happen; return how it ended, "failed" for an error."""
    doubt = machine.doubt
    machine.doubt += 1
    try:
        return machine.block(scope, body)
    except Failing:
        return "failed"
    finally:
        machine.doubt = doubt


def _join(names: dict[str, Value], ends: Sequence[dict[str, Value]]) -> None:
    joined = dict(ends[0])
    for end in ends[1:]:
        joined.update(dict.fromkeys(joined.keys() - end.keys(), MAYBE))
        for name, value in end.items():
            known = joined.get(name, MAYBE)
            if value is known and name in joined:
                continue
            joined[name] = MAYBE if MAYBE in (value, known) else UNKNOWN
    names.clear()
    names.update(joined)


def for_(machine: Machine, scope: Scope, node: Node) -> str | None:
    """``for``."""
    _, _, sure, value, target, body, otherwise = node
    consume(machine, evaluate(machine, scope, value))
    return _loop(machine, scope, sure=sure, target=target, body=body, otherwise=otherwise)


def while_(machine: Machine, scope: Scope, node: Node) -> str | None:
    """``while``."""
    _, _, test, value, body, otherwise = node
    truth = truth_of(machine, scope, test)
    evaluate(machine, scope, value)
    if truth is False:
        return machine.block(scope, otherwise)
    return _loop(machine, scope, sure=bool(truth), target=None, body=body, otherwise=otherwise)


def _loop(
    machine: Machine, scope: Scope, *, sure: bool, target: Node | None, body: Block, otherwise: Block
) -> str | None:
    """Go through a loop's body once: surely, or perhaps."""
    if not sure:
        doubt, start = machine.doubt, dict(scope.names)
        machine.doubt += 1
        if target:
            assign(machine, scope, target, UNKNOWN)
        machine.doubt = doubt
        ended = _perhaps(machine, scope, body)
        _join(scope.names, [start, dict(scope.names)])
        if ended == "return":
            machine.doubt += 1
    else:
        if target:
            assign(machine, scope, target, UNKNOWN)
        ended = machine.block(scope, body)
        if ended == "return":
            return ended
    _perhaps(machine, scope, otherwise)
    return None


def try_(machine: Machine, scope: Scope, node: Node) -> str | None:
    """``try``: the body, and the handler of what it raises."""
    _, _, body, handlers, otherwise, final = node
    doubt = machine.doubt
    machine.guards += bool(handlers)
    try:
        ended = machine.block(scope, body)
    except Failing as failing:
        machine.guards -= bool(handlers)
        machine.doubt = doubt
        handler = next((one for one in handlers if _catches(one[0], failing.error)), None)
        if handler is None:
            _perhaps(machine, scope, final)
            raise
        ended = _handle(machine, scope, handler)
    else:
        machine.guards -= bool(handlers)
        _alternatives(machine, scope, handlers)
        ended = ended or machine.block(scope, otherwise)
    return machine.block(scope, final) or ended


def _handle(machine: Machine, scope: Scope, handler: Node) -> str | None:
    _, _, name, body = handler
    if name:
        scope.bind(name, UNKNOWN)
    ended = machine.block(scope, body)
    if name:
        scope.names.pop(name, None)
    return ended


def _alternatives(machine: Machine, scope: Scope, handlers: Sequence[Node]) -> None:
    """Go through handlers of other errors than of imports: they may run, and what they bind is not certain."""
    for caught, _, _, body in handlers:
        if caught is not None and _DECIDED.issuperset(caught):
            continue
        start = dict(scope.names)
        ended = _perhaps(machine, scope, body)
        _join(scope.names, [start] if ended else [start, {**start, **scope.names}])


_DECIDED = frozenset(("ImportError", "ModuleNotFoundError", "NameError", "AttributeError"))
_BASES = {
    "ModuleNotFoundError": ("ModuleNotFoundError", "ImportError", "Exception", "BaseException"),
    "": (),
}


def _catches(caught: tuple[str, ...] | None, error: str) -> bool:
    bases = _BASES.get(error, (error, "Exception", "BaseException"))
    return caught is None or any(one in bases for one in caught)


def with_(machine: Machine, scope: Scope, node: Node) -> str | None:
    """``with``, which may take the errors of its body."""
    _, _, items, body, caught = node
    for value, target in items:
        entered = evaluate(machine, scope, value)
        calling.enter(machine, entered)
        if target:
            assign(machine, scope, target, UNKNOWN)
    if caught is None:
        return machine.block(scope, body)
    return try_(machine, scope, ("try", node[1], body, ((caught, None, None, ()),), (), ()))


def match(machine: Machine, scope: Scope, node: Node) -> str | None:
    """``match``: any case, or none."""
    _, line, value, cases = node
    evaluate(machine, scope, value)
    arms = []
    for captured, guard, body in cases:
        first = tuple(("bind", line, (("name", name),), None) for name in captured)
        arms.append((*first, *((("expr", line, guard),) if guard else ()), *body))
    return _fork(machine, scope, (*arms, ()))
