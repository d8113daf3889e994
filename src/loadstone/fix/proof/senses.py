"""What the names of a module stand for, without how they came to it: enough for comparing two states of a project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.source.origins import Origin
from loadstone.source.resolving import implicit_names

if TYPE_CHECKING:
    from loadstone.check.module import Module
    from loadstone.source.events import Event

__all__ = ["Sense", "senses"]

Sense = tuple[Origin, bool, frozenset[Origin]]
"""What a name stands for: its origin, whether that is missing, and the origins that other branches would give it."""


def senses(module: Module) -> dict[str, Sense]:
    """Return the names of a module when it has run, those that Python gives to every module included."""
    found: dict[str, Sense] = {
        name: (Origin(module.name, name), False, frozenset()) for name in implicit_names(module.summary)
    }
    for name, event in module.run.names.items():
        found[name] = _sense(module, module.naming.first(event))
    return found


def _sense(module: Module, event: Event) -> Sense:
    _, home, name, missing = module.world.resolve(event)
    origin = Origin(home, name)
    others = (Origin(*module.world.resolve(one)[1:3]) for one in event.others)
    return origin, missing, frozenset(others) - {origin}
