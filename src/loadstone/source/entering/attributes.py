"""Attributes of values: of modules that may be half made, of classes and of their objects."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from loadstone.source.entering.members import attribute, miss, miss_submodule
from loadstone.source.entering.state import MAYBE, UNKNOWN, Class, External, Function, Instance, State

if TYPE_CHECKING:
    from loadstone.source.entering.machine import Machine
    from loadstone.source.entering.state import Value

__all__ = ["find_attribute", "method", "of_class", "set_attribute"]


def find_attribute(machine: Machine, owner: Value, name: str) -> Value:
    """Return an attribute of a value; raises Failing for one that a half-made module does not have yet."""
    if isinstance(owner, State):
        found = attribute(machine, owner, name)
        if found is None:
            miss(machine, "AttributeError", owner, name)
        return UNKNOWN if found is None or found is MAYBE else found
    if isinstance(owner, External):
        return _of_external(machine, owner, name)
    if isinstance(owner, Instance):
        return owner.names.get(name) or method(owner, name)
    if isinstance(owner, Class):
        return of_class(owner, name) or UNKNOWN
    return UNKNOWN


def set_attribute(machine: Machine, owner: Value, name: str, value: Value) -> None:
    """Set an attribute of a module, an object or a class; those of other values are not kept."""
    if isinstance(owner, State):
        owner.names[name] = value
    elif isinstance(owner, Instance | Class):
        machine.plant(owner.names, name, value)


def _of_external(machine: Machine, owner: External, name: str) -> Value:
    """An attribute of something finished; a submodule that a loop is running is not there yet."""
    found = External(owner.module, f"{owner.name}.{name}".strip("."))
    if owner.name:
        return found
    loaded = machine.modules.get(f"{owner.module}.{name}")
    if loaded is None or machine.programs.binds(owner.module, name):
        return found
    miss_submodule(machine, "AttributeError", owner.module, name)
    return loaded


def of_class(owner: Value, name: str) -> Value | None:
    """Return what a class or its bases bind to a name; None where no base that can be seen does."""
    if not isinstance(owner, Class):
        return None
    if name in owner.names:
        return owner.names[name]
    return next((found for base in owner.bases if (found := of_class(base, name)) is not None), None)


def method(owner: Instance, name: str) -> Value:
    """Return an attribute that an object has from its class, functions as methods."""
    found = of_class(owner.of, name)
    if isinstance(found, Function) and found.bound is None:
        return replace(found, bound=owner)
    return UNKNOWN if found is None else found
