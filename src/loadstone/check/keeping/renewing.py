"""The record after a recheck: that of the check before, with what has been read and found since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.check.keeping.memories import keep_memories
from loadstone.check.keeping.record import (
    Layout,
    askers,
    callables,
    commented_in,
    gone_through,
    imports_one_of,
    mentioned,
    parted,
    stars,
)

if TYPE_CHECKING:
    from loadstone.check.keeping.change import Fact
    from loadstone.check.keeping.findings import Packed
    from loadstone.check.keeping.recheck import Recheck
    from loadstone.check.keeping.record import Bodies, Record

__all__ = ["renewed"]


def renewed(recheck: Recheck, found: Packed) -> Record:
    """Return what is to be kept of a recheck that has run, and of which all findings, `found`, were settled."""
    record, library = recheck.record, recheck.whole.library
    notes, known = library.notes, {*record.mentions.modules} - {edit.name for edit in recheck.edits}
    every = [summary for summary in library.summaries() if recheck.loops or summary.name not in known]
    own, others = parted(every, recheck.whole.project)
    new = every if record.outside else own
    if not record.outside and any(imports_one_of(one, recheck.whole.tops) for one in others):
        record = record._replace(
            keys={}
        )  # its words were not counted so far: the next check is one of everything
    return record._replace(
        layout=Layout.of(recheck.whole.project) if recheck.comings else record.layout,
        found=found,
        asked=_asked(recheck),
        keys=_keys(recheck) if record.keys else {},
        starred=record.starred.union(notes.starred, *map(stars, new)),
        programs=record.programs | notes.programs,
        bodies=_bodies(recheck),
        spare=min(record.spare, notes.spare),
        mentions=record.mentions.and_of((("", notes.claimed), *mentioned(library, new))),
        callables=record.callables.and_of(one for summary in new for one in callables(summary)),
        commented=commented_in(recheck.whole),
        askers=askers(record.askers, new, notes),
        memories={**record.memories, **keep_memories(recheck.whole, recheck.stale)},
        tangled=record.tangled | (notes.tangled & {one.name for one in new}),
        crashing=frozenset(notes.crashing) if recheck.loops else record.crashing,
        byways=record.byways | notes.byways,
        tops=record.tops | notes.tops,
    )


def _asked(recheck: Recheck) -> dict[str, frozenset[Fact]]:
    """Return what modules ask; what a module asked before counts on."""
    asked = dict(recheck.record.asked)
    for name, facts in recheck.whole.asked.items():
        asked[name] = asked.get(name, frozenset()).union(facts)
    return asked


def _keys(recheck: Recheck) -> dict[str, bytes]:
    """Return the keys of files; none for one that has been read as two modules, now and before."""
    keys, edited = dict(recheck.record.keys), {edit.path for edit in recheck.edits}
    for path in recheck.comings.gone if recheck.comings else ():
        del keys[path]
    for path, key in recheck.whole.library.files.keys().items():
        same = path in edited or keys.get(path, key) == key
        keys[path] = key if same else b""
    return keys


def _bodies(recheck: Recheck) -> dict[str, Bodies]:
    notes = recheck.whole.library.notes
    if recheck.loops:
        return gone_through(notes)
    edited = {one.edit.path: one.bodies for one in recheck.journeys if one.bodies is not None}
    return {**recheck.record.bodies, **edited}
