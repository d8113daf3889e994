"""A name that two imports bind: the one that is replaced at once is taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.fix.removing import without_alias
from loadstone.fix.site import Unfixable

if TYPE_CHECKING:
    from loadstone.check.diagnostic import Diagnostic
    from loadstone.fix.repair import Repair
    from loadstone.fix.site import Site

__all__ = ["repair"]


def repair(site: Site, found: Diagnostic) -> Repair:
    """Return the first import without the name; raise Unfixable where its statement cannot be cut."""
    module = site.module(found)
    winner = next(
        one
        for one in module.namespace.values()
        if one.statement and one.statement.line <= found.line <= one.statement.end_line and one.hides
    )
    lost = next(one for one in winner.hides if one.statement is not None)
    assert lost.statement is not None
    if lost.conditional or lost.statement in module.branched:
        raise Unfixable("the import that is replaced stands in a branch")
    edit = without_alias(site.model.document(module.path), lost.statement.line, winner.name)
    return site.repair(found, f"take away the import of {lost.origin}, which is replaced", edit)
