"""Putting a module into `sys.modules` and taking it out again, with no bytecode between.

CPython runs other threads, tracers and signal handlers between bytecodes. What is done by C functions that
call only C functions happens, for all of them, in one step.
"""

from __future__ import annotations

from functools import partial
from itertools import repeat
from operator import call, getitem, is_, setitem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

__all__ = ["swapping"]

_ABSENT = object()


def swapping(modules: dict[str, Any], name: str, module: Any) -> tuple[type, type]:
    """Return two types: as one of the first dies, ``modules[name]`` becomes `module`; of the second, what it was.

    The deaths come in turn; a second without a first does nothing. Each is one ``next`` of an iterator that is made
    now, so that nothing is allocated then: an allocation may start a garbage collection, and that runs anything.

    `old` holds what the entry was meanwhile, and `undo` what puts it back.
    """
    old: list[Any] = [None]
    undo: list[Any] = [int]  # int() does nothing
    was = map(getitem, repeat(old), repeat(0))
    put_back = partial(next, map(setitem, repeat(modules), repeat(name), was))
    remove = partial(modules.pop, name, None)
    absent = map(is_, map(getitem, repeat(old), repeat(0)), repeat(_ABSENT))
    enter = zip(
        _assign(old, map(modules.get, repeat(name), repeat(_ABSENT))),
        _assign(undo, map(getitem, repeat((put_back, remove)), absent)),
        map(setitem, repeat(modules), repeat(name), repeat(module)),
        strict=False,
    )
    leave = zip(
        map(call, map(getitem, repeat(undo), repeat(0))),
        _assign(undo, repeat(int)),
        _assign(old, repeat(None)),
        strict=False,
    )
    return _at_death(enter), _at_death(leave)


def _assign(cell: list[Any], values: Iterator[Any]) -> Iterator[None]:
    """Return an iterator whose every step puts the next of `values` into `cell`."""
    return map(setitem, repeat(cell), repeat(0), values)


def _at_death(steps: Iterator[Any]) -> type:
    # Without slots for a dict or weak references it is no container: its death is never put off (trashcan).
    names = {"__slots__": (), "__del__": staticmethod(partial(next, steps))}
    return type("AtDeath", (), names)
