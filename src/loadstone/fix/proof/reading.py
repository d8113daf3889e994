"""What each name stands for at the moment when a statement reads it, while its module is imported."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from loadstone.source import acts
from loadstone.source.events import Run
from loadstone.source.failures import Failure
from loadstone.source.running.execute import ACTS
from loadstone.source.running.execution import Execution

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from loadstone.check.module import Module
    from loadstone.source.events import Event
    from loadstone.source.statements import Statement

__all__ = ["Reading", "readings"]


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A statement reads (or deletes) a name; `event` bound it last, None where the module has not bound it.

    `number` counts the statements of the same text before this one: lines move, texts and their order do not.
    """

    statement: Statement
    number: int
    name: str
    event: Event | None

    @property
    def key(self) -> tuple[str, int, str]:
        """What this reading is called in another version of the file."""
        return self.statement.text, self.number, self.name


def readings(module: Module) -> tuple[Reading, ...]:
    """Return what the statements of a module read when it is imported, in their order; one that fails ends it."""
    recorder = _Recorder()
    execution = Execution(Run(module.summary), module.world, {**ACTS, **recorder.table()})
    try:
        execution.block(module.summary.body)
    except Failure:
        pass
    return tuple(recorder.found)


class _Recorder:
    """Stands between the execution and the acts that read."""

    def __init__(self) -> None:
        self.found: list[Reading] = []
        # Statement text to the statements of it so far, by line: the two arms of a fork may say the same.
        self.seen: Counter[str] = Counter()
        self.numbers: dict[Statement, int] = {}

    def table(self) -> dict[type, Callable[[Execution, Any], None]]:
        return {acts.Reads: self.reads, acts.Unbound: self.unbound}

    def reads(self, execution: Execution, act: acts.Reads) -> None:
        self.note(execution, act.statement, (name.partition(".")[0] for name in act.names))
        ACTS[acts.Reads](execution, act)

    def unbound(self, execution: Execution, act: acts.Unbound) -> None:
        self.note(execution, act.statement, (act.name,))
        ACTS[acts.Unbound](execution, act)

    def note(self, execution: Execution, statement: Statement, names: Iterable[str]) -> None:
        if statement not in self.numbers:
            self.numbers[statement] = self.seen[statement.text]
            self.seen[statement.text] += 1
        for name in dict.fromkeys(names):
            event = execution.run.names.get(name)
            self.found.append(Reading(statement, self.numbers[statement], name, event))
