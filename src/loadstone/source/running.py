"""Executes the acts of one module over a namespace of events: what is bound last, and what each binding hid.

Nothing of the program runs. Where a fork can be decided exactly (see `verdicts`, and imports that cannot succeed) only
the arm that Python takes is executed; otherwise every arm is, and the names they leave differently keep the others as
alternatives.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from loadstone.source import acts
from loadstone.source.acts import Bound
from loadstone.source.verdicts import SOMETHING, UNKNOWN, evaluate, known, verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from loadstone.source.acts import Body
    from loadstone.source.bindings import Summary
    from loadstone.source.statements import Statement
    from loadstone.source.world import World

__all__ = ["Event", "Run", "execute"]


@dataclass(frozen=True, slots=True, eq=False)
class Event:
    """A name came to stand for something: by which act, over what (`before`), or else what (`others`)."""

    name: str
    bound: Bound
    module: str
    target: str
    member: str
    value: object = UNKNOWN
    before: Event | None = None
    others: tuple[Event, ...] = ()
    sure: bool = True

    def __str__(self) -> str:
        return f"{self.name}: {self.bound.statement}"


@dataclass(slots=True)
class Run:
    """The namespace of one module when its body has run, as far as reading can tell.

    `names` maps a name to its last event, `exports` is `__all__` (None where there is none) and `exact` whether it is all
    of it. `stars` counts the names each star brought, by its statement. `unread` are the stars whose names are
    unknown, `failures` the statements that raise, `loads` what the body imports, in order.
    """

    summary: Summary
    names: dict[str, Event] = field(default_factory=dict)
    exports: list[str] | None = None
    exact: bool = True
    stars: dict[Bound, tuple[str, ...]] = field(default_factory=dict)
    unread: list[Bound] = field(default_factory=list)
    failures: list[tuple[Statement, str]] = field(default_factory=list)
    loads: list[tuple[str, Statement]] = field(default_factory=list)
    cyclic: bool = False
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


class _Failure(Exception):  # noqa: N818 - it stands for the program's error, it is none of ours
    def __init__(self, error: str, statement: Statement) -> None:
        super().__init__(error)
        self.error = error
        self.statement = statement


def execute(run: Run, world: World) -> None:
    """Fill `run` with what its module's body does."""
    _Execution(run, world).block(run.summary.body)
    run.finished = True


class _Execution:
    def __init__(self, run: Run, world: World) -> None:
        self.run = run
        self.world = world
        self.module = run.summary.name
        self.guards: list[tuple[acts.Handler, ...]] = []
        self.loaded: set[str] = set()

    def block(self, body: Body) -> None:
        for act in body:
            _ACTS[type(act)](self, act)

    # Binding.

    def bound(self, act: Bound) -> None:
        if act.how == "star":
            self.star(act)
            return
        if act.how == "from-import" and self.guarded("ImportError"):
            self.demand(act)
        value = evaluate(act.value, self.lookup) if act.value else UNKNOWN
        self.put(
            Event(act.name, act, self.module, act.target, act.member, value, self.run.names.get(act.name))
        )

    def put(self, event: Event) -> None:
        # A name moves to the end when it is bound anew only after a ``del``, as in a dict.
        self.run.names[event.name] = event
        if event.name == "__all__" and event.bound.how != "definition":
            self.run.exports, self.run.exact = self.world.exports(event.target)

    def unbound(self, act: acts.Unbound) -> None:
        self.run.names.pop(act.name, None)
        if act.name == "__all__":
            self.run.exports = None

    def star(self, act: Bound) -> None:
        if act.target == self.module:
            return
        names = self.world.public(act.target, self.run)
        if names is None:
            self.run.unread.append(act)
            return
        self.run.stars[act] = names
        for name in names:
            self.put(Event(name, act, self.module, act.target, name, before=self.run.names.get(name)))

    # Loading.

    def load(self, act: acts.Load) -> None:
        self.run.loads.append((act.target, act.statement))
        if self.guarded("ModuleNotFoundError") and not self.world.importable(act.target, self.module):
            self.fail("ModuleNotFoundError", act.statement)
        if not self.run.summary.is_package:
            return
        inner = f"{self.module}."
        if act.target == self.module:
            for member in act.members:
                if member not in self.run.names:
                    self.submodule(member, act.statement)
        elif act.target.startswith(inner):
            self.submodule(act.target[len(inner) :].partition(".")[0], act.statement)

    def submodule(self, tail: str, statement: Statement) -> None:
        """The import system binds a submodule on its package, once, when it has been loaded."""
        name = f"{self.module}.{tail}"
        if name in self.loaded or self.world.library.locate(name) is None:
            return
        self.loaded.add(name)
        self.put(submodule_event(self.module, tail, statement, self.run.names.get(tail)))

    def demand(self, act: Bound) -> None:
        """Fail where a from-import certainly does not find its name."""
        if self.world.lacks(act.target, act.member):
            self.fail("ImportError", act.statement)

    # `__all__`.

    def export(self, act: acts.Export) -> None:
        if act.op == "touch":
            self.run.exact = False
            return
        names = [name for part in act.parts for name in self.part(part)]
        if act.op == "set":
            self.run.exact = self.readable(act)
            self.run.exports = names
            return
        self.run.exact = self.run.exact and self.readable(act)
        current = self.run.exports or []
        gone = set(names)
        self.run.exports = (
            [*current, *names] if act.op == "extend" else [name for name in current if name not in gone]
        )

    def readable(self, act: acts.Export) -> bool:
        return all(part is not None and self.refer(part)[1] for part in act.parts)

    def part(self, part: str | acts.Ref | None) -> list[str]:
        return [] if part is None else self.refer(part)[0]

    def refer(self, part: str | acts.Ref) -> tuple[list[str], bool]:
        """Return the names of a part of an `__all__`, and whether they are all of them."""
        if isinstance(part, str):
            return [part], True
        if part == acts.Ref("__all__", plain=True):
            return list(self.run.exports or ()), self.run.exact
        event = self.run.names.get(part.name.partition(".")[0])
        if event is None:
            return [], False
        if part.plain:
            if event.member == "__all__":
                names, exact = self.world.exports(event.target)
                return names or [], exact and names is not None
            return [], False
        module = self.world.module_of(event, part.name)
        names, exact = self.world.exports(module) if module else (None, False)
        return names or [], exact and names is not None

    # Errors.

    def raised(self, act: acts.Raised) -> None:
        self.fail(act.error.rpartition(".")[2], act.statement)

    def reads(self, act: acts.Reads) -> None:
        if not self.guarded("NameError"):
            return
        for name in act.names:
            root = name.partition(".")[0]
            if root not in self.run.names and self.world.is_unbound(root, self.run):
                self.fail("NameError", act.statement)

    def guarded(self, error: str) -> bool:
        return any(_catches(handler, error) for handlers in self.guards for handler in handlers)

    def fail(self, error: str, statement: Statement) -> None:
        """Raise, if the program catches it; a module that fails is otherwise read on, for what it means to bind."""
        self.run.failures.append((statement, error))
        if self.guarded(error):
            self.run.failures.pop()
            raise _Failure(error, statement)

    # Forks.

    def attempt(self, act: acts.Attempt) -> None:
        try:
            self.protected(act)
        except _Failure as failure:
            handler = next((one for one in act.handlers if _catches(one, failure.error)), None)
            if handler is None:
                self.block(act.final)
                raise
            self.block(handler.body)
        else:
            self.block(act.otherwise)
            self.alternatives(act)
        self.block(act.final)

    def protected(self, act: acts.Attempt) -> None:
        self.guards.append(act.handlers)
        try:
            self.block(act.body)
        finally:
            self.guards.pop()

    def alternatives(self, act: acts.Attempt) -> None:
        """Remember what the handlers would have bound, where nobody can say that they do not run."""
        for handler in act.handlers:
            if handler.catches is not None and all(one in _DECIDED for one in handler.catches):
                continue
            for bound in acts.flatten(handler.body):
                event = self.run.names.get(bound.name)
                if event is not None and bound.how != "star":
                    other = Event(bound.name, bound, self.module, bound.target, bound.member)
                    self.run.names[bound.name] = _with_others(event, (other,))

    def choice(self, act: acts.Choice) -> None:
        arms: list[acts.Arm] = []
        for arm in act.arms:
            truth = verdict(arm.test, self.lookup)
            if truth is not False:
                arms.append(arm)
            if truth:
                break
        if len(arms) == 1:
            self.block(arms[0].body)
        else:
            self.fork(arms)

    def fork(self, arms: list[acts.Arm]) -> None:
        before, exports, exact = self.run.names, self.run.exports, self.run.exact
        ends: list[dict[str, Event]] = []
        lists = []
        for arm in arms:
            self.run.names, self.run.exports, self.run.exact = dict(before), exports, exact
            try:
                self.block(arm.body)
            except _Failure:
                continue
            ends.append(self.run.names)
            lists.append((self.run.exports, self.run.exact))
        if not ends:
            self.run.names = before
            return
        if len(ends) > 1 and arms[0].test and arms[0].test[0] == "not":
            ends.append(ends.pop(0))
        self.run.names = _merged(before, ends)
        self.run.exports, self.run.exact = lists[0]
        if any(one != lists[0] for one in lists):
            self.run.exact = False

    def loop(self, act: acts.Loop) -> None:
        self.block(act.body)
        self.block(act.otherwise)

    # Values.

    def lookup(self, name: str) -> object:
        """Return what a dotted name of a test stands for at this moment."""
        root, _, rest = name.partition(".")
        if root == "__name__" and not rest:
            return self.module
        if root == "__debug__":
            return True
        event = self.run.names.get(root.removesuffix("()").removesuffix("?"))
        if event is not None:
            value = self.world.value(event, rest)
            if value is not UNKNOWN:
                return value
        return False if name.rpartition(".")[2] == "TYPE_CHECKING" else UNKNOWN


def submodule_event(package: str, tail: str, statement: Statement, before: Event | None) -> Event:
    """Return the event of a submodule that the import system binds on its package."""
    bound = Bound(tail, "module", "import", None, statement, target=f"{package}.{tail}")
    return Event(tail, bound, package, bound.target, "", before=before)


_DECIDED = frozenset(("ImportError", "ModuleNotFoundError", "NameError"))
_BASES = {
    "ModuleNotFoundError": ("ModuleNotFoundError", "ImportError", "Exception", "BaseException"),
    "ImportError": ("ImportError", "Exception", "BaseException"),
    "NameError": ("NameError", "Exception", "BaseException"),
}


def _catches(handler: acts.Handler, error: str) -> bool:
    if handler.catches is None:
        return True
    bases = _BASES.get(error, (error, "Exception", "BaseException"))
    return any(one.rpartition(".")[2] in bases for one in handler.catches)


def _merged(before: dict[str, Event], ends: list[dict[str, Event]]) -> dict[str, Event]:
    """Join the ways out of a fork; the first that changed a name wins, the rest become its others."""
    merged = {}
    for name in dict.fromkeys(name for end in ends for name in end):
        events = [end.get(name) for end in ends]
        changed = [event for event in events if event is not None and event is not before.get(name)]
        winner = changed[0] if changed else before[name]
        others = tuple(dict.fromkeys(event for event in events if event is not None and event is not winner))
        sure = None not in events
        merged[name] = _with_others(winner, others, sure=sure) if others or not sure else winner
    return merged


def _with_others(event: Event, others: tuple[Event, ...], *, sure: bool = True) -> Event:
    return Event(
        event.name,
        event.bound,
        event.module,
        event.target,
        event.member,
        UNKNOWN,
        event.before,
        (*event.others, *others),
        event.sure and sure,
    )


_ACTS: dict[type, Callable[[_Execution, Any], None]] = {
    Bound: _Execution.bound,
    acts.Unbound: _Execution.unbound,
    acts.Load: _Execution.load,
    acts.Export: _Execution.export,
    acts.Raised: _Execution.raised,
    acts.Reads: _Execution.reads,
    acts.Attempt: _Execution.attempt,
    acts.Choice: _Execution.choice,
    acts.Loop: _Execution.loop,
}
