"""A star that hides a definition or an import: settled as a conflict of stars is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.fix.repairs import star_conflict
from loadstone.fix.site import Unfixable

if TYPE_CHECKING:
    from loadstone.check.diagnostic import Diagnostic
    from loadstone.fix.repair import Repair
    from loadstone.fix.site import Site

__all__ = ["repair"]


def repair(site: Site, found: Diagnostic) -> Repair:
    """Return the lines that say who wins; raise Unfixable for a builtin that is hidden, which may well be meant."""
    if "builtin" in found.message:
        raise Unfixable(
            "a builtin is hidden, which may be meant: write the name into an import, or use another one"
        )
    return star_conflict.repair(site, found)
