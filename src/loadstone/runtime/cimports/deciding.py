"""Whose import it is when C code, called by the host, imports by itself."""

from __future__ import annotations

import sys
import sysconfig
from importlib.machinery import EXTENSION_SUFFIXES

from loadstone.errors import Undecided
from loadstone.runtime.cimports.stack import stack
from loadstone.runtime.extensions import owner_of, owners

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType

    from loadstone.runtime.importlib_bootstrap.private import PrivateImporter

__all__ = ["caller_of"]

# Of the Python that a virtual environment was made from.
_STANDARD = sysconfig.get_path("platstdlib", vars={"platbase": sys.base_exec_prefix})
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
    for file in files or ():
        owner = owner_of(file)
        if owner is not None or _is_hosts(file):
            return owner
    owner = _python_caller(sys._getframe(2))  # noqa: SLF001  # of who called __import__
    if owner is None and files is None:
        candidates = [importer for importer in owners() if importer.has_top(name)]
        if candidates:
            raise Undecided(name=name, spaces=tuple(importer.name for importer in candidates))
    return owner


def _is_hosts(file: str) -> bool:
    return file.endswith(_SUFFIX) and not file.startswith(_STANDARD)


def _python_caller(frame: FrameType | None) -> PrivateImporter | None:
    """Return the importer whose builtins the nearest frame has that is not the standard library's; None: the host's."""
    by_builtins = {id(importer.builtins): importer for importer in owners()}
    while frame is not None:
        owner = by_builtins.get(id(frame.f_builtins))
        if owner is not None:
            return owner
        module = frame.f_globals.get("__name__")
        if not isinstance(module, str) or module.partition(".")[0] not in sys.stdlib_module_names:
            return None
        frame = frame.f_back
    return None
