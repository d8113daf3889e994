"""What a module counts for where the whole project is asked: what it takes, sets and imports, as far as it decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from loadstone.check.assigned import owner_of
from loadstone.check.importers import imported_by
from loadstone.check.taken import attributes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.check.keeping.change import Fact
    from loadstone.check.module import Module

__all__ = ["Reply", "replies"]


class Reply(NamedTuple):
    """One part of the answer to a question about the whole project."""

    fact: Fact
    answer: tuple[str, ...]


def replies(module: Module | None) -> set[Reply]:
    """Return all that depends on other modules, too; nothing for a module that is none, or cannot be compiled."""
    if module is None or module.summary.error is not None:
        return set()
    with module.answering():
        return {*_taken(module), *_starred(module), *_set(module), *_imported(module)}


def _taken(module: Module) -> Iterator[Reply]:
    """Yield what `Taken` looks for: names that it has from elsewhere, and attributes that it reads of modules."""
    for name in (*module.bound_names, *(module.run.names if module.has_stars else ())):
        event = module.bound_last(name)
        if event is not None and event.bound.how != "definition":
            yield Reply(("taken", event.member), (name, event.bound.how, event.target))
    for read in module.summary.reads:
        if read.when != "never" and "." in read.name:
            yield from (Reply(("taken", part), (owner,)) for owner, part in attributes(module, read))


def _starred(module: Module) -> Iterator[Reply]:
    return (Reply(("stars", star.target), ()) for star in module.stars)


def _set(module: Module) -> Iterator[Reply]:
    """Yield the attributes that it sets, of whatever module."""
    for path in module.summary.sets:
        owner, _, name = path.rpartition(".")
        yield Reply(("set", name), (path, owner_of(module.whole.library, module.name, owner) or ""))


def _imported(module: Module) -> Iterator[Reply]:
    """Yield the modules that are imported by statements that run."""
    return (Reply(("imports", one.module), ()) for one in imported_by(module))
