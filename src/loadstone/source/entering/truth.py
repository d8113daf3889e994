"""Tests of ``if`` and ``while``, with the values that names have at this moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.source.entering.state import Class, Const, External, Function, State
from loadstone.source.verdicts import SOMETHING, known, verdict
from loadstone.source.verdicts import UNKNOWN as UNDECIDED

if TYPE_CHECKING:
    from loadstone.source.conditions import Test
    from loadstone.source.entering.machine import Machine
    from loadstone.source.entering.state import Scope, Value

__all__ = ["truth_of"]


def truth_of(machine: Machine, scope: Scope, test: Test) -> bool | None:
    """Return whether a test is true at this moment; None where that cannot be known."""
    return verdict(test, lambda name: _fact(machine, scope, name))


def _fact(machine: Machine, scope: Scope, name: str) -> object:
    """Return what a dotted name of a test stands for, as `verdicts` wants it."""
    if name == "__name__":
        return "__main__" if scope.home.main else scope.home.name
    if name == "__debug__":
        return True
    root, _, rest = name.partition(".")
    value = scope.lookup(root.removesuffix("?").removesuffix("()"))
    if isinstance(value, External):
        value = machine.programs.resolve(value)
    fact = _known(value, rest, called=root.endswith(")"))
    return False if fact is UNDECIDED and name.rpartition(".")[2] == "TYPE_CHECKING" else fact


def _known(value: Value | None, rest: str, *, called: bool) -> object:
    if isinstance(value, External):
        return known(value.module, f"{value.name}.{rest}".strip("."))
    if isinstance(value, Const) and not rest:
        return value.value
    if isinstance(value, Function | Class | State) and not rest and not called:
        return SOMETHING
    return UNDECIDED
