"""What one module takes from another, which may be half made: members, attributes, and all that a star brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.source.entering.state import MAYBE, UNKNOWN, External, Half, Need, State

if TYPE_CHECKING:
    from loadstone.source.entering.machine import Machine
    from loadstone.source.entering.state import Scope, Value

__all__ = ["attribute", "member", "miss", "miss_submodule", "star"]

_IMPLICIT = frozenset((
    "__annotations__", "__builtins__", "__cached__", "__class__", "__dict__", "__doc__", "__file__", "__loader__",
    "__name__", "__package__", "__spec__",
))  # fmt: skip


def member(machine: Machine, name: str, wanted: str) -> Value:
    """Return what ``from name import wanted`` binds; raise Failing where Python would raise ImportError."""
    module = machine.modules.get(name, External(name))
    if isinstance(module, External):
        return _of_external(machine, module, name, wanted)
    _import_submodule(machine, module, wanted)
    found = attribute(machine, module, wanted)
    if found is not None:
        return UNKNOWN if found is MAYBE else found
    loaded = machine.modules.get(f"{module.name}.{wanted}")
    if loaded is not None:
        return loaded
    miss(machine, "ImportError", module, wanted)
    return UNKNOWN


def star(machine: Machine, name: str, importer: State, scope: Scope) -> None:
    """Do what ``from name import *`` does."""
    module = machine.modules.get(name)
    if not isinstance(module, State):
        _star_of_external(machine, name, importer, scope)
        return
    exports = machine.programs.exports(module)
    for one in exports or ():
        _import_submodule(machine, module, one)
    importer.loose = importer.loose or module.loose
    if not module.finished:
        importer.halves.append(Half(machine.frames[-1].line, module, module.line))
    wanted = exports if exports is not None else [one for one in module.names if not one.startswith("_")]
    for one in wanted:
        found = attribute(machine, module, one)
        if found is None:
            miss(machine, "AttributeError", module, one)
        scope.names[one] = UNKNOWN if found is None else found


def attribute(machine: Machine, module: State, name: str) -> Value | None:
    """Return an attribute of a module as it is now; None where there is none."""
    if name in module.names:
        return module.names[name]
    if name in _IMPLICIT or (name == "__path__" and module.is_package):
        return UNKNOWN
    return UNKNOWN if module.loose or "__getattr__" in module.names else None


def miss(machine: Machine, error: str, module: State, name: str) -> None:
    """Fail because `module` lacks `name`, if that is certain; a finished module may bind names in ways unseen."""
    miss_submodule(machine, error, module.name, name)
    if not module.finished:
        machine.fail(error, Need(module, name, module.name))
    if machine.guards:
        machine.fail(error)
    if f"{module.name}.{name}" in machine.modules:
        # The package failed and was imported again: its first module object has the attribute, this one has not.
        machine.fail(error, Need(module, name, module.name))


def miss_submodule(machine: Machine, error: str, package: str, tail: str) -> None:
    """Fail if the name is a submodule that is still running: its package has it only afterwards."""
    running = machine.modules.get(f"{package}.{tail}")
    if isinstance(running, State) and not running.finished:
        machine.fail(error, Need(running, tail, package))


def _of_external(machine: Machine, module: External, name: str, wanted: str) -> Value:
    submodule = f"{name}.{wanted}"
    if machine.programs.is_package(name) and machine.programs.exists(f"{module.module}.{wanted}"):
        machine.load(f"{module.module}.{wanted}")
    return machine.modules.get(submodule) or External(module.module, f"{module.name}.{wanted}".strip("."))


def _star_of_external(machine: Machine, name: str, importer: State, scope: Scope) -> None:
    names, exact = machine.programs.public(name)
    scope.names.update((one, External(name, one)) for one in names)
    importer.loose = importer.loose or not exact


def _import_submodule(machine: Machine, package: State, tail: str) -> None:
    """Import a submodule, as a from-import does where the package lacks the name."""
    if tail in package.names or not package.is_package or "__getattr__" in package.names:
        return
    if machine.programs.exists(f"{package.name}.{tail}"):
        machine.load(f"{package.name}.{tail}")
