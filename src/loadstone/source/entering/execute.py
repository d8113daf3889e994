"""Statements of the small program: how each changes the scope it stands in.

A block ends early with "return" or "leave" (a loop's body is left). Where a fork cannot be decided every arm is gone
through from the same start; what only some of them bind is MAYBE bound then, and errors in them are nobody's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loadstone.errors import BadModuleName
from loadstone.names import ModuleName
from loadstone.source.entering import calling
from loadstone.source.entering.evaluate import evaluate, lookup
from loadstone.source.entering.state import (
    MAYBE,
    UNKNOWN,
    Class,
    Const,
    External,
    Failing,
    Function,
    Instance,
    Scope,
    State,
)
from loadstone.source.verdicts import SOMETHING, known, verdict
from loadstone.source.verdicts import UNKNOWN as UNDECIDED

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from loadstone.source.entering.lowering import Block
    from loadstone.source.entering.machine import Machine
    from loadstone.source.entering.state import Value
    from loadstone.source.verdicts import Test

__all__ = ["block", "call_block", "truth_of"]

Node = tuple[Any, ...]


def block(machine: Machine, scope: Scope, body: Block) -> str | None:
    """Go through statements; return "return" or "leave" where they end early. Raises Failing where they fail."""
    frame = machine.frames[-1]
    for node in body:
        machine.step()
        frame.line = node[1]
        if frame.function == "<module>":
            frame.home.line = node[1]
        ended = _STATEMENTS[node[0]](machine, scope, node)
        if ended:
            return ended
    return None


def call_block(machine: Machine, scope: Scope, body: Block) -> Value:
    """Go through the body of a function; return what it returns, as far as that is known."""
    doubt = machine.doubt
    try:
        block(machine, scope, body)
    except Failing as failing:
        if failing.doubt <= doubt:
            raise
    finally:
        sure = machine.doubt == doubt
        machine.doubt = doubt
    result = scope.names.get("return")
    return UNKNOWN if result is None or not sure else result


# Binding.


def bind(machine: Machine, scope: Scope, name: str, value: Value) -> None:
    if name in scope.globals:
        scope.home.names[name] = value
    else:
        scope.names[name] = value


def _assign(machine: Machine, scope: Scope, target: Node, value: Value) -> None:
    match target:
        case ("name", name):
            bind(machine, scope, name, value)
        case ("attr", owner, attribute):
            _set_attribute(evaluate(machine, scope, owner), attribute, value)
        case ("parts", parts):
            values = (
                value if isinstance(value, tuple) and len(value) == len(parts) else (UNKNOWN,) * len(parts)
            )
            for part, one in zip(parts, values, strict=True):
                _assign(machine, scope, part, one)
        case ("eval", value):
            evaluate(machine, scope, value)


def _set_attribute(owner: Value, name: str, value: Value) -> None:
    if isinstance(owner, State | Instance | Class):
        owner.names[name] = value


def _bind(machine: Machine, scope: Scope, node: Node) -> None:
    value = evaluate(machine, scope, node[3])
    for target in node[2]:
        _assign(machine, scope, target, value)


def _expression(machine: Machine, scope: Scope, node: Node) -> None:
    evaluate(machine, scope, node[2])


def _delete(machine: Machine, scope: Scope, node: Node) -> None:
    for name in node[2]:
        names = scope.home.names if name in scope.globals else scope.names
        if machine.doubt:
            names[name] = MAYBE
        else:
            names.pop(name, None)


# Imports.


def _import(machine: Machine, scope: Scope, node: Node) -> None:
    _, _, name, asname = node
    machine.load(name)
    top = machine.load(name.partition(".")[0])  # gone again if it failed after the submodule was loaded
    bind(machine, scope, asname or name.partition(".")[0], machine.modules.get(name, top) if asname else top)


def _from(machine: Machine, scope: Scope, node: Node) -> None:
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
            machine.star(name, scope.home, scope)
        else:
            bind(machine, scope, bound, machine.member(name, wanted))


def _package(scope: Scope) -> str:
    return scope.home.summary.package if scope.home.summary else ""


# Definitions.


def _function(machine: Machine, scope: Scope, node: Node) -> None:
    _, _, name, decorators, evaluated, code = node
    wrappers = [evaluate(machine, scope, one) for one in decorators]
    for one in evaluated:
        evaluate(machine, scope, one)
    value: Value = Function(scope.home, code, scope)
    for wrapper in reversed(wrappers):
        value = calling.decorate(machine, wrapper, value)
    bind(machine, scope, name, value)


def _class(machine: Machine, scope: Scope, node: Node) -> None:
    _, _, name, decorators, bases, keywords, body = node
    wrappers = [evaluate(machine, scope, one) for one in decorators]
    found = tuple(evaluate(machine, scope, base) for base in bases)
    given = {key: evaluate(machine, scope, value) for key, value in keywords}
    names: dict[str, Value] = {}
    inner = Scope("class", scope.home, names, scope)
    block(machine, inner, body)
    value: Value = Class(scope.home, name, names, found)
    calling.made(machine, value, given)
    for wrapper in reversed(wrappers):
        value = calling.decorate(machine, wrapper, value)
    bind(machine, scope, name, value)


# Forks.


def _if(machine: Machine, scope: Scope, node: Node) -> str | None:
    _, _, test, value, body, otherwise = node
    truth = truth_of(machine, scope, test)
    evaluate(machine, scope, value)
    if truth is None:
        return _fork(machine, scope, (body, otherwise))
    return block(machine, scope, body if truth else otherwise)


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
    value = lookup(scope, root.removesuffix("?").removesuffix("()"))
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
        return block(machine, scope, body)
    except Failing:
        return "failed"
    finally:
        machine.doubt = doubt


def _join(names: dict[str, Value], ends: Sequence[dict[str, Value]]) -> None:
    names.clear()
    for name in dict.fromkeys(name for end in ends for name in end):
        values = [end.get(name, MAYBE) for end in ends]
        if any(value is MAYBE for value in values):
            names[name] = MAYBE
        else:
            names[name] = values[0] if all(value is values[0] for value in values) else UNKNOWN


def _for(machine: Machine, scope: Scope, node: Node) -> str | None:
    _, _, sure, value, target, body, otherwise = node
    calling.consume(machine, evaluate(machine, scope, value))
    return _loop(machine, scope, sure=sure, target=target, body=body, otherwise=otherwise)


def _while(machine: Machine, scope: Scope, node: Node) -> str | None:
    _, _, test, value, body, otherwise = node
    truth = truth_of(machine, scope, test)
    evaluate(machine, scope, value)
    if truth is False:
        return block(machine, scope, otherwise)
    return _loop(machine, scope, sure=bool(truth), target=None, body=body, otherwise=otherwise)


def _loop(
    machine: Machine, scope: Scope, *, sure: bool, target: Node | None, body: Block, otherwise: Block
) -> str | None:
    """Go through a loop's body once: surely, or perhaps."""
    if not sure:
        doubt, start = machine.doubt, dict(scope.names)
        machine.doubt += 1
        if target:
            _assign(machine, scope, target, UNKNOWN)
        machine.doubt = doubt
        ended = _perhaps(machine, scope, body)
        _join(scope.names, [start, dict(scope.names)])
        if ended == "return":
            machine.doubt += 1
    else:
        if target:
            _assign(machine, scope, target, UNKNOWN)
        ended = block(machine, scope, body)
        if ended == "return":
            return ended
    _perhaps(machine, scope, otherwise)
    return None


def _try(machine: Machine, scope: Scope, node: Node) -> str | None:
    _, _, body, handlers, otherwise, final = node
    doubt = machine.doubt
    machine.guards += bool(handlers)
    try:
        ended = block(machine, scope, body)
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
        ended = ended or block(machine, scope, otherwise)
    return block(machine, scope, final) or ended


def _handle(machine: Machine, scope: Scope, handler: Node) -> str | None:
    _, _, name, body = handler
    if name:
        bind(machine, scope, name, UNKNOWN)
    ended = block(machine, scope, body)
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


def _with(machine: Machine, scope: Scope, node: Node) -> str | None:
    _, _, items, body, caught = node
    for value, target in items:
        entered = evaluate(machine, scope, value)
        calling.enter(machine, entered)
        if target:
            _assign(machine, scope, target, UNKNOWN)
    if caught is None:
        return block(machine, scope, body)
    return _try(machine, scope, ("try", node[1], body, ((caught, None, None, ()),), (), ()))


def _match(machine: Machine, scope: Scope, node: Node) -> str | None:
    _, line, value, cases = node
    evaluate(machine, scope, value)
    arms = []
    for captured, guard, body in cases:
        first = tuple(("bind", line, (("name", name),), None) for name in captured)
        arms.append((*first, *((("expr", line, guard),) if guard else ()), *body))
    return _fork(machine, scope, (*arms, ()))


def _raise(machine: Machine, scope: Scope, node: Node) -> None:
    evaluate(machine, scope, node[2])
    machine.fail(node[3] or "Exception")


def _return(machine: Machine, scope: Scope, node: Node) -> str:
    scope.names["return"] = evaluate(machine, scope, node[2])
    return "return"


def _leave(machine: Machine, scope: Scope, node: Node) -> str:
    return "leave"


_STATEMENTS: dict[str, Callable[[Machine, Scope, Node], str | None]] = {
    "import": _import,
    "from": _from,
    "expr": _expression,
    "bind": _bind,
    "del": _delete,
    "def": _function,
    "class": _class,
    "if": _if,
    "for": _for,
    "while": _while,
    "try": _try,
    "with": _with,
    "match": _match,
    "raise": _raise,
    "return": _return,
    "leave": _leave,
}
