"""Executes the acts of one module over a namespace of events: what is bound last, and what each binding hid.

Nothing of the program runs. Where a fork can be decided exactly (see `verdicts`, and imports that cannot succeed) only
the arm that Python takes is executed; otherwise every arm is, and the names they leave differently keep the others as
alternatives.
"""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any

from loadstone.source import acts, decisions
from loadstone.source.acts import Bound
from loadstone.source.events import Event, joined, with_others
from loadstone.source.exports import Exports
from loadstone.source.failures import DECIDED, Failure, catches
from loadstone.source.verdicts import UNKNOWN, evaluate, verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from loadstone.source.acts import Body
    from loadstone.source.events import Run
    from loadstone.source.found import Found
    from loadstone.source.statements import Statement
    from loadstone.source.world import World

__all__ = ["execute"]


def execute(run: Run, world: World) -> None:
    """Fill `run` with what the body of its module does."""
    _Execution(run, world).block(run.summary.body)
    run.finished = True


class _Execution:
    def __init__(self, run: Run, world: World) -> None:
        self.run = run
        self.world = world
        self.module = run.summary.name
        self.exports = Exports(run, world)
        # The handlers around the act that is executed, innermost last.
        self.guards: list[tuple[acts.Handler, ...]] = []
        # How many forks and loops there are around it: what happens there may not happen.
        self.forks = 0

    def block(self, body: Body) -> None:
        for act in body:
            _ACTS[type(act)](self, act)

    # Binding.

    def bound(self, act: Bound) -> None:
        if act.how == "star":
            self.star(act)
            return
        found = None
        if act.how == "from-import":
            self.need(act)
            found = self.seen(act.target, act.member)
        elif act.how == "import" and act.alias and "." in act.target:
            found = self.attribute(act)
        value = evaluate(act.value, self.lookup) if act.value else UNKNOWN
        before = self.run.names.get(act.name)
        self.put(Event(act.name, act, self.module, act.target, act.member, value, before, found=found))

    def attribute(self, act: Bound) -> Found | None:
        """``import a.b.c as d`` takes the attribute `c` of the attribute `b` of `a`: they need not be modules."""
        module, *parts = act.target.split(".")
        for part in parts[:-1]:
            found = self.attribute_of(module, part)
            kind, module, name, _ = self.world.follow(found, module, part) if found else _module(module, part)
            if (kind, name) != ("module", "") and self.strictly("ImportError"):
                self.fail("ImportError", act.statement)
        return self.attribute_of(module, parts[-1])

    def attribute_of(self, module: str, name: str) -> Found | None:
        self.world.note(module, name, self.run)
        return self.seen(module, name)

    def seen(self, target: str, member: str) -> Found | None:
        """Return what the name is in the other module now, if that is known now; a module can import from itself."""
        if target == self.module and member in self.run.names:
            return self.run.names[member]
        return self.world.pinned(target, member)

    def put(self, event: Event) -> None:
        self.run.names[event.name] = event
        if event.name == "__all__" and event.bound.how != "definition":
            self.run.exports, self.run.exact = self.world.exports(event.target)

    def unbound(self, act: acts.Unbound) -> None:
        absent = act.name not in self.run.names and self.run.complete and not act.name.startswith("__")
        if absent and self.strictly("NameError"):
            self.fail("NameError", act.statement)
        self.run.names.pop(act.name, None)
        if act.name == "__all__":
            self.run.exports = None

    def star(self, act: Bound) -> None:
        if act.target == self.module:  # brings nothing new, but imports the submodules that `__all__` names
            self.world.load(acts.Load(act.target, tuple(self.run.exports or ()), act.statement), self.run)
            if self.world.strict and any(
                decisions.lacks(self.world, self.module, name) for name in self.run.public()
            ):
                self.fail("AttributeError", act.statement)
            return
        names, exact = self.world.public(act.target, self.run, act.statement)
        if not exact:
            self.run.unread.append(act)
        self.run.stars[act] = names
        for name in names:
            if exact and self.world.strict and decisions.lacks(self.world, act.target, name):
                self.fail("AttributeError", act.statement)
            before, found = self.run.names.get(name), self.seen(act.target, name)
            self.put(Event(name, act, self.module, act.target, name, before=before, found=found))

    def load(self, act: acts.Load) -> None:
        self.run.loads.append((act.target, act.statement))
        if not self.strictly("ModuleNotFoundError"):
            self.needs(act.target)
        elif error := self.world.obstacle(act.target, self.run):
            self.fail(error, act.statement)
        self.world.load(act, self.run)

    def need(self, act: Bound) -> None:
        """Fail where a from-import certainly does not find its name; looked up only where that is caught."""
        self.world.note(act.target, act.member, self.run)
        if not self.strictly("ImportError"):
            self.needs(act.target, act.member)
        elif decisions.lacks(self.world, act.target, act.member):
            self.fail("ImportError", act.statement)

    def needs(self, module: str, name: str = "") -> None:
        """Note what must be there for this module to work, whichever way it takes."""
        if not self.forks:
            self.run.needs.append((module, name))

    # Errors.

    def raised(self, act: acts.Raised) -> None:
        self.fail(act.error.rpartition(".")[2], act.statement)

    def reads(self, act: acts.Reads) -> None:
        if self.strictly("NameError"):
            roots = {name.partition(".")[0] for name in act.names}
            if any(name not in self.run.names and self.is_unbound(name) for name in roots):
                self.fail("NameError", act.statement)
        dotted = [name for name in act.names if "." in name]
        if self.strictly("AttributeError") and any(
            self.world.lacks_attribute(name, self.run) for name in dotted
        ):
            self.fail("AttributeError", act.statement)

    def is_unbound(self, name: str) -> bool:
        """Whether reading the name, which no event has bound, is certainly a NameError."""
        return self.run.complete and not name.startswith("__") and not hasattr(builtins, name)

    def strictly(self, error: str) -> bool:
        """Whether it matters here that the error happens: the program catches it, or every failure counts."""
        return self.world.strict or self.guarded(error)

    def guarded(self, error: str) -> bool:
        return any(catches(handler, error) for handlers in self.guards for handler in handlers)

    def fail(self, error: str, statement: Statement) -> None:
        """Leave the act that raises, if that matters, or if this way through it is one of several.

        A module that certainly fails is otherwise read on, for what it means to bind.
        """
        if self.forks or self.strictly(error):
            raise Failure(error, statement)
        self.run.failures.append((statement, error))

    # Forks.

    def attempt(self, act: acts.Attempt) -> None:
        try:
            self.protected(act)
        except Failure as failure:
            handler = next((one for one in act.handlers if catches(one, failure.error)), None)
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
            if handler.catches is not None and DECIDED.issuperset(handler.catches):
                continue
            for bound in acts.flatten(handler.body):
                event = self.run.names.get(bound.name)
                if event is not None and bound.how != "star":
                    other = Event(bound.name, bound, self.module, bound.target, bound.member)
                    self.run.names[bound.name] = with_others(event, (other,))

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

    def fork(self, arms: Sequence[acts.Arm]) -> None:
        """Execute every arm from the same start, and join the ends of those that do not raise."""
        run = self.run
        start = run.names, run.exports, run.exact
        ends: list[dict[str, Event]] = []
        lists, failures = [], []
        for arm in arms:
            run.names, run.exports, run.exact = dict(start[0]), start[1], start[2]
            failure = self.uncertain(arm.body)
            if failure:
                failures.append(failure)
            else:
                ends.append(run.names)
                lists.append((run.exports, run.exact))
        if not ends:
            run.names, run.exports, run.exact = start
            self.fail(failures[0].error, failures[0].statement)
            return
        if len(ends) == len(arms) and arms[0].test and arms[0].test[0] == "not":
            ends.append(ends.pop(0))  # ``if not HAS_X:`` introduces what is done in its absence
        run.names = joined(start[0], ends)
        run.exports, run.exact = lists[0]
        run.exact = run.exact and all(one == lists[0] for one in lists)

    def uncertain(self, body: Body) -> Failure | None:
        """Execute what may not happen; return how it failed, None if it ran to its end."""
        self.forks += 1
        try:
            self.block(body)
        except Failure as failure:
            return failure
        finally:
            self.forks -= 1
        return None

    def loop(self, act: acts.Loop) -> None:
        self.uncertain(act.body)
        if act.breaks and act.otherwise:
            self.fork((acts.Arm(None, ()), acts.Arm(None, act.otherwise)))
        else:
            self.block(act.otherwise)

    def lookup(self, name: str) -> object:
        """Return what a dotted name of a test stands for at this moment."""
        root, _, rest = name.partition(".")
        if root == "__name__" and not rest:
            return self.module
        if root == "__debug__":
            return True
        event = self.run.names.get(root.removesuffix("()").removesuffix("?"))
        value = decisions.value(self.world, event, rest) if event else UNKNOWN
        if value is UNKNOWN and name.rpartition(".")[2] == "TYPE_CHECKING":
            return False
        return value


def _module(package: str, tail: str) -> tuple[str, str, str, bool]:
    return "module", f"{package}.{tail}", "", False


_ACTS: dict[type, Callable[[_Execution, Any], None]] = {
    Bound: _Execution.bound,
    acts.Unbound: _Execution.unbound,
    acts.Planted: lambda execution, act: execution.world.plant(act, execution.run),
    acts.Load: _Execution.load,
    acts.Export: lambda execution, act: execution.exports.apply(act),
    acts.Raised: _Execution.raised,
    acts.Reads: _Execution.reads,
    acts.Attempt: _Execution.attempt,
    acts.Choice: _Execution.choice,
    acts.Loop: _Execution.loop,
}
