"""The second part of the proof: what importing does happens in the same order, whoever is imported first."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from loadstone.fix.proof.objection import Objection

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from loadstone.fix.proof.effects import Effect
    from loadstone.fix.proof.timeline import Timeline

__all__ = ["Order"]


class Order:
    """The timelines of two states of a project."""

    def __init__(self, before: Timeline, after: Timeline) -> None:
        self.before = before
        self.after = after

    def objections(self, changed: Iterable[str]) -> Iterator[Objection]:
        """Yield the effects that move, come or go when a module is imported; each once, for one of the entries.

        Where every changed module does the same by itself, so do all that import it.
        """
        moved = [name for name in changed if self.before.keys(name) != self.after.keys(name)]
        if not moved:
            return
        seen: set[str] = set()
        entries = (
            self.before.model.reached_from(moved) & self.after.model.compiled & self.before.model.compiled
        )
        for entry in sorted(entries, key=lambda name: (name not in moved, name)):
            for sentence, effect in self._differences(entry):
                if sentence not in seen:
                    seen.add(sentence)
                    path = self.after.model.project.modules.get(effect.module, "")
                    told = sentence if effect.module == entry else f"{sentence} when {entry} is imported"
                    yield Objection("moved", effect.module, effect.text, told, path, effect.line)

    def _differences(self, entry: str) -> Iterator[tuple[str, Effect]]:
        """Yield each effect that is gone or new when `entry` is imported; without any, the first that has moved."""
        was, now = _canonical(self.before.entering(entry)), _canonical(self.after.entering(entry))
        if [one.key for one in was] == [one.key for one in now]:
            return
        old, new = {one.key for one in was}, {one.key for one in now}
        gone = [(f"{_what(one)} does not happen any more", one) for one in was if one.key not in new]
        came = [(f"{_what(one)} is new", one) for one in now if one.key not in old]
        yield from gone or came or [_moved(was, now)]


def _moved(was: Sequence[Effect], now: Sequence[Effect]) -> tuple[str, Effect]:
    place = next(place for place, one in enumerate(now) if was[place].key != one.key)
    first, later = now[place], was[place]
    return f"{_what(first)} would happen before {_what(later)}, which came first", first


def _what(effect: Effect) -> str:
    return f"{effect}" if effect.text else f"the import of {effect.module}"


def _canonical(effects: Sequence[Effect]) -> list[Effect]:
    """Return the effects with neighbouring imports of installed packages sorted: these do not know of one another."""
    found: list[Effect] = []
    for is_import, group in groupby(effects, key=lambda one: not one.text):
        part = list(group)
        found += sorted(part, key=lambda one: one.module) if is_import else part
    return found
