"""Names in `sys.modules` that C code of a space does not see, so that it gets the space's own module.

Cython makes of an import statement inside a function a look into `sys.modules`, before anything of the import system
that can be replaced (PyImport_GetModule, import_get_module in Python/import.c). Where the host has ``pandas`` and a
space has another, the space's C code would get the host's. So the host's module stands there under a key that is
equal to the name for everybody but the C code of a space: for that nothing is found, and CPython calls
``_find_and_load``, which knows whose import it is (hooks.py).

Only packages that the host and a space with extensions both have get such keys.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

__all__ = ["EXACT", "KEYS", "HostKey", "ask", "rekey", "rekeyed"]

# The key of each name that has one: ``{"pandas": HostKey("pandas")}``. One for the process, as `sys.modules` is.
KEYS: dict[str, HostKey] = {}
# Whether keys are equal to their names for everybody just now: set by C functions, around one look by hand.
EXACT = [False]
# Whether C code of a space is what called the Python code that asks; put here by `ask`.
_is_a_space_s: list[Callable[[], bool]] = [lambda: False]


class HostKey(str):
    """A name that is equal to its text, unless C code of a space compares."""

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        if str.__eq__(self, other) is not True:
            return False
        return EXACT[0] or not _is_a_space_s[0]()

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __reduce__(self) -> tuple[Any, ...]:
        return str, (str.__str__(self),)


def ask(is_a_space_s: Callable[[], bool]) -> None:
    """Let this function decide from now on."""
    _is_a_space_s[:] = [is_a_space_s]


def rekey(name: str) -> None:
    """Put the host's module of this name under a key of ours; nothing happens where it has none.

    No other thread sees `sys.modules` without it: the two steps are C functions, with no bytecode between.
    """
    try:
        next(map(sys.modules.__setitem__, (_key(name),), map(sys.modules.pop, (name,))))
    except KeyError:
        pass


def rekeyed(modules: dict[str, Any]) -> dict[str, Any]:
    """Return the same modules under keys of ours."""
    return {_key(name): module for name, module in modules.items()}


def _key(name: str) -> HostKey:
    return KEYS.setdefault(str.__str__(name), HostKey(name))
