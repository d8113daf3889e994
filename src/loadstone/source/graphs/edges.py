"""From import statements to edges: which modules a statement reaches, and when it runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loadstone.errors import BadModuleName
from loadstone.source.acts import Choice, Load, inner
from loadstone.source.verdicts import UNKNOWN, verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.source.acts import Body
    from loadstone.source.bindings import Bound, Summary
    from loadstone.source.project import Library
    from loadstone.source.statements import Import, Statement
    from loadstone.source.tree import Project

__all__ = ["Edge", "Edges"]


@dataclass(frozen=True, slots=True)
class Edge:
    """One module reaches another by one statement: `when` is "import", "later" or "never" (for type checkers).

    Later is in a function, and in what runs when the module is a program itself (``if __name__ == "__main__"``).
    """

    importer: str
    imported: str
    statement: Statement
    when: str

    def __str__(self) -> str:
        when = {"later": ", later", "never": ", for type checkers"}.get(self.when, "")
        return f"{self.importer} -> {self.imported} (line {self.statement.line}{when})"


class Edges:
    """Makes the edges of one project."""

    def __init__(self, project: Project) -> None:
        self.modules = project.modules
        self.owners = project.owners
        self.library: Library = project.library
        # Name as written to the module that it leads to: {"shop.db": "shop.db", "helper": "tools.helper"}; None
        # for a namespace package.
        self._known: dict[str, str | None] = {}

    def of(self, summary: Summary) -> Iterator[Edge]:
        """Yield the edges of one module, each pair of modules and each time of running once, in the order of the text.

        An edge leads to every package on the way to the imported module, except those around the importer itself:
        they have been entered before it. ``from package import name`` reaches the submodule `name` where the
        package binds no such name itself. A module that is not there is reached too: it is the importer's wish.
        """
        seen: set[tuple[str, str]] = set()
        around = f"{summary.name}."
        of_program = frozenset(_of_program(summary.body, summary.name))
        for one in summary.imports:
            when = "later" if one.when == "import" and one.statement in of_program else one.when
            for name in self._reached(summary, one, around):
                imported = self.find(name)
                if imported and imported != summary.name and (imported, when) not in seen:
                    seen.add((imported, when))
                    yield Edge(summary.name, imported, one.statement, when)

    def find(self, name: str) -> str | None:
        """Return the module that runs when `name` is imported; None for a namespace package, which has no code."""
        if name in self.modules:
            return name
        if name not in self._known:
            location = self.library.locate(name)
            if location is None or location.kind == "namespace":
                self._known[name] = None if location else name
            else:
                self._known[name] = self.owners.get(location.path or "", name)
                if self._known[name] != name:
                    self.library.notes.byways.add(name)
        return self._known[name]

    def _reached(self, summary: Summary, one: Import, around: str) -> Iterator[str]:
        try:
            target = str(one.target(summary.package))
        except BadModuleName:
            return
        parts = target.split(".")
        above = [".".join(parts[:count]) for count in range(1, len(parts))]
        yield from (name for name in above if not around.startswith(f"{name}."))
        members = [f"{target}.{alias.name}" for alias in one.names if self._is_submodule(target, alias.name)]
        # ``from . import db`` enters nothing but db: the package around is being imported anyway.
        if len(members) < len(one.names) or not members or not around.startswith(f"{target}."):
            yield target
        yield from members

    def _is_submodule(self, package: str, name: str) -> bool:
        full = f"{package}.{name}"
        if full not in self.modules and self.library.locate(full) is None:
            return False
        summary = self.library.summary(package)
        return summary is None or all(_leaves(bound, name, full) for bound in summary.bounds)


def _of_program(body: Body, name: str) -> Iterator[Statement]:
    """Yield the import statements that do not run when the module is imported by its name, but when it is a program."""
    for act in body:
        for arm in act.arms if isinstance(act, Choice) else ():
            if verdict(arm.test, lambda asked: name if asked == "__name__" else UNKNOWN) is False:
                yield from _loads(arm.body)


def _loads(body: Body) -> Iterator[Statement]:
    for act in body:
        if isinstance(act, Load):
            yield act.statement
        for part in inner(act):
            yield from _loads(part)


def _leaves(bound: Bound, name: str, submodule: str) -> bool:
    """Whether a statement of a package leaves `name` to the submodule: it binds another name, or that very module."""
    return bound.name != name or f"{bound.target}.{bound.member}".strip(".") == submodule
