"""Why a module's name leads, inside a declared space, to the file it does: who decides, and then the finders.

Nothing is imported and no space is opened for it: its rules and its path stand in its declaration.
"""

from __future__ import annotations

from dataclasses import replace
from importlib.machinery import PathFinder
from typing import TYPE_CHECKING

from loadstone.declared.declaration import HOST
from loadstone.explain.resolving.resolve import resolve
from loadstone.names import ModuleName
from loadstone.runtime.extensions import source_beside
from loadstone.runtime.space import Space
from loadstone.runtime.views import PREFIX, parts
from loadstone.trace import Resolution, Step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loadstone.declared.catalog import Catalog
    from loadstone.declared.declaration import Declaration

__all__ = ["path_for", "path_of", "resolve_in"]


def resolve_in(space: Declaration, name: ModuleName, catalog: Catalog, host: Sequence[str]) -> Resolution:
    """Return how an import of `name` in the space would be resolved; `host` is the host's path.

    The first step says who decides, and by which rule. `catalog` has the other spaces; raises NoSuchSpace for one
    that is named there and not declared.
    """
    how, why = _unopened(space).decides(name)
    step = Step(f"space {space.name}", how, why)
    if how == "denied":
        return Resolution(name, None, None, (), (step,))
    if how == "private":
        return _led(step, _private(space, name))
    giver = _giver(space, name)
    if giver == HOST:
        return _led(step, resolve(name, host))
    return _led(step, resolve_in(catalog.find(giver), _plain(name), catalog, host))


def path_of(space: Declaration) -> tuple[str, ...]:
    """Return the path of the space."""
    return (*space.path, space.site) if space.dependencies else space.path


def path_for(space: Declaration, name: ModuleName, catalog: Catalog, host: Sequence[str]) -> tuple[str, ...]:
    """Return the path of the side that the space's import of `name` is answered by; the host's comes last."""
    if _unopened(space).decides(name)[0] == "private":
        return (*path_of(space), *host)
    giver = _giver(space, name)
    return tuple(host) if giver == HOST else path_for(catalog.find(giver), _plain(name), catalog, host)


def _unopened(space: Declaration) -> Space:
    """Return a space with the rules of the declared one and no path, so that no ``.pth`` file is obeyed."""
    return Space(
        space.name,
        share={name: None if giver == HOST else Space(giver) for name, giver in space.share.items()},
        deny=space.deny,
        imports_from={name: Space(name) for name in space.imports_from},
    )


def _giver(space: Declaration, name: str) -> str:
    if name.startswith(f"{PREFIX}."):
        return parts(name)[0] if parts(name)[1] else HOST
    return space.share.get(name.partition(".")[0], HOST)


def _plain(name: ModuleName) -> ModuleName:
    """Return the name that a module has in its own space."""
    return ModuleName(parts(name)[1]) if name.startswith(f"{PREFIX}.") else name


def _private(space: Declaration, name: ModuleName) -> Resolution:
    found = resolve(name, path_of(space), [PathFinder])
    # What stands in the host's sys.modules says nothing about a private module.
    found = replace(found, steps=tuple(step for step in found.steps if step.where != "sys.modules"))
    source = source_beside(found.path) if found.kind == "extension" and found.path else None
    if source is not None:
        step = Step("source", "used", "a space takes the source that stands beside an extension", source)
        found = replace(found, kind="module", path=source, steps=(*found.steps, step))
    return replace(found, steps=(*found.steps, *_from_c(found)))


def _from_c(found: Resolution) -> tuple[Step, ...]:
    """Return how C code comes to the module, which asks the interpreter and not the space."""
    if not found.found:
        return ()
    guard = Step("from C", "guard", "C code of the space that imports it is given this one")
    window = Step("at its start", "window", "while it initialises, sys.modules shows it this space's modules")
    return (guard, window) if found.kind == "extension" else (guard,)


def _led(first: Step, found: Resolution) -> Resolution:
    return replace(found, steps=(first, *found.steps))
