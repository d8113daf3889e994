"""What the acts of a module's body say, whichever way they are nested."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.source import acts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.source.acts import Body
    from loadstone.source.statements import Statement

__all__ = ["guarded", "loads", "reads"]

_IMPORT_ERRORS = frozenset(("ImportError", "ModuleNotFoundError", "Exception", "BaseException"))


def reads(body: Body) -> Iterator[acts.Reads]:
    """Yield what is read while the body runs, in the order of the text."""
    for act in body:
        if isinstance(act, acts.Reads):
            yield act
        else:
            for part in acts.inner(act):
                yield from reads(part)


def loads(body: Body) -> Iterator[Statement]:
    """Yield the imports in the body, in the order of the text; a statement may come more than once."""
    for act in body:
        if isinstance(act, acts.Load):
            yield act.statement
        else:
            for part in acts.inner(act):
                yield from loads(part)


def guarded(body: Body, *, inside: bool = False) -> Iterator[Statement]:
    """Yield the imports whose ImportError is caught, and those that run only after one; `inside`: all of them are."""
    for act in body:
        if isinstance(act, acts.Load):
            if inside:
                yield act.statement
        elif isinstance(act, acts.Attempt):
            caught = inside or any(map(_catches, act.handlers))
            yield from guarded(act.body, inside=caught)
            for handler in act.handlers:
                yield from guarded(handler.body, inside=caught)
            yield from guarded(act.otherwise, inside=caught)
            yield from guarded(act.final, inside=inside)
        elif isinstance(act, acts.Choice):
            for arm in act.arms:
                yield from guarded(arm.body, inside=inside)
        elif isinstance(act, acts.Loop):
            yield from guarded((*act.body, *act.otherwise), inside=inside)


def _catches(handler: acts.Handler) -> bool:
    if handler.catches is None:
        return True
    return any(name.rpartition(".")[2] in _IMPORT_ERRORS for name in handler.catches)
