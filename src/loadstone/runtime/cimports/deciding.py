"""Whose import it is when C code, called by the host, imports by itself."""

from __future__ import annotations

import builtins
import os
import sys
from importlib.machinery import EXTENSION_SUFFIXES

from loadstone.errors import Undecided
from loadstone.runtime.cimports.stack import stack
from loadstone.runtime.extensions import owner_by_builtins, owner_of, owners
from loadstone.runtime.importlib_bootstrap.frames import is_import_system

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import FrameType

    from loadstone.runtime.importlib_bootstrap.private import PrivateImporter

__all__ = ["c_caller_of", "caller_of", "is_a_space_s"]

# Of the Python that a virtual environment was made from; `sysconfig` would take milliseconds to say it.
_STANDARD = (
    os.path.dirname(os.__file__),
    os.path.join(sys.base_exec_prefix, sys.platlibdir, "python{}.{}".format(*sys.version_info)),
)
_HOST = vars(builtins)
_SUFFIX = EXTENSION_SUFFIXES[-1]  # .so: what all of them end in
_stack = stack()


def caller_of(name: str) -> PrivateImporter | None:
    """Return the importer of the space whose code imports `name` from C just now, or None for the host.

    Asked in the host's ``__import__``, which such imports reach when the nearest Python frame is the host's. First
    the C code itself: the extension nearest to the import tells. Where there is none (C code of the standard
    library acts for others), the nearest Python frame that is not the standard library's. Where the C stack cannot
    be read, raises Undecided for a name that a space and the host may both mean.
    """
    if name.partition(".")[0] in sys.stdlib_module_names:
        return None
    files = None if _stack is None else _stack.files()
    found = _first_owner(files or ())
    if found is not None:
        return found[0]
    owner = _python_caller(sys._getframe(2))  # noqa: SLF001  # of who called __import__
    if owner is None and files is None:
        candidates = [importer for importer in owners() if importer.has_top(name)]
        if candidates:
            raise Undecided(name=name, spaces=tuple(importer.name for importer in candidates))
    return owner


def c_caller_of(name: str) -> PrivateImporter | None:
    """Return the importer of the space whose extension imports `name` just now, by the C stack alone; or None."""
    if _stack is None or name.partition(".")[0] in sys.stdlib_module_names:
        return None
    found = _first_owner(_stack.files() or ())
    return None if found is None else found[0]


def is_a_space_s() -> bool:
    """Return whether it is C code of a space that compares a name with one in `sys.modules`, by the C stack alone."""
    caller = sys._getframe(2)  # noqa: SLF001  # the Python code that compares, or called what compares
    if _stack is None or (is_import_system(caller.f_code.co_filename) and caller.f_builtins is _HOST):
        return False  # the import system asks for whom it knows; of a space's builtins is what `Space.call` calls from
    owner = _first_owner(_stack.callers())
    return owner is not None and owner[0] is not None


def _first_owner(files: Iterable[str]) -> tuple[PrivateImporter | None] | None:
    """Return the owner of the first extension among `files`, where None is the host; None where there is none."""
    for file in files:
        owner = owner_of(file)
        if owner is not None or _is_hosts(file):
            return (owner,)
    return None


def _is_hosts(file: str) -> bool:
    return file.endswith(_SUFFIX) and not file.startswith(_STANDARD)


def _python_caller(frame: FrameType | None) -> PrivateImporter | None:
    """Return the importer whose builtins the nearest frame has that is not the standard library's; None: the host's."""
    while frame is not None:
        owner = owner_by_builtins(frame.f_builtins)
        if owner is not None:
            return owner
        module = frame.f_globals.get("__name__")
        if not isinstance(module, str) or module.partition(".")[0] not in sys.stdlib_module_names:
            return None
        frame = frame.f_back
    return None
