"""Which scope a name belongs to at one line of a file: local, enclosing, class, global or builtin."""

from __future__ import annotations

import builtins
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loadstone.source.scoping.table import Table
from loadstone.source.statements import statement_at

if TYPE_CHECKING:
    from loadstone.source.reading import Source
    from loadstone.source.scoping.scope import Scope
    from loadstone.source.statements import Statement

__all__ = ["Place", "scope_of"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a name is looked up and found.

    `scope` is "local", "enclosing", "class", "global", "builtin", or "unbound" where nothing in sight binds it. `where`
    is the dotted path of the function or class that binds it, empty for the module. `statements` are those of
    that scope which bind it, in the order of the text (a parameter is bound by its ``def``). `certain` is false
    where a star import of the module may bring a name that nothing else binds: `statements` are those stars then.
    """

    name: str
    scope: str
    where: str
    statements: tuple[Statement, ...]
    certain: bool = True

    def __str__(self) -> str:
        by = f", bound by {self.statements[-1]}" if self.statements else ""
        inside = f" of {self.where}" if self.where else ""
        return f"{self.name}: {self.scope}{inside}{by}"


def scope_of(source: Source, line: int, name: str) -> Place:
    """Return the scope of `name` as code on `line` reads it.

    If the name stands on that line, it is looked up from there; otherwise from the innermost function or class
    around the line. A line outside the file is taken as module level.
    """
    table = Table(source.tree)
    scope = table.scope_at(line, name)
    return _place(source, name, scope, table.owner(scope, name))


def _place(source: Source, name: str, scope: Scope, owner: Scope | None) -> Place:
    if owner is not None and name in owner.binds:
        statements = tuple(statement_at(source, node) for node in owner.binds[name])
        return Place(name, _relation(scope, owner), owner.path, statements)
    stars = next((one.stars for one in scope.outward() if one.kind == "module"), [])
    if stars:
        kind = "builtin" if hasattr(builtins, name) else "global"
        return Place(name, kind, "", tuple(statement_at(source, node) for node in stars), certain=False)
    return Place(name, "builtin" if hasattr(builtins, name) else "unbound", "", ())


def _relation(scope: Scope, owner: Scope) -> str:
    if owner.kind == "module":
        return "global"
    if owner.kind == "class":
        return "class"
    inside = scope is owner or all(one.kind == "comprehension" for one in _between(scope, owner))
    return "local" if inside else "enclosing"


def _between(scope: Scope, owner: Scope) -> list[Scope]:
    found: list[Scope] = []
    for one in scope.outward():
        if one is owner:
            return found
        found.append(one)
    return found
