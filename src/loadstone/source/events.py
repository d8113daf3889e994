"""What a name came to stand for, and the namespace that such events make up."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from loadstone.source.acts import Bound
from loadstone.source.verdicts import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loadstone.source.bindings import Summary
    from loadstone.source.found import Found
    from loadstone.source.statements import Statement

__all__ = ["Event", "Run", "joined", "submodule_event", "with_others"]


@dataclass(slots=True, eq=False)  # frozen, each would take three times as long to make, and there are 100 000
class Event:
    """A name came to stand for something: by which act, over what (`before`), or else for what (`others`).

    `found` is what the name was in the other module at that moment, where the order of execution is known.
    `sure` is false where some way through the module leaves the name unbound. An event is never changed.
    """

    name: str
    bound: Bound
    module: str
    target: str
    member: str
    value: object = UNKNOWN
    before: Event | None = None
    others: tuple[Event, ...] = ()
    sure: bool = True
    found: Found | None = None

    def __str__(self) -> str:
        return f"{self.name}: {self.bound.statement}"


@dataclass(slots=True)
class Run:
    """The namespace of one module while its body runs, and when it has run, as far as reading can tell.

    `names` maps a name to its last event, in the order of Python's dictionary. `exports` is `__all__`, None where
    there is none; `exact` whether it is all of it. `stars` holds the names that each star brought. `unread` are the
    stars that may bring more than that, `failures` the statements that raise, `needs` the modules, and names in
    them, without which it cannot be imported. `cyclic` is true where a star found
    its module in the middle of running, `ordered` where the order of imports decided something.
    """

    summary: Summary
    names: dict[str, Event] = field(default_factory=dict)
    exports: list[str] | None = None
    exact: bool = True
    stars: dict[Bound, tuple[str, ...]] = field(default_factory=dict)
    unread: list[Bound] = field(default_factory=list)
    failures: list[tuple[Statement, str]] = field(default_factory=list)
    loads: list[tuple[str, Statement]] = field(default_factory=list)
    submodules: set[str] = field(default_factory=set)
    needs: list[tuple[str, str]] = field(default_factory=list)
    cyclic: bool = False
    ordered: bool = False
    finished: bool = False

    @property
    def complete(self) -> bool:
        """Whether every name of the namespace is known."""
        return not (self.summary.dynamic or self.unread or self.summary.getattr or self.summary.error)

    def public(self) -> tuple[str, ...]:
        """Return the names that ``from module import *`` brings."""
        if self.exports is not None:
            return tuple(dict.fromkeys(self.exports))
        return tuple(name for name in self.names if not name.startswith("_"))

    @property
    def public_exact(self) -> bool:
        """Whether `public` is all that a star brings; it does not ask a module's ``__getattr__`` for names."""
        if self.exports is not None:
            return self.exact and not self.summary.error
        return not (self.summary.dynamic or self.unread or self.summary.error)


def submodule_event(package: str, tail: str, statement: Statement, before: Event | None) -> Event:
    """Return the event of a submodule that the import system binds on its package."""
    bound = Bound(tail, "module", "import", None, statement, target=f"{package}.{tail}")
    return Event(tail, bound, package, bound.target, "", before=before)


def with_others(event: Event, others: tuple[Event, ...], *, sure: bool = True) -> Event:
    """Return the event with more alternatives; its value is not known any more."""
    return replace(event, value=UNKNOWN, others=(*event.others, *others), sure=event.sure and sure)


def joined(before: dict[str, Event], ends: Sequence[dict[str, Event]]) -> dict[str, Event]:
    """Join the ways out of a fork: the first that changed a name decides it, the rest become its others."""
    names = dict.fromkeys(name for end in ends for name in end)
    return {name: _join(before.get(name), [end.get(name) for end in ends]) for name in names}


def _join(before: Event | None, events: Sequence[Event | None]) -> Event:
    present = [event for event in events if event is not None]
    winner = next((event for event in present if event is not before), present[0])
    others = tuple(dict.fromkeys(event for event in present if event is not winner))
    if not others and len(present) == len(events):
        return winner
    return with_others(winner, others, sure=len(present) == len(events))
