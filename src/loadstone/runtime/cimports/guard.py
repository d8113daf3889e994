"""The guard: what an import made from C is given, so that C finds the space's module under its plain name.

`PyImport_Import` (Python/import.c) is what C pickle, strptime and most extensions import with. It calls the
``__import__`` of the calling frame's builtins, which is the space's, but throws the result away and looks the name
up in the interpreter's own `sys.modules`, where a space's modules must not be. It does this in an order that can
be built on:

    from_list = PyList_New(0)
    r = __import__(name, globals, globals, from_list, 0)
    Py_DECREF(r)                                            the result dies: the module is put into sys.modules
    r = sys.modules[name]
    Py_DECREF(from_list)                                    the list dies, and what is in it: sys.modules is as before

So the result is an object whose death puts the module there, and the list gets one whose death takes it out.
Both deaths run C functions alone (swap.py): no other thread ever sees the entry, traced or not. Restoring
without the first half was not enough: with a tracer, bytecode runs between the return and the look-up.
"""

from __future__ import annotations

import sys
import warnings
from sys import getrefcount

from loadstone.errors import NoGuard
from loadstone.runtime.cimports.swap import swapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

__all__ = ["Guard", "from_c", "holds"]


def from_c(globals: Any, locals: Any, fromlist: list[Any], level: int) -> bool:  # noqa: A002
    """Return whether these arguments of an ``__import__`` are `PyImport_Import`'s; False where the guard does not hold.

    Python code may pass an empty list too, and at the top of a module its `globals()` and `locals()` are one. But
    C holds on to its list, and always passes five arguments: `level` is False where the caller left it out.
    """
    return (
        globals is locals
        and globals is not None
        and level is not False
        and not level
        and not fromlist
        and getrefcount(fromlist) >= _references()
    )


def holds() -> bool:
    """Return whether the guard works in this interpreter; the first call finds out, and warns if not."""
    return _references() != _NEVER


class Guard:
    """Hands one space's modules to C code.

    `_rows` maps a name to its module and the two types that put it into `sys.modules` and take it out:
    ``"click.core": (<module click.core>, AtDeath, AtDeath)``. A row gives way when the name means another module.
    """

    __slots__ = ("_rows",)

    def __init__(self) -> None:
        self._rows: dict[str, tuple[Any, type, type]] = {}

    def hand_over(self, name: str, module: Any, fromlist: list[Any]) -> Any:
        """Return what ``__import__`` is to return to C, so that C finds `module`; `fromlist` is C's own list."""
        row = self._rows.get(name)
        if row is None or row[0] is not module:
            row = self._rows[name] = (module, *swapping(sys.modules, name, module))
        fromlist.append(row[2]())
        return row[1]()  # in no variable: it must die as soon as C lets go of it


_NEVER = sys.maxsize
# How many references C's own list has where `from_c` counts them; found out once in a process, by `_references`.
_counted: list[int] = []


def _references() -> int:
    if not _counted:
        count = _tried()
        _counted.append(_NEVER if count is None else count)
        if count is None:
            warnings.warn(NoGuard(), stacklevel=2)
    return _counted[0]


def _tried() -> int | None:
    """Return the number of references as a real import from C shows it; None where the guard does not work.

    `time.strptime` asks for the module ``_strptime`` in C, every time. It is given a stand-in that looks around.
    """
    from time import strptime

    before = sys.modules.get("_strptime")
    probe: Any = type(sys)("_strptime")
    probe._strptime_time = lambda *_: sys.modules.get("_strptime") is before  # noqa: SLF001
    counts: list[int] = []
    names = {"strptime": strptime, "__builtins__": {"__import__": _import_of(probe, counts)}}
    try:
        exec("restored = strptime('', '')", names)  # noqa: S102  # in a frame whose __import__ is the probe's
    except Exception:  # noqa: BLE001  # whatever went wrong, it does not work here
        return None
    return counts[0] if names["restored"] is True and len(counts) == 1 else None


def _import_of(probe: ModuleType, counts: list[int]) -> Any:
    guard = Guard()

    def __import__(name: str, globals: Any, locals: Any, fromlist: Any, level: Any = False) -> Any:  # noqa: A001, A002, N807
        counts.append(_count(globals, locals, fromlist, level))
        return guard.hand_over(name, probe, fromlist)

    return __import__


def _count(globals: Any, locals: Any, fromlist: list[Any], level: int) -> int:  # noqa: A002, ARG001  # as `from_c`
    return getrefcount(fromlist)
