"""Going through the bodies of functions, each once for the same arguments, and of generators when they are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.source.entering.state import UNKNOWN, Failing, Frame, Pending, Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loadstone.source.entering.lowering.lowering import Block
    from loadstone.source.entering.machine import Machine
    from loadstone.source.entering.state import Function, Value

__all__ = ["consume", "enter_function", "identity"]

DEEPEST = 40
"""Calls inside calls that are gone through."""


def enter_function(
    machine: Machine, function: Function, args: tuple[Value, ...] | None, given: Mapping[str, Value]
) -> Value:
    """Return what a call of one of the program's own functions comes to."""
    key = function.scope, function.code, function.bound, identity(args, given)
    if key in machine.returned:
        return machine.returned[key]
    value = _entered(machine, function, args, given)
    machine.returned[key] = value
    return value


def consume(machine: Machine, value: Value) -> None:
    """Run a generator to its end."""
    if isinstance(value, Pending):
        _run(machine, value.scope, value.block, value.name, value)


def identity(args: tuple[Value, ...] | None, given: Mapping[str, Value]) -> object:
    """Return what tells the arguments of one call from those of another."""
    return args, tuple(given.items())


def _entered(
    machine: Machine, function: Function, args: tuple[Value, ...] | None, given: Mapping[str, Value]
) -> Value:
    body = machine.programs.body(function.home.path, function.code[2])
    if body is None:
        return UNKNOWN
    own, globals_, kind, block = body
    if kind == "async":
        return UNKNOWN
    scope = Scope("function", function.home, {}, function.scope, own, globals_)
    scope.names.update(_arguments(function, args, given))
    if kind == "generator":
        return Pending(scope, block, function.name)
    return _run(machine, scope, block, function.name, function.code)


def _arguments(
    function: Function,
    args: tuple[Value, ...] | None,
    given: Mapping[str, Value],
) -> dict[str, Value]:
    """Return the parameters whose values are known."""
    values: tuple[Value, ...] = args or ()
    parameters = function.code[1]
    if function.bound is not None:
        values = (function.bound, *values)
    found = dict(zip(parameters, values, strict=False))
    found.update((key, value) for key, value in given.items() if key in parameters)
    return found


def _run(machine: Machine, scope: Scope, body: Block, name: str, code: object) -> Value:
    """Go through the body of a function; one that is under way already is not entered again."""
    if any(code is other for other in machine.calls) or len(machine.calls) >= DEEPEST:
        return UNKNOWN
    machine.calls.append(code)
    machine.frames.append(Frame(scope.home, name))
    guards, machine.guards = machine.guards, machine.guards
    try:
        return _body(machine, scope, body)
    finally:
        machine.guards = guards
        machine.frames.pop()
        machine.calls.pop()


def _body(machine: Machine, scope: Scope, body: Block) -> Value:
    """Go through the body of a function; return what it returns, as far as that is known."""
    doubt = machine.doubt
    try:
        machine.block(scope, body)
    except Failing as failing:
        if failing.doubt <= doubt:
            raise
    finally:
        sure = machine.doubt == doubt
        machine.doubt = doubt
    result = scope.names.get("return")
    return UNKNOWN if result is None or not sure else result
