"""Names that a module is given from outside: ``config.debug = True`` makes one that no statement of config binds."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loadstone.check.module import Module
    from loadstone.source.project import Library

__all__ = ["Assigned", "assigns", "owner_of"]


class Assigned:
    """The attributes that some modules assign, of whatever."""

    def __init__(self, modules: Iterable[Module]) -> None:
        # Attribute to the modules that assign it: {"debug": {tests}}; "*" are names that are worked out.
        self._by_name: dict[str, dict[Module, None]] = {}
        for module in modules:
            for path in module.summary.sets:
                self._by_name.setdefault(path.rpartition(".")[2], {})[module] = None

    def has(self, module: str, name: str) -> bool:
        """Whether one of the modules assigns a name of `module`, as `assigns` tells."""
        return any(_assigns(by, module, name) for last in (name, "*") for by in self._by_name.get(last, ()))


def _assigns(by: Module, module: str, name: str) -> bool:
    with by.answering():
        return assigns(by.whole.library, by.name, module, name)


def assigns(library: Library, by: str, module: str, name: str) -> bool:
    """Whether a module has an assignment to ``...module.name``, under the module's own name or another.

    So has a module with a function that assigns to whichever module calls it, if `module` imports it, or is it.
    """
    summary = library.summary(by)
    for path in summary.sets if summary else ():
        owner, _, last = path.rpartition(".")
        if last not in (name, "*"):
            continue
        if owner.startswith("*") and (by == module or _calls(library, module, by, owner[1:])):
            return True
        meant = owner_of(library, by, owner)
        if owner.rpartition(".")[2] == module.rpartition(".")[2] or meant == module:
            return True
    return False


def _calls(library: Library, module: str, other: str, function: str) -> bool:
    """Whether a module imports a function of another and may call it; any function where it has no name."""
    summary = library.summary(module)
    for one in summary.imports if summary else ():
        reached = one.reached(summary.package) if summary and one.when != "never" else ()
        if other in reached and (
            one.star or not one.names or not function or f"{other}.{function}" in reached
        ):
            return True
    return False


def owner_of(library: Library, by: str, path: str) -> str | None:
    """Return the module that a path means in another one: ``config`` of ``config.debug = True``; None for no module."""
    run = library.world.run(by)
    event = run.names.get(path.partition(".")[0]) if run else None
    return library.world.module_of(event, path) if event else None
