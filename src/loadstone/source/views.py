"""In which world to ask for the names of a module: the one without order, unless the order of imports matters."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from loadstone.source.events import Event

if TYPE_CHECKING:
    from loadstone.source.world import World

__all__ = ["view", "view_of", "view_of_statements"]


def view(world: World, module: str) -> World:
    """Return the world in which to ask for all names of `module`: this one, or the session that imports it."""
    run = world.run(module)
    if run is None:
        return world
    winds = partial(_winds, world)
    ordered = run.cyclic or run.ordered or world.grows(run) or any(map(winds, run.names.values()))
    return world.session(module) if ordered else world


def view_of(world: World, module: str, name: str) -> World:
    """Return the world in which to ask for one name of `module`, as `view` does for all of them."""
    run = world.run(module)
    event = run.names.get(name) if run else None
    ordered = event is not None and _winds(world, event)
    return world.session(module) if ordered else view_of_statements(world, module, name)


def view_of_statements(world: World, module: str, name: str) -> World:
    """Return the world in which to ask which statement of `module` binds a name: less depends on order there."""
    run = world.run(module)
    if run is None:
        return world
    grown = world.grows(run) and world.library.locate(f"{module}.{name}") is not None
    return world.session(module) if run.cyclic or run.ordered or grown else world


def _winds(world: World, event: Event) -> bool:
    """Whether a name comes through a module of the program whose names depend on the order of imports."""
    start, seen = event.module, set()
    while event.bound.how in {"from-import", "star"}:
        if not world.inside(event.target, start):
            return False
        run = world.run(event.target)
        found = world.find(event.target, event.member)
        if found in seen or (run is not None and run.ordered):
            return True
        if not isinstance(found, Event):
            return False
        if found.before and world.rings.together(event.module, found.module):
            return True
        seen.add(found)
        event = found
    return False
