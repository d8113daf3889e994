"""A submodule that is used and not imported: its import is added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.fix.repair import Meant

if TYPE_CHECKING:
    from loadstone.check.diagnostic import Diagnostic
    from loadstone.fix.repair import Repair
    from loadstone.fix.site import Site

__all__ = ["repair"]


def repair(site: Site, found: Diagnostic) -> Repair:
    """Return the import of the submodule, below that of its package; raise Unfixable where it is bound otherwise."""
    module = site.model.project.owners[found.path]
    return site.proposed(found, meant=Meant(loads=frozenset((module,))))
