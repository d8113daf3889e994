"""A star import made explicit: the names that somebody needs, in place of the star."""

from __future__ import annotations

import ast
import os
from typing import TYPE_CHECKING

from loadstone.fix.removing import without_statement
from loadstone.fix.repair import Meant
from loadstone.fix.repairs.unexecuted_star import unexecuted
from loadstone.fix.site import Unfixable
from loadstone.fix.spelling import spelled, star_place
from loadstone.source.decisions import lacks
from loadstone.words import plural

if TYPE_CHECKING:
    from loadstone.check.diagnostic import Diagnostic
    from loadstone.check.module import Module
    from loadstone.fix.edits import Edit
    from loadstone.fix.repair import Repair
    from loadstone.fix.site import Site
    from loadstone.source.acts import Bound
    from loadstone.source.events import Event
    from loadstone.source.origins import Binding

__all__ = ["belongs", "repair"]

MOST = 400
"""Names that are spelled at most: beyond that, the star says more than the list would."""


def repair(site: Site, found: Diagnostic) -> Repair:
    """Return the star's line with names; raise Unfixable where they cannot be known, or are too many."""
    module = site.module(found)
    star = next((star for star in module.stars if star.statement.line == found.line), None)
    if star is None:
        return unexecuted(site, module, found)
    _possible(site, module, star)
    brought = _effective(site, module, star)
    chosen = _preferred(site, module)
    turned = {
        name: one for name, one in chosen.items() if name in brought and one.statement != star.statement
    }
    won = [name for name, one in chosen.items() if one.statement == star.statement]
    kept = _kept(site, module, star, [*(name for name in brought if name not in turned), *won])
    gone = frozenset((module.name, name) for name in module.run.stars[star] if name not in kept)
    meant = Meant(
        gone=gone,
        turned=frozenset((module.namespace[name].origin, one.origin) for name, one in turned.items()),
    )
    return site.repair(found, *_edit(site, module, star, kept), meant=meant)


def _edit(site: Site, module: Module, star: Bound, kept: list[str]) -> tuple[str, Edit]:
    """Return what is done, and the edit that does it."""
    document, line = site.model.document(module.path), star.statement.line
    if not kept:
        title = f"take away the star of {star.target}: other statements bind all that it brings"
        return title, without_statement(document, line, _is_star)
    count = plural(len(module.run.stars[star]), "name")
    text = spelled(module, star.target, line, kept, document)
    edit = document.replace(*star_place(document, line), text)
    return f"name what is used of {star.target}: {len(kept)} of {count}", edit


def _possible(site: Site, module: Module, star: Bound) -> None:
    """Raise Unfixable where it cannot be known what the star brings, here or elsewhere."""
    if star in module.run.unread:
        raise Unfixable(f"not all names of {star.target} can be read: {_why_unread(module, star)}")
    missing = next((name for name in module.run.stars[star] if lacks(module.world, star.target, name)), None)
    if missing:
        raise Unfixable(f"it fails: the `__all__` of {star.target} names {missing!r}, which is not there")
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


def _effective(site: Site, module: Module, star: Bound) -> list[str]:
    """Return the names that mean what the star brought, at the end or for some statement that reads them on the way."""
    read = {
        one.name for one in site.model.readings(module) if one.event and star in _behind(module, one.event)
    }
    last = module.run.names
    return [
        name
        for name in module.run.stars[star]
        if name in read or (name in last and star in _behind(module, last[name]))
    ]


def _behind(module: Module, event: Event) -> set[Bound]:
    """Return the statements that may have bound the name: the last one, and those of other branches."""
    same = _same(module, event)
    if same[-1].bound.how != "star":  # to an import by name, stars of the very same thing add nothing
        found = {same[-1].bound}
    else:
        # While modules import one another, others see the names that are there half way: the first star counts, too.
        found = {one.bound for one in (same if _is_in_ring(module) else same[:1])}
    for other in event.others:
        found |= _behind(module, other)
    return found


def _same(module: Module, event: Event) -> list[Event]:
    """Return the event and those before it that gave the name the same meaning, the last one first."""
    found = [event]
    meaning = module.world.resolve(event)[1:3]
    while (earlier := found[-1].before) and module.world.resolve(earlier)[1:3] == meaning:
        if earlier.others or found[-1].bound.how != "star":
            break
        found.append(earlier)
    return found


def _is_in_ring(module: Module) -> bool:
    rings = module.whole.library.world.rings
    return any(rings.together(module.name, target) for _, target in module.imports())


def _kept(site: Site, module: Module, star: Bound, names: list[str]) -> list[str]:
    """Return the names to spell: all that are needed, and all there are where that cannot be told."""
    read = {one.name for one in site.model.readings(module) if one.event and one.event.bound is star}
    loaded = _loaded(module, star)
    needed = [name for name in names if name in read or name in loaded or site.needs.of(module.name, name)]
    if site.everything or _is_face(module) or not needed:
        needed = names
    if len(needed) > MOST:
        raise Unfixable(
            f"all {len(needed)} names that it brings would have to be spelled: write what they are for"
        )
    return needed


def _loaded(module: Module, star: Bound) -> set[str]:
    """Return the submodules that the star imports because the package's `__all__` names them."""
    exports, _ = module.world.exports(star.target)
    return {name for name in exports or () if module.whole.library.locate(f"{star.target}.{name}")}


def _is_face(module: Module) -> bool:
    """Whether users of the project take names from the module: it is a package's `__init__`."""
    return os.path.basename(module.path) == "__init__.py" and module.namespace.exports is None


def _preferred(site: Site, module: Module) -> dict[str, Binding]:
    """Return the names that are to mean something else because the user prefers it, with the statement that wins."""
    found: dict[str, Binding] = {}
    for conflict in module.namespace.conflicts if site.prefer else ():
        for other in conflict.candidates[:-1]:
            if belongs(site.prefer, other.source_module or module.name, other.origin.module):
                found[conflict.name] = other
    return found


def belongs(wanted: str, *modules: str) -> bool:
    """Whether one of the modules is the wanted one, or lies in it."""
    return any(f"{module}.".startswith(f"{wanted}.") for module in modules)


def _is_star(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and node.names[0].name == "*"
