"""Modules without source: what can be said of their names."""

from __future__ import annotations

import builtins
import sys
import types
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loadstone.source.finder import Location

__all__ = ["Named", "built_in", "describe"]


@dataclass(frozen=True, slots=True)
class Named:
    """A name of a module that has no source: its kind, and the (module, name) where the object was made."""

    kind: str
    module: str
    name: str


def built_in(location: Location) -> Mapping[str, Named] | None:
    """Return the names of a module compiled into the interpreter, if this process has it already; else None."""
    if location.kind == "built-in" and location.name in sys.modules:
        return describe(sys.modules[location.name])
    return None


def describe(module: types.ModuleType) -> dict[str, Named]:
    """Return what a live module holds, name by name, leaving out the names that every module has."""
    return {
        name: _named(module.__name__, name, value)
        for name, value in vars(module).items()
        if name not in _EVERY_MODULE
    }


_EVERY_MODULE = frozenset(
    ("__name__", "__doc__", "__package__", "__loader__", "__spec__", "__file__", "__path__")
)


def _named(module: str, name: str, value: Any) -> Named:
    if isinstance(value, types.ModuleType):
        return Named("module", value.__name__, "")
    kind = _kind(value)
    if kind == "variable":
        return Named(kind, module, name)
    home, own = getattr(value, "__module__", None), getattr(value, "__name__", None)
    if isinstance(home, str) and isinstance(own, str) and _holds(home, own, value):
        return Named(kind, home, own)
    return Named(kind, module, name)


def _kind(value: Any) -> str:
    if isinstance(value, type):
        return "class"
    return "function" if callable(value) and hasattr(value, "__name__") else "variable"


def _holds(module: str, name: str, value: Any) -> bool:
    home = builtins if module == "builtins" else sys.modules.get(module)
    return home is not None and vars(home).get(name) is value
