"""What the names of a module stand for, without how they came to it: enough for comparing two states of a project."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from loadstone.source.origins import Origin
from loadstone.source.resolving import implicit_names

if TYPE_CHECKING:
    from loadstone.check.module import Module
    from loadstone.source.events import Event

__all__ = ["Sense", "senses"]


class Sense(NamedTuple):
    """What a name stands for: its origin, whether that is missing, and the origins that other branches would give."""

    origin: Origin
    missing: bool = False
    others: frozenset[Origin] = frozenset()

    def __str__(self) -> str:
        more = f", or else {', '.join(sorted(map(str, self.others)))}" if self.others else ""
        return f"{self.origin}{more}, which is not there" if self.missing else f"{self.origin}{more}"


def senses(module: Module) -> dict[str, Sense]:
    """Return the names of a module when it has run, those that Python gives to every module included."""
    found = {name: Sense(Origin(module.name, name)) for name in implicit_names(module.summary)}
    for name, event in module.run.names.items():
        found[name] = _sense(module, module.naming.first(event))
    return found


def _sense(module: Module, event: Event) -> Sense:
    _, home, name, missing = module.world.resolve(event)
    origin = Origin(home, name)
    others = (Origin(*module.world.resolve(one)[1:3]) for one in event.others)
    return Sense(origin, missing, frozenset(others) - {origin})
