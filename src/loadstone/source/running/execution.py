"""The state of one module while its acts are executed: its names, and what is around the act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loadstone.source import decisions
from loadstone.source.exports import Exports
from loadstone.source.failures import Failure, catches
from loadstone.source.verdicts import UNKNOWN, known

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from loadstone.source import acts
    from loadstone.source.acts import Body
    from loadstone.source.events import Event, Run
    from loadstone.source.found import Found
    from loadstone.source.statements import Statement
    from loadstone.source.world import World

    Acts = Mapping[type, Callable[["Execution", Any], None]]
    """What executes each kind of act."""

__all__ = ["Execution"]


class Execution:
    """One module that runs in a world; `table` says what executes each kind of act."""

    def __init__(self, run: Run, world: World, table: Acts) -> None:
        self.run = run
        self.world = world
        self.table = table
        self.module = run.summary.name
        self.exports = Exports(run, world)
        # The handlers around the act that is executed, innermost last.
        self.guards: list[tuple[acts.Handler, ...]] = []
        # How many forks and loops there are around it: what happens there may not happen.
        self.forks = 0

    def block(self, body: Body) -> None:
        """Execute some acts, one after the other."""
        for act in body:
            self.table[type(act)](self, act)

    def seen(self, target: str, member: str) -> Found | None:
        """Return what the name is in the other module now, if that is known now; a module can import from itself."""
        if target == self.module and member in self.run.names:
            return self.run.names[member]
        return self.world.pinned(target, member)

    def put(self, event: Event) -> None:
        """Let a name stand for something from now on."""
        self.run.names[event.name] = event
        if event.name == "__all__" and event.bound.how != "definition":
            self.run.exports, self.run.exact = self.world.exports(event.target)

    # Errors.

    def needs(self, module: str, name: str = "") -> None:
        """Note what must be there for this module to work, whichever way it takes."""
        if not self.forks:
            self.run.needs.append((module, name))

    def strictly(self, error: str) -> bool:
        """Whether it matters here that the error happens: the program catches it, or every failure counts."""
        return self.world.strict or self.guarded(error)

    def guarded(self, error: str) -> bool:
        """Whether a handler around the act catches the error."""
        return any(catches(handler, error) for handlers in self.guards for handler in handlers)

    def fail(self, error: str, statement: Statement) -> None:
        """Leave the act that raises, if that matters, or if this way through it is one of several.

        A module that certainly fails is otherwise read on, for what it means to bind.
        """
        if self.forks or self.strictly(error):
            raise Failure(error, statement)
        self.run.failures.append((statement, error))

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

    def lookup(self, name: str) -> object:
        """Return what a dotted name of a test stands for at this moment."""
        root, _, rest = name.partition(".")
        if root == "__name__" and not rest:
            return self.module
        if root == "__debug__":
            return True
        event = self.run.names.get(root.removesuffix("()").removesuffix("?"))
        if root.endswith("()"):  # what a function returns is not known because the function is
            return known(event.target, f"{event.member}()") if event and not rest else UNKNOWN
        value = decisions.value(self.world, event, rest) if event else UNKNOWN
        if value is UNKNOWN and name.rpartition(".")[2] == "TYPE_CHECKING":
            return False
        return value
