"""Putting a module into `sys.modules` and taking it out again, with no bytecode between.

CPython runs other threads, tracers and signal handlers between bytecodes. What is done by C functions that
call only C functions happens, for all of them, in one step.
"""

from __future__ import annotations

from functools import partial
from itertools import repeat
from operator import call, getitem, is_, setitem

from loadstone.runtime.cimports.host_keys import EXACT, KEYS

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

    `key` holds the key that the entry had, which may be one of `KEYS`: to compare that with the name runs bytecode, and
    so it is out of the way meanwhile. `old` holds what the entry was, and `undo` what puts it back.
    """
    key: list[Any] = [name]
    old: list[Any] = [None]
    undo: list[Any] = [int]  # int() does nothing
    remove = partial(modules.pop, name, None)
    put_back = partial(
        next,
        zip(
            map(call, repeat(remove)), map(setitem, repeat(modules), _values(key), _values(old)), strict=False
        ),
    )
    absent = map(is_, _values(old), repeat(_ABSENT))
    enter = zip(
        _assign(EXACT, repeat(True)),
        _assign(key, map(KEYS.get, repeat(name), repeat(name))),
        _assign(old, map(modules.pop, _values(key), repeat(_ABSENT))),
        _assign(undo, map(getitem, repeat((put_back, remove)), absent)),
        map(setitem, repeat(modules), repeat(name), repeat(module)),
        _assign(EXACT, repeat(False)),
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


def _values(cell: list[Any]) -> Iterator[Any]:
    """Return an iterator over what is in `cell` at each step."""
    return map(getitem, repeat(cell), repeat(0))


def _at_death(steps: Iterator[Any]) -> type:
    # Without slots for a dict or weak references it is no container: its death is never put off (trashcan).
    names = {"__slots__": (), "__del__": staticmethod(partial(next, steps))}
    return type("AtDeath", (), names)
