"""A star import made explicit: the names that somebody needs, in place of the star."""

from __future__ import annotations

import ast
import os
from typing import TYPE_CHECKING

from loadstone.fix.proof.reading import readings
from loadstone.fix.repair import Meant
from loadstone.fix.site import Unfixable
from loadstone.source.reading import parse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loadstone.check.diagnostic import Diagnostic
    from loadstone.check.module import Module
    from loadstone.fix.repair import Repair
    from loadstone.fix.site import Site
    from loadstone.source.acts import Bound
    from loadstone.source.events import Event
    from loadstone.source.origins import Origin

__all__ = ["belongs", "repair"]

WIDTH = 88
MOST = 400
"""Names that are spelled at most: beyond that, the star says more than the list would."""


def repair(site: Site, found: Diagnostic) -> Repair:
    """Return the star's line with names; raise Unfixable where they cannot be known, or are too many."""
    module = site.module(found)
    star = next(star for star in module.stars if star.statement.line == found.line)
    _possible(site, module, star)
    brought = _effective(module, star)
    turned = _preferred(site, module, brought, star)
    kept = _kept(site, module, star, [name for name in brought if name not in turned])
    gone = frozenset((module.name, name) for name in module.run.stars[star] if name not in kept)
    edit = site.model.document(module.path).replace(
        *_place(site, module, star), _spelled(site, module, star, kept)
    )
    dropped = len(brought) - len(kept)
    title = f"name what is used of {star.target}" if dropped else f"name what {star.target} brings"
    meant = Meant(gone=gone, turned=frozenset(turned.values()))
    return site.repair(found, title, edit, meant=meant)


def _possible(site: Site, module: Module, star: Bound) -> None:
    """Raise Unfixable where it cannot be known what the star brings, here or elsewhere."""
    if star in module.run.unread:
        raise Unfixable(f"not all names of {star.target} can be read: {_why_unread(module, star)}")
    own = star.target in site.model.project.modules
    if star.statement in module.guarded and not own:
        raise Unfixable(
            f"it stands under `except ImportError`: a version of {star.target} that lacks one of the names would fail"
        )


def _why_unread(module: Module, star: Bound) -> str:
    run = module.world.run(module.world.canonical(star.target))
    if run is None:
        return "it has no source, and nothing could load it"
    if run.summary.error:
        return "it does not compile"
    if run.summary.dynamic:
        return f"it binds names at run time ({run.summary.dynamic[0]})"
    if run.unread:
        return f"it has a star itself that brings more than can be read ({run.unread[0].statement})"
    if run.summary.getattr:
        return f"it makes names on demand ({run.summary.getattr})"
    return "its `__all__` is put together at run time"


# Which names.


def _effective(module: Module, star: Bound) -> list[str]:
    """Return the names that mean what the star brought, at the end or for some statement that reads them on the way."""
    read = {one.name for one in readings(module) if one.event and star in _behind(module, one.event)}
    last = module.run.names
    return [
        name
        for name in module.run.stars[star]
        if name in read or (name in last and star in _behind(module, last[name]))
    ]


def _behind(module: Module, event: Event) -> set[Bound]:
    """Return the statements that may have bound the name: the first one that gave it this meaning, and the branches."""
    found = {_first(module, event).bound}
    for other in event.others:
        found |= _behind(module, other)
    return found


def _first(module: Module, event: Event) -> Event:
    """A star that brings what the name stands for already changes nothing."""
    while event.bound.how == "star" and event.before is not None and not event.others:
        if module.world.resolve(event)[1:3] != module.world.resolve(event.before)[1:3]:
            break
        event = event.before
    return event


def _kept(site: Site, module: Module, star: Bound, names: list[str]) -> list[str]:
    """Return the names to spell: all that are needed, and all there are where that cannot be told."""
    read = {one.name for one in readings(module) if one.event and one.event.bound is star}
    needed = [name for name in names if name in read or site.needs.of(module.name, name)]
    why = "they may be meant for others" if not needed else ""
    if site.everything or _is_face(module) or not needed:
        needed = names
    if not names:
        raise Unfixable("it brings no names: it may stand for what importing the module does")
    if len(needed) > MOST:
        raise Unfixable(f"all {len(needed)} names would have to be spelled" + (f": {why}" if why else ""))
    return needed


def _is_face(module: Module) -> bool:
    """Whether users of the project take names from the module: it is a package's `__init__`."""
    return os.path.basename(module.path) == "__init__.py" and module.namespace.exports is None


def _preferred(
    site: Site, module: Module, names: Iterable[str], star: Bound
) -> dict[str, tuple[Origin, Origin]]:
    """Return the names that are left to another statement because the user prefers it, with both origins."""
    turned: dict[str, tuple[Origin, Origin]] = {}
    for conflict in module.namespace.conflicts if site.prefer else ():
        if conflict.name not in names or conflict.winner.statement != star.statement:
            continue
        for other in conflict.candidates[:-1]:
            if belongs(site.prefer, other.source_module or module.name, other.origin.module):
                turned[conflict.name] = (conflict.winner.origin, other.origin)
    return turned


def belongs(wanted: str, *modules: str) -> bool:
    return any(f"{module}.".startswith(f"{wanted}.") for module in modules)


# How they are written.


def _place(site: Site, module: Module, star: Bound) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return where the ``*`` itself stands."""
    document = site.model.document(module.path)
    for node in ast.walk(parse(document.content, module.path).tree):
        if (
            isinstance(node, ast.ImportFrom)
            and node.lineno == star.statement.line
            and node.names[0].name == "*"
        ):
            line, offset = node.names[0].lineno, node.names[0].col_offset
            before = document.line(line).encode()[:offset].decode()
            return (line, len(before) + 1), (line, len(before) + 2)
    raise Unfixable("its statement is not found again in the file")


def _spelled(site: Site, module: Module, star: Bound, names: list[str]) -> str:
    document = site.model.document(module.path)
    first, last = document.line(star.statement.line), document.line(star.statement.end_line)
    if not any(module.whole.library.locate(f"{star.target}.{name}") for name in names):
        names = sorted(names, key=_order)  # submodules are imported in the order in which they are named
    if len(last.partition("#")[0].rstrip()) - 1 + len(", ".join(names)) <= WIDTH:
        return ", ".join(names)
    indent = first[: len(first) - len(first.lstrip())]
    return "".join(["(\n", *(f"{indent}    {name},\n" for name in names), indent, ")"])


def _order(name: str) -> tuple[int, str]:
    """Constants, classes, then the rest: as isort and Ruff have it."""
    kind = 0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2
    return kind, name
