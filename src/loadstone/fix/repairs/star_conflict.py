"""A conflict of stars that cannot be made explicit, settled by a line behind them: who wins is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.fix.repair import Meant
from loadstone.fix.repairs.star import belongs
from loadstone.fix.site import Unfixable
from loadstone.source.stars import line_for

if TYPE_CHECKING:
    from loadstone.check.diagnostic import Diagnostic
    from loadstone.check.module import Module
    from loadstone.fix.repair import Repair
    from loadstone.fix.site import Site
    from loadstone.source.origins import Binding
    from loadstone.source.stars import Conflict

__all__ = ["repair"]


def repair(site: Site, found: Diagnostic) -> Repair:
    """Return the lines that import each conflicting name from the statement that is to win it.

    Raises Unfixable where nobody uses the names, and where the one to win is a definition: no import gives that back.
    """
    module = site.module(found)
    conflicts = [one for one in module.namespace.conflicts if _stands_at(one, found.line) and one.used]
    if not conflicts:
        raise Unfixable("nothing in the module uses the names: it may stay undecided")
    chosen = {one: _chosen(site, module, one) for one in conflicts}
    statement = conflicts[0].winner.statement
    assert statement is not None, "stars have statements"
    indent = " " * (statement.column - 1)
    lines = dict.fromkeys(indent + _line(one) for one in chosen.values())
    document = site.model.document(module.path)
    edit = document.replace_lines(statement.end_line + 1, statement.end_line, tuple(lines))
    turned = frozenset(
        (one.winner.origin, other.origin) for one, other in chosen.items() if other != one.winner
    )
    names = ", ".join(f"{other.origin}" for other in chosen.values())
    return site.repair(found, f"say that {names} is meant", edit, meant=Meant(turned=turned))


def _stands_at(conflict: Conflict, line: int) -> bool:
    return conflict.winner.statement is not None and conflict.winner.statement.line == line


def _chosen(site: Site, module: Module, conflict: Conflict) -> Binding:
    """Return the candidate that is to win: the preferred module's, else the one that wins now."""
    for other in conflict.candidates if site.prefer else ():
        if belongs(site.prefer, other.source_module or module.name, other.origin.module):
            return other
    return conflict.winner


def _line(binding: Binding) -> str:
    line = line_for(binding)
    if line is None:
        raise Unfixable(
            f"{binding.origin} is defined in the module itself: move the star above it, or rename one"
        )
    return line
