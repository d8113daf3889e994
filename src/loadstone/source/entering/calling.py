"""Calls of the program's own functions and classes, as far as it can be seen which they are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from loadstone.source.entering.attributes import find_attribute, method, of_class, set_attribute
from loadstone.source.entering.bodies import consume, enter_function, identity
from loadstone.source.entering.members import attribute
from loadstone.source.entering.state import (
    MAYBE,
    UNKNOWN,
    Class,
    Const,
    External,
    Function,
    Instance,
    State,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loadstone.source.entering.machine import Machine
    from loadstone.source.entering.state import Value

__all__ = ["call", "decorate", "enter", "made"]

_SAME = frozenset((
    "abc.abstractmethod", "builtins.classmethod", "builtins.staticmethod", "dataclasses.dataclass",
    "dataclasses.dataclass()", "enum.unique", "functools.cache", "functools.lru_cache", "functools.lru_cache()",
    "functools.total_ordering", "functools.wraps()", "typing.final", "typing.no_type_check", "typing.override",
    "typing.runtime_checkable",
))  # fmt: skip
"""Decorators whose result is called, or asked for attributes, as what they decorate."""

_CONSUMERS = frozenset(
    ("all", "any", "dict", "frozenset", "list", "max", "min", "next", "set", "sorted", "sum", "tuple")
)


def call(
    machine: Machine,
    function: Value,
    args: tuple[Value, ...] | None,
    given: Mapping[str, Value],
) -> Value:
    """Return what a call comes to; `args` is None where it is not known which parameters they are for."""
    if isinstance(function, External):
        function = machine.programs.resolve(function)
    if isinstance(function, Function):
        return enter_function(machine, function, args, given)
    if isinstance(function, Class):
        return _instance(machine, function, args, given)
    if isinstance(function, Instance):
        return _method_of(machine, function, "__call__", args, given)
    if isinstance(function, External):
        return _external(machine, function, args or ())
    return UNKNOWN


def decorate(machine: Machine, wrapper: Value, value: Value) -> Value:
    """Return what a decorator makes of a function or class."""
    if isinstance(wrapper, External):
        wrapper = machine.programs.resolve(wrapper)
    if isinstance(wrapper, External):
        return value if f"{wrapper.module}.{wrapper.name}" in _SAME else UNKNOWN
    return call(machine, wrapper, (value,), {})


def enter(machine: Machine, value: Value) -> None:
    """Do what ``with value:`` does first."""
    if isinstance(value, Instance):
        _method_of(machine, value, "__enter__", (), {})
    consume(machine, value)


def made(machine: Machine, new: Value, given: Mapping[str, Value]) -> None:
    """Do what making a class calls: `__init_subclass__` of a base, and the metaclass."""
    if not isinstance(new, Class):
        return
    hook = next((found for base in new.bases if (found := of_class(base, "__init_subclass__"))), None)
    if isinstance(hook, Function):
        enter_function(machine, replace(hook, bound=new), (), given)
    meta = given.get("metaclass") or next(
        (found for base in new.bases if isinstance(base, Class) and (found := base.names.get("<metaclass>"))),
        None,
    )
    if isinstance(meta, Class):
        new.names["<metaclass>"] = meta
        for name in ("__new__", "__init__"):
            special = of_class(meta, name)
            if isinstance(special, Function):
                enter_function(machine, replace(special, bound=new), None, {})


def _instance(
    machine: Machine, of: Class, args: tuple[Value, ...] | None, given: Mapping[str, Value]
) -> Value:
    key = of, identity(args, given)
    if key in machine.made:
        return Instance(of, dict(machine.made[key].names))
    machine.made[key] = new = Instance(of)
    maker = of_class(of, "__new__")
    if isinstance(maker, Function):
        enter_function(machine, replace(maker, bound=of), args, given)
    _method_of(machine, new, "__init__", args, given)
    return new


def _method_of(
    machine: Machine, owner: Instance, name: str, args: tuple[Value, ...] | None, given: Mapping[str, Value]
) -> Value:
    found = method(owner, name)
    return enter_function(machine, found, args, given) if isinstance(found, Function) else UNKNOWN


def _external(machine: Machine, function: External, args: tuple[Value, ...]) -> Value:
    name = f"{function.module}.{function.name}"
    if name in {"importlib.import_module", "builtins.__import__"} and args and isinstance(args[0], Const):
        return _import(machine, str(args[0].value), full=name.startswith("importlib"))
    if function.module == "builtins" and function.name in _CONSUMERS:
        for value in args:
            consume(machine, value)
    match name, args:
        case "builtins.getattr", (owner, Const(str(member))):
            return find_attribute(machine, owner, member)
        case "builtins.getattr", (owner, Const(str(member)), default):
            return _attribute_or(machine, owner, member, default)
        case "builtins.setattr", (owner, Const(str(member)), value):
            set_attribute(machine, owner, member, value)
    # What `lru_cache(maxsize=1)` makes is a decorator itself.
    return External(function.module, f"{function.name}()") if f"{name}()" in _SAME else UNKNOWN


def _attribute_or(machine: Machine, owner: Value, name: str, default: Value) -> Value:
    """Return an attribute of a module that is half made, or else the default; of other values nothing is known."""
    if not isinstance(owner, State) or owner.finished:
        return UNKNOWN
    found = attribute(machine, owner, name)
    return default if found is None else UNKNOWN if found is MAYBE else found


def _import(machine: Machine, name: str, *, full: bool) -> Value:
    if not name or name.startswith("."):
        return UNKNOWN
    module = machine.load(name)
    return module if full else machine.modules.get(name.partition(".")[0], UNKNOWN)
