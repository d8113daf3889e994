"""An ignore that silences nothing: the comment is removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loadstone.check.diagnostic import Diagnostic
    from loadstone.fix.repair import Repair
    from loadstone.fix.site import Site

__all__ = ["repair"]


def repair(site: Site, found: Diagnostic) -> Repair:
    """Return the line without its comment; raise Unfixable where some of the rules that it names are needed."""
    return site.proposed(found)
