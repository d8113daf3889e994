"""The second part of the proof: what importing does happens in the same order, whoever is imported first."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from loadstone.fix.proof.objection import Objection
from loadstone.fix.proof.walk import Walk, families

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from loadstone.fix.proof.effects import Effect
    from loadstone.fix.proof.timeline import Act, Timeline

__all__ = ["Order"]

Difference = tuple[list["Effect"], list["Effect"]]


class Order:
    """The timelines of two states of a project."""

    def __init__(self, before: Timeline, after: Timeline) -> None:
        self.before = before
        self.after = after

    def objections(self, changed: Iterable[str]) -> Iterator[Objection]:
        """Yield the effects that move, come or go when a module is imported; each once, for one of the entries.

        Where every changed module does the same by itself, so do all that import it.
        """
        moved = frozenset(name for name in changed if self.before.keys(name) != self.after.keys(name))
        if not moved:
            return
        before, after = self.before.model, self.after.model
        entries = before.reached_from(moved) & after.compiled & before.compiled
        # Most moves are none: what is loaded earlier now has been loaded by others before. For that, nothing is read.
        if not self._differences(entries, moved):
            return
        yield from self._told(self._differences(entries, None), moved)

    def _differences(self, entries: Collection[str], moved: Collection[str] | None) -> dict[str, Difference]:
        """Return what importing each module does, was and now, where that differs; its package is imported already.

        Only the `moved` modules are looked into, all of them where it is None.
        """
        before, after = _walk(self.before, moved), _walk(self.after, moved)
        found = {}
        for name in families(entries):
            was, now = _canonical(before.enter(name)), _canonical(after.enter(name))
            if name in entries and [one.key for one in was] != [one.key for one in now]:
                found[name] = was, now
        return found

    def _told(self, differences: dict[str, Difference], moved: Collection[str]) -> Iterator[Objection]:
        """Yield what differs, once for each effect: whoever imports the module meets it."""
        seen: set[tuple[str, Effect]] = set()
        for entry in sorted(differences, key=lambda name: (name not in moved, name)):
            for what, sentence, effect in _sentences(*differences[entry]):
                if (what, effect) not in seen:
                    seen.add((what, effect))
                    path = self.after.model.project.modules.get(effect.module, "")
                    told = sentence if effect.module == entry else f"when {entry} is imported, {sentence}"
                    yield Objection("moved", effect.module, effect.text, told, path, effect.line)


def _walk(timeline: Timeline, moved: Collection[str] | None) -> Walk:
    def acts(module: str) -> Sequence[Act]:
        whole = moved is None or module in moved
        return timeline.own(module) if whole else timeline.outline(module)

    return Walk(timeline.model, acts)


def _sentences(was: Sequence[Effect], now: Sequence[Effect]) -> Iterator[tuple[str, str, Effect]]:
    """Yield each effect that is gone or new; without any, the first that has moved. With what became of it in front."""
    gone = [("gone", f"{one.said} does not happen any more", one) for one in _beyond(was, now)]
    came = [("new", f"{one.said} is new", one) for one in _beyond(now, was)]
    yield from gone or came or [_moved(was, now)]


def _beyond(effects: Sequence[Effect], others: Sequence[Effect]) -> Iterator[Effect]:
    """Yield the effects that the others lack, or have fewer times."""
    left = Counter(one.key for one in others)
    for one in effects:
        left[one.key] -= 1
        if left[one.key] < 0:
            yield one


def _moved(was: Sequence[Effect], now: Sequence[Effect]) -> tuple[str, str, Effect]:
    place = next(place for place, one in enumerate(now) if was[place].key != one.key)
    first, later = now[place], was[place]
    return "moved", f"{first.said} would happen before {later}, and not after it as now", first


def _canonical(effects: Sequence[Effect]) -> list[Effect]:
    """Return the effects with neighbouring imports of installed packages sorted: these do not know of one another."""
    found: list[Effect] = []
    for is_import, group in groupby(effects, key=lambda one: not one.text):
        part = list(group)
        found += sorted(part, key=lambda one: one.module) if is_import else part
    return found
