"""A name that two imports bind: the one that is replaced at once is taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.check.rules.double_import import doubles
from loadstone.fix.removing import without_alias
from loadstone.fix.site import Unfixable

if TYPE_CHECKING:
    from loadstone.check.diagnostic import Diagnostic
    from loadstone.check.module import Module
    from loadstone.fix.repair import Repair
    from loadstone.fix.site import Site
    from loadstone.source.origins import Binding

__all__ = ["repair"]


def repair(site: Site, found: Diagnostic) -> Repair:
    """Return the first import without the name; raise Unfixable where its statement cannot be cut."""
    module = site.module(found)
    winner, lost = next(
        pair for pair in doubles(module) if _shown(module, pair[0]) == (found.line, found.column)
    )
    assert lost.statement is not None, "imports have statements"
    if lost.conditional or lost.statement in module.branched:
        raise Unfixable("the import that is replaced stands in a branch")
    edit = without_alias(site.model.document(module.path), lost.statement.line, winner.name)
    return site.repair(found, f"take away the import of {lost.origin}, which is replaced", edit)


def _shown(module: Module, binding: Binding) -> tuple[int, int]:
    place = module.place(binding, "")
    assert place is not None, "imports have statements"
    return place.line, place.column
