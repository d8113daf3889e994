"""What a module binds for type checkers alone: under ``if TYPE_CHECKING:`` and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.source import acts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.source.acts import Body, Bound
    from loadstone.source.bindings import Summary
    from loadstone.source.conditions import Test

__all__ = ["for_checkers"]


def for_checkers(summary: Summary) -> dict[str, Bound]:
    """Return the bindings of names that the program never has, by name; empty where there are none."""
    found = {bound.name: bound for bound in _skipped(summary.body)}
    if not found:
        return {}
    skipped = {bound.statement for bound in _skipped(summary.body)}
    for bound in summary.bounds:
        if bound.statement not in skipped:
            found.pop(bound.name, None)
    return found


def _skipped(body: Body) -> Iterator[Bound]:
    for act in body:
        if isinstance(act, acts.Choice):
            for arm in act.arms:
                yield from acts.flatten(arm.body) if _for_checkers(arm.test) else _skipped(arm.body)
        elif isinstance(act, acts.Attempt):
            yield from _skipped(act.body)


def _for_checkers(test: Test) -> bool:
    return test is not None and test[0] == "name" and str(test[1]).rpartition(".")[2] == "TYPE_CHECKING"
