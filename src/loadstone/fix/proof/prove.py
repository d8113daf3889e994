"""The proof: two states of a project, and everything in which they differ without meaning to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.fix.needs import Needs
from loadstone.fix.proof.loops import crashes
from loadstone.fix.proof.modules import missing
from loadstone.fix.proof.names import Names
from loadstone.fix.proof.order import Order
from loadstone.fix.proof.timeline import full_name
from loadstone.fix.repair import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from loadstone.fix.model import Model
    from loadstone.fix.proof.objection import Objection
    from loadstone.fix.repair import Meant

__all__ = ["changed_modules", "prove"]


def prove(
    before: Model,
    after: Model,
    meant: Meant = NOTHING,
    *,
    strict: bool = True,
    changed: Iterable[str] | None = None,
) -> Iterator[Objection]:
    """Yield what speaks against a change: names, modules, effects, loops; nothing where it is proven.

    `changed` are the modules that it touches, found out by comparing all of them where they are not given. Where it is
    not `strict`, names may come, and names that nobody asks for may go.
    """
    touched = tuple(changed_modules(before, after) if changed is None else changed)
    reached = before.reached_from(touched) | after.reached_from(touched)
    names = Names(before, after, Needs(after, reached), meant, strict=strict)
    both = before.compiled & after.project.modules.keys()
    told: set[str] = set()
    places: set[tuple[str, int]] = set()
    for module in sorted(reached & both):
        for objection in names.objections(module):
            told.add(module)
            places.add((objection.path, objection.line))
            yield objection
    yield from (one for one in missing(before, after, touched) if (one.path, one.line) not in places)
    still = [name for name in touched if name in before.compiled & after.compiled]
    for module in still:
        yield from names.while_imported(module)
    same = {full_name(now): full_name(was) for was, now in meant.turned}
    for objection in Order(before.timeline(same), after.timeline(same)).objections(still):
        if objection.module not in told:  # where a name means something else, so does what is done with it
            yield objection
    yield from crashes(before, after, still)


def changed_modules(before: Model, after: Model) -> tuple[str, ...]:
    """Return the modules whose files differ, and those that only one of the two states has."""
    every = dict.fromkeys((*before.project.modules, *after.project.modules))
    return tuple(name for name in every if _differs(before, after, name))


def _differs(before: Model, after: Model, module: str) -> bool:
    if module not in before.project.modules or module not in after.project.modules:
        return True
    return before.content(module) != after.content(module)
