"""How far edits go: the modules that may come to something else, and what they may answer to others differently."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from loadstone.source.reach import imported, reached

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from loadstone.check.keeping.change import Fact
    from loadstone.check.keeping.edited import Edited
    from loadstone.check.keeping.record import Record
    from loadstone.source.bindings import Summary
    from loadstone.source.tree import Project

__all__ = ["Ripples", "is_byway"]


class Ripples:
    """What some edits reach.

    `modules` are those that have looked into a loudly edited one, directly or through others, itself included: what
    all the rest come to is as it was. `facts` are the questions about the whole project whose answers may be others.
    """

    def __init__(self, record: Record, project: Project, edits: Sequence[Edited]) -> None:
        self.record = record
        self.project = project
        self._askers = dict(record.askers)
        for edit in edits:
            for name in imported(edit.new):
                self._askers[name] = (*self._askers.get(name, ()), edit.name)
        self.modules = self.around(*(edit.name for edit in edits if edit.loud))
        self.facts = frozenset(self._facts(edits))

    def around(self, *names: str) -> frozenset[str]:
        """Return these modules, and the modules and rules that have looked into them, directly or through others."""
        return frozenset(reached(names, self._askers))

    def _facts(self, edits: Sequence[Edited]) -> Iterator[Fact]:
        for edit in edits:
            yield from edit.change.facts
            yield from self._imports(edit.change.imports)
        for summary in self._shaken(edits):
            yield from _answers(summary)
            yield from self._imports(_in_branches(summary))

    def _shaken(self, edits: Sequence[Edited]) -> Iterator[Summary]:
        """Yield the summaries of the modules that may come to something else, those that were edited old and new."""
        edited = {edit.name for edit in edits}
        for edit in edits:
            if edit.name in self.modules:
                yield from (edit.old, edit.new)
        for name in self.modules & self.project.modules.keys() - edited:
            summary = self.project.library.summary(name)
            if summary is not None:
                yield summary

    def _imports(self, names: Iterable[str]) -> Iterator[Fact]:
        """Yield what `Whole.importers` may be asked for, where these are imported as they were not before."""
        library = self.project.library
        for name in names:
            location = library.locate(name)
            if location is None:
                continue
            yield "imports", name
            yield "imports", name.partition(".")[0] + "."
            if location.kind == "namespace":
                yield "imports", ":namespace"
            if library.is_standard(name):
                yield "imports", ":standard"
            path = location.path or ""
            if path in self.project.owners and (self.record.byways or is_byway(self.project, name, path)):
                yield "imports", ":twice"


def is_byway(project: Project, name: str, path: str) -> bool:
    """Whether this is a name, other than its module's own, by which a file of the project is imported."""
    return project.modules.get(name) != path or os.path.realpath(path) != path


def _answers(summary: Summary) -> Iterator[Fact]:
    """Yield the questions for which a module counts by what it comes to, and not by its text alone."""
    stars = any(one.star for one in summary.imports)
    unsure = stars or any(bound.conditional for bound in summary.bounds)
    for one in summary.imports:
        if one.star:
            yield from (("stars", name) for name in one.reached(summary.package)[-1:])
        yield from (("taken", alias.name) for alias in one.names if unsure)
    for read in summary.reads:
        first, *parts = read.name.split(".") if read.when != "never" else ("",)
        yield from (("taken", name) for name in (*parts, *((first,) if stars else ())))
    yield from (("set", path.rpartition(".")[2]) for path in summary.sets)


def _in_branches(summary: Summary) -> Iterator[str]:
    """Yield the modules that are imported in branches: which of these run may depend on other modules."""
    branched = {bound.statement for bound in summary.bounds if bound.conditional}
    for one in summary.imports:
        if one.when != "later" and (one.scope or one.statement in branched):
            yield from one.reached(summary.package)
