"""Names that a module is given from outside: ``config.debug = True`` makes one that no statement of config binds."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loadstone.source.project import Library

__all__ = ["assigns", "owner_of"]


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
