"""What is to be done with one module of the standard library, decided once for all spaces of a process."""

from __future__ import annotations

import re
import sys
from types import FunctionType, ModuleType

from loadstone.runtime.grafts.reach import Reach, origin_of
from loadstone.runtime.grafts.table import ACTING, SCANNED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["Plan", "plan_of"]

_CONSTANTS = (type(None), bool, int, float, complex, str, bytes, tuple, frozenset, re.Pattern)


class Plan:
    """How a space gets its own form of a module: as a graft, or executed anew.

    A graft is a copy in which `functions` are rebuilt and `foreign` names, ``{"main": ("unittest.main",
    "TestProgram")}``, and `modules`, ``{"inspect": "inspect"}``, are those of the space. Where methods act,
    or functions that a decorator hides, the module is executed `anew` instead, but for the classes `shared`.
    """

    __slots__ = ("anew", "foreign", "functions", "modules", "shared")

    def __init__(self, module: ModuleType) -> None:
        reach = Reach(module, ACTING, _known(module))
        namespace = vars(module)
        self.foreign = {name: home for name in reach.acts if (home := _home(module, name)) is not None}
        own = reach.acts.keys() - self.foreign.keys()
        self.functions = tuple(sorted(name for name in own if _is_plain(namespace.get(name), module)))
        self.anew = len(self.functions) < len(own & namespace.keys())
        self.modules = {} if self.anew else _modules(reach, self.functions, namespace)
        self.shared = _shared(module, reach) if self.anew else frozenset()


def _known(module: ModuleType) -> frozenset[str] | None:
    """Return what acts in `module` where the running Python was scanned; None where its code must be read."""
    if sys.version_info[:2] not in SCANNED:
        return None
    return ACTING[module.__name__] & vars(module).keys()


# The plan of each module that a space of this process has asked for: ``"inspect": <Plan>``. They stay.
_plans: dict[str, Plan] = {}


def plan_of(module: ModuleType) -> Plan:
    """Return the plan for a module of the host's standard library that has a row in `table`."""
    name = module.__name__
    if name not in _plans:
        _plans[name] = Plan(module)
    return _plans[name]


def _home(module: ModuleType, name: str) -> tuple[str, str] | None:
    """Return where an acting name of `module` was taken from; None when it is the module's own."""
    value = vars(module).get(name)
    origin = origin_of(value)
    if origin is None:
        kind = type(value)
        home = sys.modules.get(kind.__module__)
        if home is module or vars(home or module).get(name) is not value:
            return None
        origin = (kind.__module__, name)
    return None if origin[0] == module.__name__ else origin


def _is_plain(value: Any, module: ModuleType) -> bool:
    """Return whether `value` is a function that can be rebuilt by itself."""
    return isinstance(value, FunctionType) and value.__globals__ is vars(module) and value.__closure__ is None


def _modules(reach: Reach, functions: tuple[str, ...], namespace: dict[str, Any]) -> dict[str, str]:
    heads = {chain[0] for name in functions for found in reach.mentioned(name) for chain in found.chains}
    values = {head: namespace[head] for head in heads if isinstance(namespace.get(head), ModuleType)}
    return {head: value.__name__ for head, value in values.items() if value.__name__ in ACTING}


def _shared(module: ModuleType, reach: Reach) -> frozenset[str]:
    """Return the classes that stay one and the same: they do not act, and need nothing of the module that is anew."""
    namespace = vars(module)
    kept = {
        name: {chain[0] for found in reach.mentioned(name) for chain in found.chains}
        for name, value in namespace.items()
        if name not in reach.acts and origin_of(value) == (module.__name__, name)
        if not any(found.sets for found in reach.mentioned(name))
    }
    while True:
        lost = [name for name, heads in kept.items() if not _stands(namespace, name, heads, kept)]
        if not lost:
            return frozenset(name for name in kept if isinstance(namespace[name], type))
        for name in lost:
            del kept[name]


def _stands(namespace: dict[str, Any], name: str, heads: set[str], kept: dict[str, Any]) -> bool:
    """Return whether a class or function needs only what is the same in the copy: modules, constants, what is kept."""
    needed = [
        *getattr(namespace[name], "__bases__", ()),
        *(namespace[head] for head in heads if head in namespace),
    ]
    for value in needed:
        if isinstance(value, (ModuleType, _CONSTANTS)):
            continue
        origin = origin_of(value)
        if origin is None or (origin[0] == namespace["__name__"] and origin[1] not in kept):
            return False
    return True
