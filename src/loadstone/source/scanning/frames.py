"""A scope while it is walked, and the names that it reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ast
    from collections.abc import Collection

__all__ = ["Frame", "Names", "gather"]


Names = dict[str, "ast.expr"]
"""Dotted names, each with a place where it stands."""


class Frame:
    """One scope: its kind ("module", "class", "function" or "comprehension"), and when its code runs.

    `now`, `later` and `perhaps` map the dotted names that it reads to where they first stand. What is read perhaps
    stands in annotations that Python does not evaluate, or in a class that binds the name itself. `binds` are the
    names it binds; of these, `local` need not be noted where it reads them: they are its own wherever they stand.
    """

    __slots__ = ("binds", "globals", "kind", "later", "local", "now", "parent", "path", "perhaps", "when")

    def __init__(self, kind: str, when: str, path: str, parent: Frame | None) -> None:
        self.kind = kind
        self.when = when
        self.path = path
        self.parent = parent
        self.now: Names = {}
        self.later: Names = {}
        self.perhaps: Names = {}
        self.binds: set[str] = set()
        self.local: Collection[str] = self.binds if kind in _CLOSED else ()
        self.globals: dict[str, ast.stmt] = {}

    def declare(self, node: ast.Global) -> None:
        """Take names as the module's: what is bound from here on may be one of them, and is no longer local."""
        self.globals.update(dict.fromkeys(node.names, node))
        self.binds = {*self.binds}

    def free(self, *groups: Names) -> Names:
        """Return those of the dotted names that this scope does not bind."""
        own = self.binds - self.globals.keys() if self.globals else self.binds
        return {
            name: node
            for names in groups
            for name, node in names.items()
            if name.partition(".")[0] not in own
        }


_CLOSED = frozenset(("function", "comprehension"))
"""Scopes whose names are their own from the first line to the last."""


def gather(into: Names, names: Names) -> None:
    """Add names to others where they are not there yet: the first place counts."""
    for name, node in names.items():
        into.setdefault(name, node)
