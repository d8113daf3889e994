"""Statements of the small program that bind, import, define and end: how each changes the scope it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loadstone.errors import BadModuleName
from loadstone.names import ModuleName
from loadstone.source.entering import calling
from loadstone.source.entering.attributes import set_attribute
from loadstone.source.entering.evaluate import evaluate
from loadstone.source.entering.members import member, star
from loadstone.source.entering.state import MAYBE, UNKNOWN, Class, Function, Scope

if TYPE_CHECKING:
    from loadstone.source.entering.machine import Machine
    from loadstone.source.entering.state import Value

__all__ = [
    "assign",
    "bind",
    "class_",
    "delete",
    "expression",
    "from_",
    "function",
    "import_",
    "leave",
    "raise_",
    "return_",
]

Node = tuple[Any, ...]


def assign(machine: Machine, scope: Scope, target: Node, value: Value) -> None:
    """Give a value to a target."""
    match target:
        case ("name", name):
            scope.bind(name, value)
        case ("attr", owner, attribute):
            set_attribute(machine, evaluate(machine, scope, owner), attribute, value)
        case ("parts", parts):
            values = (
                value if isinstance(value, tuple) and len(value) == len(parts) else (UNKNOWN,) * len(parts)
            )
            for part, one in zip(parts, values, strict=True):
                assign(machine, scope, part, one)
        case ("eval", value):
            evaluate(machine, scope, value)


def bind(machine: Machine, scope: Scope, node: Node) -> None:
    """An assignment."""
    value = evaluate(machine, scope, node[3])
    for target in node[2]:
        assign(machine, scope, target, value)


def expression(machine: Machine, scope: Scope, node: Node) -> None:
    """An expression by itself."""
    evaluate(machine, scope, node[2])


def delete(machine: Machine, scope: Scope, node: Node) -> None:
    """``del`` of names."""
    for name in node[2]:
        names = scope.home.names if name in scope.globals else scope.names
        if machine.doubt:
            names[name] = MAYBE
        else:
            names.pop(name, None)


def import_(machine: Machine, scope: Scope, node: Node) -> None:
    """``import a.b as c``."""
    _, _, name, asname = node
    machine.load(name)
    top = machine.load(name.partition(".")[0])  # gone again if it failed after the submodule was loaded
    scope.bind(asname or name.partition(".")[0], machine.modules.get(name, top) if asname else top)


def from_(machine: Machine, scope: Scope, node: Node) -> None:
    """``from a import b``, or a star."""
    _, _, module, level, names = node
    if module == "__future__":
        return
    try:
        name = str(ModuleName(_package(scope)).relative(level, module)) if level else module
    except BadModuleName:
        machine.fail("ImportError")
        return
    machine.load(name)
    for wanted, bound in names:
        if wanted == "*":
            star(machine, name, scope.home, scope)
        else:
            scope.bind(bound, member(machine, name, wanted))


def _package(scope: Scope) -> str:
    return scope.home.summary.package if scope.home.summary else ""


def function(machine: Machine, scope: Scope, node: Node) -> None:
    """A definition, with its decorators."""
    _, _, name, decorators, evaluated, code = node
    wrappers = [evaluate(machine, scope, one) for one in decorators]
    for one in evaluated:
        evaluate(machine, scope, one)
    value: Value = Function(scope.home, code, scope)
    for wrapper in reversed(wrappers):
        value = calling.decorate(machine, wrapper, value)
    scope.bind(name, value)


def class_(machine: Machine, scope: Scope, node: Node) -> None:
    """A class: its body runs, then what making it calls."""
    _, _, name, decorators, bases, keywords, body = node
    wrappers = [evaluate(machine, scope, one) for one in decorators]
    found = tuple(evaluate(machine, scope, base) for base in bases)
    given = {key: evaluate(machine, scope, value) for key, value in keywords}
    names: dict[str, Value] = {}
    inner = Scope("class", scope.home, names, scope)
    machine.block(inner, body)
    value: Value = Class(scope.home, name, names, found)
    calling.made(machine, value, given)
    for wrapper in reversed(wrappers):
        value = calling.decorate(machine, wrapper, value)
    scope.bind(name, value)


def raise_(machine: Machine, scope: Scope, node: Node) -> None:
    """``raise``."""
    evaluate(machine, scope, node[2])
    machine.fail(node[3] or "Exception")


def return_(machine: Machine, scope: Scope, node: Node) -> str:
    """``return``: the value is kept under a name that no program has."""
    scope.names["return"] = evaluate(machine, scope, node[2])
    return "return"


def leave(machine: Machine, scope: Scope, node: Node) -> str:
    """``break`` and ``continue``."""
    return "leave"
