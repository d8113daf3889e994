"""Executes the acts of a module, from the first to the last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.source import acts
from loadstone.source.running import binding, forks
from loadstone.source.running.execution import Execution

if TYPE_CHECKING:
    from loadstone.source.events import Run
    from loadstone.source.running.execution import Acts
    from loadstone.source.world import World

__all__ = ["ACTS", "execute"]


def execute(run: Run, world: World) -> None:
    """Fill `run` with what the body of its module does; raise Failure where the world is strict and it fails."""
    Execution(run, world, ACTS).block(run.summary.body)
    run.finished = True


ACTS: Acts = {
    acts.Bound: binding.bound,
    acts.Unbound: binding.unbound,
    acts.Planted: lambda execution, act: execution.world.plant(act, execution.run),
    acts.Load: binding.load,
    acts.Export: lambda execution, act: execution.exports.apply(act),
    acts.Raised: binding.raised,
    acts.Reads: binding.reads,
    acts.Attempt: forks.attempt,
    acts.Choice: forks.choice,
    acts.Loop: forks.loop,
}
