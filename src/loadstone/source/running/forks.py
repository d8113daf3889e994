"""Acts that fork: which arms are executed, and what they leave together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.source import acts
from loadstone.source.events import Event, joined, with_others
from loadstone.source.failures import DECIDED, Failure, catches
from loadstone.source.verdicts import verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loadstone.source.running.execution import Execution

__all__ = ["attempt", "choice", "loop"]


def attempt(execution: Execution, act: acts.Attempt) -> None:
    """Execute ``try``: the body, and the handler of what it certainly raises."""
    try:
        _protected(execution, act)
    except Failure as failure:
        handler = next((one for one in act.handlers if catches(one, failure.error)), None)
        if handler is None:
            execution.block(act.final)
            raise
        execution.block(handler.body)
    else:
        execution.block(act.otherwise)
        _alternatives(execution, act)
    execution.block(act.final)


def _protected(execution: Execution, act: acts.Attempt) -> None:
    execution.guards.append(act.handlers)
    try:
        execution.block(act.body)
    finally:
        execution.guards.pop()


def _alternatives(execution: Execution, act: acts.Attempt) -> None:
    """Remember what the handlers would have bound, where nobody can say that they do not run."""
    for handler in act.handlers:
        if handler.catches is not None and DECIDED.issuperset(handler.catches):
            continue
        for bound in acts.flatten(handler.body):
            event = execution.run.names.get(bound.name)
            if event is not None and bound.how != "star":
                other = Event(bound.name, bound, execution.module, bound.target, bound.member)
                execution.run.names[bound.name] = with_others(event, (other,))


def choice(execution: Execution, act: acts.Choice) -> None:
    """Execute the arm that is taken, or each that may be."""
    arms: list[acts.Arm] = []
    for arm in act.arms:
        truth = verdict(arm.test, execution.lookup)
        if truth is not False:
            arms.append(arm)
        if truth:
            break
    if len(arms) == 1:
        execution.block(arms[0].body)
    else:
        _fork(execution, arms)


def _fork(execution: Execution, arms: Sequence[acts.Arm]) -> None:
    """Execute every arm from the same start, and join the ends of those that do not raise."""
    run = execution.run
    start = run.names, run.exports, run.exact
    ends: list[dict[str, Event]] = []
    lists, failures = [], []
    for arm in arms:
        run.names, run.exports, run.exact = dict(start[0]), start[1], start[2]
        failure = execution.uncertain(arm.body)
        if failure:
            failures.append(failure)
        else:
            ends.append(run.names)
            lists.append((run.exports, run.exact))
    if not ends:
        run.names, run.exports, run.exact = start
        execution.fail(failures[0].error, failures[0].statement)
        return
    if len(ends) == len(arms) and arms[0].test and arms[0].test[0] == "not":
        ends.append(ends.pop(0))  # ``if not HAS_X:`` introduces what is done in its absence
    run.names = joined(start[0], ends)
    run.exports, run.exact = lists[0]
    run.exact = run.exact and all(one == lists[0] for one in lists)


def loop(execution: Execution, act: acts.Loop) -> None:
    """Execute the body of a loop once, as something that may not happen."""
    execution.uncertain(act.body)
    if act.breaks and act.otherwise:
        _fork(execution, (acts.Arm(None, ()), acts.Arm(None, act.otherwise)))
    else:
        execution.block(act.otherwise)
