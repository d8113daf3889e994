"""Who uses a name of a module: its own statements, `__all__`, or another module."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loadstone.check.module import Module

__all__ = ["is_used", "own_use_of", "use_of"]


def use_of(module: Module, name: str) -> str:
    """Return how a name is used, as the end of a sentence; empty where it is not.

    ``is used in line 7``, ``is exported by __all__``, ``is taken by shop.cart (line 3)``.
    """
    inside = own_use_of(module, name)
    takers = () if inside else module.whole.takers(module.name, name)
    return f"is taken by {takers[0]}" if takers else inside


def own_use_of(module: Module, name: str) -> str:
    """Return how the module itself uses a name, as `use_of` does."""
    if name in module.first_reads:
        return f"is used in line {module.first_reads[name][0]}"
    if module.exports(name):
        return "is exported by __all__"
    return "is used in an annotation" if name in module.summary.uses else ""


def is_used(module: Module, name: str) -> bool:
    """Whether a name is used, as `use_of` tells how."""
    return bool(own_use_of(module, name)) or module.whole.is_taken(module.name, name)
