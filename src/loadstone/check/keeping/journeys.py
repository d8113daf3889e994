"""Whether ways round loops of imports lead through what has changed in a file."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

from loadstone.check.keeping.likeness import signature
from loadstone.check.keeping.record import bodies_of
from loadstone.source.entering.lowering.lowering import functions
from loadstone.source.reading import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from loadstone.check.keeping.edited import Edited
    from loadstone.check.keeping.record import Bodies, Record
    from loadstone.source.entering.lowering.lowering import Block, Body
    from loadstone.source.notes import Place

__all__ = ["Journeys"]

_SPARE = 1000
"""Steps that new definitions of a few lines cannot add to a journey."""


class Journeys:
    """The ways through one edited file: `bodies` are its functions that were gone through, as they are now.

    `around` are the modules that have looked into the file's, directly or through others.
    """

    def __init__(self, record: Record, edit: Edited, around: frozenset[str]) -> None:
        self.record = record
        self.edit = edit
        self.around = around
        self.before = record.bodies.get(edit.path)
        self.bodies: Bodies | None = None

    def differ(self) -> bool:
        """Whether going through the project as `entering` does may come to something else than before the edit."""
        if self._links_differ() or not self.edit.change.imports.isdisjoint(self.record.crashing):
            return True
        if self.edit.loud:
            return not self.around.isdisjoint(self.record.programs)
        if self.edit.name not in self.record.programs:
            return False
        names = self.edit.change.names
        if names and self.record.spare < _SPARE:
            return True
        old, new = _without(self.edit.old_program, names), _without(self.edit.new_program, names)
        return signature(old) != signature(new) or self._bodies_differ()

    def _links_differ(self) -> bool:
        """Whether imports may have closed a loop or opened one, or come into reach at import time, or out of it."""
        callables, change, name = self.record.callables, self.edit.change, self.edit.name
        called = any(self.record.mentions.elsewhere(one, name) for one in change.names)
        if (called or change.imports) and self._imports_itself():
            return True
        if called and any(callables.elsewhere(one, name) for one in change.later):
            return True  # something of that name is called elsewhere: then what the module calls counts, too
        return any(
            one in callables if when == "import" else callables.elsewhere(one, name)
            for when, one in change.calls
        )

    def _imports_itself(self) -> bool:
        """Whether a module that it imports, or did, leads back to it."""
        every = (*self.edit.old.imports, *self.edit.new.imports)
        return any(name in self.around for one in every for name in one.reached(self.edit.new.package))

    def _bodies_differ(self) -> bool:
        """Whether a function of the file that was gone through is another, finds another, or cannot be told."""
        if self.before is None:
            return False
        if not self.edit.change.names.isdisjoint(self.edit.change.reads):
            return True
        try:
            every = functions(read(self.edit.path).tree)
        except (OSError, SyntaxError, RecursionError):
            return True
        kept = self._kept(every)
        if kept is None or len(kept) != self.before.number:
            return True
        places = [place for number, place in enumerate(kept) if number in self.before.signatures]
        self.bodies = bodies_of(every, places)
        return bodies_of(kept, places) != self.before

    def _kept(self, every: Mapping[Place, Body]) -> Mapping[Place, Body] | None:
        """Return those of the functions that the file had before; None where some have gone."""
        change = self.edit.change
        if any(bound.name in change.names for bound in self.edit.old.bounds):
            return None
        added = [bound.statement for bound in self.edit.new.bounds if bound.name in change.names]
        inside = {place for place in every if any(one.line <= place[0] <= one.end_line for one in added)}
        return {place: body for place, body in every.items() if place not in inside}


def _without(program: Block | None, names: frozenset[str]) -> Block | None:
    """Return a program without the definitions of some names, as far as these do nothing but define."""
    return None if program is None else tuple(_kept(program, names))


def _kept(program: Block, names: frozenset[str]) -> Iterator[tuple[object, ...]]:
    for one in program:
        if one[0] == "def" and one[2] in names and not one[3] and all(map(_is_harmless, one[4])):
            continue
        if one[0] == "bind" and one[2] in [(("name", name),) for name in names] and _is_harmless(one[3]):
            continue
        yield one


def _is_harmless(value: tuple[object, ...] | None) -> bool:
    """Whether evaluating it can do nothing: it is a constant, or the name of a builtin."""
    return value is None or value[0] == "const" or (value[0] == "name" and str(value[1]) in _BUILTINS)


_BUILTINS = frozenset(vars(builtins))
