"""How far edits go: the modules that may come to something else, and what they may answer to others differently."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from loadstone.check.whole import Whole
from loadstone.source.reach import imported, reached

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from loadstone.check.keeping.change import Fact
    from loadstone.check.keeping.edited import Edited
    from loadstone.check.keeping.record import Record

__all__ = ["Ripples"]


class Ripples:
    """What some edits reach.

    `modules` are those that have looked into a loudly edited one, directly or through others, itself included: what
    all the rest come to is as it was. `facts` are the questions about the whole project whose answers may be others.
    """

    def __init__(self, record: Record, whole: Whole, edits: Sequence[Edited]) -> None:
        self.record = record
        self.project = whole.project
        self._after = whole
        library = self.project.library.with_summaries(edit.old for edit in edits)
        self._every = {**record.layout.modules, **self.project.modules}
        self._before = Whole(self.project._replace(library=library, modules=self._every), whole.settings)
        self._askers = dict(record.askers)
        for edit in edits:
            for name in imported(edit.new):
                self._askers[name] = (*self._askers.get(name, ()), edit.name)
        self._edits = edits
        self.modules = self.around(*(edit.name for edit in edits if edit.loud))

    @cached_property
    def facts(self) -> frozenset[Fact]:
        """The questions, for which these modules have to be worked out twice: as they were, and as they are."""
        return frozenset(self._facts())

    def around(self, *names: str) -> frozenset[str]:
        """Return these modules, and the modules and rules that have looked into them, directly or through others."""
        return frozenset(reached(names, self._askers))

    def _facts(self) -> Iterator[Fact]:
        """Yield the questions to which a module replies otherwise than before the edits."""
        for edit in self._edits:
            yield from edit.change.facts
            yield from self._imports(edit.change.imports)
        if not self.modules:
            return
        from loadstone.check.keeping.replies import replies

        for name in self.modules & self._every.keys():
            for reply in replies(self._before.module(name)) ^ replies(self._after.module(name)):
                kind, what = reply.fact
                yield from self._imports([what]) if kind == "imports" else [reply.fact]

    def _imports(self, names: Iterable[str]) -> Iterator[Fact]:
        """Yield what `Whole.importers` may be asked for, where these are imported as they were not before."""
        from loadstone.check.importers import is_byway

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
