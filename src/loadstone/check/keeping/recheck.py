"""The check after an edit: only what the edit can reach is checked again."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING

from loadstone.check.engine import Found, in_module, running
from loadstone.check.keeping.edited import edits_of
from loadstone.check.keeping.findings import mentions, unpack
from loadstone.check.keeping.journeys import Journeys
from loadstone.check.keeping.memories import remind
from loadstone.check.keeping.ripples import Ripples
from loadstone.check.rule import load_rule
from loadstone.check.whole import Whole
from loadstone.check.wide import asker, wide

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from loadstone.check.keeping.comings import Comings
    from loadstone.check.keeping.edited import Edited
    from loadstone.check.keeping.record import Record
    from loadstone.source.inputs import Input
    from loadstone.source.store import Store
    from loadstone.source.tree import Project

__all__ = ["Recheck", "recheck"]

_MOST = 20
"""Files that are compared; after a larger change the whole project is checked."""
_FEW, _SHARE = 20, 12
"""An edit that reaches more modules than a few, and than one of twelve, costs more than a check of everything: each is
worked out as it was and as it is."""
_FOLDERS, _LOOPS, _UNREADABLE = "accidental-namespace", "crash-cycle", "unreadable"
"""Rules that look into every module; what can change their findings is told otherwise."""
_LISTING = frozenset(("hides-distribution", "hides-stdlib"))
"""Rules that look at what lies in the project's folders, whether it is imported or not, and at little else."""
_GUESSING = frozenset(("missing-module", "missing-name"))
"""Rules that look among all names for one that was meant."""


def recheck(
    record: Record,
    changed: Sequence[Input],
    store: Store,
    listings: Callable[[], Mapping[str, list[str]]],
    find: Callable[[], Project],
) -> Recheck | None:
    """Return the check of a project in which some inputs have changed; None where all of it has to be checked.

    `listings` and `find` are asked where files have come or gone: for what was there, and for the project as it is.
    """
    paths = [one.path for one in changed if one.kind == "file" and record.keys.get(one.path)]
    folders = [one for one in changed if one.kind == "folder"]
    if len(paths) + len(folders) < len(changed) or len(changed) > _MOST:
        return None
    again = (
        _moved(record, paths, folders, store, listings(), find) if folders else _edited(record, paths, store)
    )
    few = max(_FEW, len(record.layout.modules) // _SHARE)
    return again if again and len(again.ripples.modules) <= few else None


def _edited(record: Record, paths: Sequence[str], store: Store) -> Recheck | None:
    """Return the check after edits alone."""
    project = record.layout.project(store)
    edits = edits_of(record, project, paths, store)
    return Recheck(record, project, edits) if edits is not None else None


def _moved(
    record: Record,
    paths: Sequence[str],
    folders: Sequence[Input],
    store: Store,
    listings: Mapping[str, list[str]],
    find: Callable[[], Project],
) -> Recheck | None:
    """Return the check after files have come or gone, and others were edited."""
    from loadstone.check.keeping.comings import comings

    moved = comings(record, folders, listings, find)
    every = dict.fromkeys((*paths, *moved.come, *moved.gone)) if moved else {}
    if moved is None or len(every) > _MOST:
        return None
    edits = edits_of(record, moved.project, [*every], store)
    if edits is None or not moved.unfelt(record, edits):
        return None
    return Recheck(record, moved.project, edits, moved)


class Recheck:
    """A check of what some edits can reach, all else taken from the record of the check before.

    `loops` tells, when it has run, whether it has gone round the loops of imports again.
    """

    def __init__(
        self, record: Record, project: Project, edits: Sequence[Edited], moved: Comings | None = None
    ) -> None:
        self.record = record
        self.comings = moved
        self.edits = edits
        self.whole = Whole(project, record.settings)
        self.ripples = Ripples(record, self.whole, edits)
        self.journeys = [Journeys(record, edit, self.ripples.around(edit.name)) for edit in edits]
        self.loops = False
        others = project.owners.keys() - {edit.path for edit in edits}
        self.whole.commented.update((path, path in record.commented) for path in others)

    @cached_property
    def stale(self) -> tuple[str, ...]:
        """The modules that are checked again: after an edit that reaches much, dearer to tell than to check all."""
        stale = frozenset(self._stale())
        return tuple(name for name in self.whole.project.selected if name in stale)

    def run(self, *, copies: bool = False) -> Found | None:
        """Return what was found anew; None where that may depend on what is looked into first.

        So they may in a loop of stars, of which one module has to be read before the others: a check of everything
        begins where it always does. `copies` as for `examine`.
        """
        rules = [load_rule(name) for name in running(self.record.settings)]
        affected = [rule for rule in rules if rule.in_project and self._is_affected(rule.name)]
        self._remind()
        unknown = (name for name in self.stale if name not in self.whole.memories)
        looking = {*unknown, *(asker(rule.name) for rule in affected)}
        if not looking.isdisjoint(self._near_loops):
            return None
        long = not _LISTING.issuperset(rule.name for rule in affected)
        if long:
            self.whole.library.prepare(self.whole.project.modules)
        both = copies and bool(self.stale and long)
        with wide(self.whole, affected, copies=both) as rest:
            again = {name: in_module(self.whole, name, rules) for name in self.stale}
            anew = rest()
        self.loops = _LOOPS in anew
        return None if self._is_tangled() else Found(again, anew)

    def paths(self, found: Found) -> frozenset[str]:
        """Return the files in which something else may be found than before; `found` is what was found anew."""
        old = self.record.found
        edited = [edit.name for edit in self.edits]
        before = (
            *(old.modules.get(name, b"") for name in (*found.modules, *edited)),
            *(old.rules.get(name, b"") for name in found.rules),
        )
        every = (*found.every(), *(one for part in before for one in unpack(part)))
        return frozenset((*(edit.path for edit in self.edits), *(one.path for one in every)))

    def _remind(self) -> None:
        """Let modules know what was asked for them before, where the edits do not change the answers."""
        names = frozenset[str]().union(*(edit.change.names for edit in self.edits))
        for name in self.stale if self.comings is None else ():
            if not self._is_reached(name):
                remind(self.whole, self.record, name, names)

    @cached_property
    def _near_loops(self) -> frozenset[str]:
        """The modules and rules that have looked into a loop of stars, directly or through others."""
        return self.ripples.around(*self.record.tangled)

    def _is_tangled(self) -> bool:
        """Whether a loop of stars was looked into on the way, or other modules for one that can see such a loop."""
        notes = self.whole.library.notes
        looked = (name for name in self.stale if notes.asked.get(name, set()) - {name})
        every = {*self.record.askers, *self.whole.project.modules}
        return not self._near_loops.isdisjoint(looked) or not notes.tangled.isdisjoint(every)

    def _stale(self) -> Iterator[str]:
        """Yield who has to be checked again: an edit reaches it, changes what it asks, or is shown there."""
        yield from (edit.name for edit in self.edits)
        yield from self.ripples.modules
        yield from filter(self._is_reached, self.record.asked)
        yield from (name for name, part in self.record.found.modules.items() if self._is_shown(part))
        if self.comings is not None:
            yield from (name for name, part in self.record.found.modules.items() if _guesses(part))

    def _is_affected(self, rule: str) -> bool:
        """Whether a rule has to go over the whole project again."""
        if self._is_shown(self.record.found.rules.get(rule, b"")) or any(map(self._is_compared, self.edits)):
            return True
        if self.comings and (rule in _LISTING or (rule == _FOLDERS and self.comings.bare)):
            return True
        if rule == _LOOPS:
            return any(one.differ() for one in self.journeys)
        if rule == _UNREADABLE:
            return any(edit.old.error or edit.new.error for edit in self.edits)
        return self._is_reached(asker(rule))

    def _is_reached(self, asker: str) -> bool:
        """Whether a module, or a rule, has looked into what may be another, or asks for what may be."""
        asked = self.record.asked.get(asker, frozenset())
        return asker in self.ripples.modules or not asked.isdisjoint(self.ripples.facts)

    def _is_shown(self, part: bytes) -> bool:
        """Whether findings show lines of an edited file, or speak of it."""
        return bool(part) and any(mentions(part, edit.path, edit.name) for edit in self.edits)

    def _is_compared(self, edit: Edited) -> bool:
        """Whether rules may compare the text of the file with that of another: it lies directly in a source root."""
        return os.path.dirname(edit.path) in self.whole.project.source_roots


def _guesses(part: bytes) -> bool:
    """Whether findings may name what was meant, among all that is there."""
    return any(one.rule in _GUESSING for one in unpack(part))
