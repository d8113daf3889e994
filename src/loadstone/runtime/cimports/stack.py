"""Which extension made the import that is being served now: read from the C stack.

Between `PyImport_Import` and the Python frame that called into C lie the frames of the C code in question. The C
library's own unwinder lists the return addresses (`backtrace`), and the dynamic loader knows to which file and
function each belongs (`dladdr`). Files are never unloaded, so an address is looked up once.
"""

from __future__ import annotations

import ctypes
import os

__all__ = ["Stack", "stack"]

_DEPTH = 96
_NEAR = 24  # where what lies between two runs of Python code is looked for first
# The functions of the interpreter by which a stack is read; for each, what is known in place of its file.
_IMPORT = "import"
_EVALUATION = "evaluation"  # each run of it is a Python frame, or several that call each other
_FUNCTIONS = {
    b"_PyEval_EvalFrameDefault": _EVALUATION,
    b"PyImport_Import": _IMPORT,
    b"PyImport_ImportModuleLevelObject": _IMPORT,
}


class _Info(ctypes.Structure):
    _fields_ = (
        ("file", ctypes.c_char_p), ("base", ctypes.c_void_p), ("name", ctypes.c_char_p), ("at", ctypes.c_void_p),
    )  # fmt: skip


_Addresses = ctypes.c_size_t * _DEPTH


class Stack:
    """Reads the C stack; `_known` maps a return address to its file, or to what stands for one of `_FUNCTIONS`."""

    def __init__(self, library: ctypes.PyDLL) -> None:
        self._backtrace = library.backtrace
        self._backtrace.argtypes = (_Addresses, ctypes.c_int)
        self._dladdr = library.dladdr
        self._dladdr.argtypes = (ctypes.c_size_t, ctypes.POINTER(_Info))
        self._known: dict[int, str] = {}
        self._interpreter = self._file(1 + (ctypes.cast(library.Py_GetVersion, ctypes.c_void_p).value or 0))

    def files(self) -> list[str] | None:
        """Return the files of the C code that imports, innermost first; None where no such import can be seen.

        They end where that code was called from Python. The interpreter's own file is among them.
        """
        addresses = _Addresses()
        depth = self._backtrace(addresses, _DEPTH)
        files: list[str] | None = None
        for address in addresses[:depth]:
            file = self._of(address)
            if file is _IMPORT:
                files = []
            elif files is not None:
                if file is _EVALUATION:
                    break
                files.append(file)
        return files

    def callers(self) -> list[str]:
        """Return the files of the C code that called the Python code that asks, innermost first.

        They end where that was called from Python in turn. The interpreter's own file is not among them.
        """
        near = self._near(_NEAR) or self._near(_DEPTH)
        if near is None:
            return []
        start = near.index(_EVALUATION) + 1  # of the Python code that asks
        end = near.index(_EVALUATION, start)
        return [file for file in near[start:end] if file not in (_IMPORT, self._interpreter)]

    def _near(self, most: int) -> list[str] | None:
        """Return what is known of the innermost `most` addresses; None where they hold less than two runs of Python."""
        addresses = _Addresses()
        known = self._known
        found = [
            known.get(address) or self._of(address)
            for address in addresses[: self._backtrace(addresses, most)]
        ]
        return found if found.count(_EVALUATION) > 1 else None

    def _of(self, address: int) -> str:
        file = self._known.get(address)
        if file is None:
            file = self._known[address] = self._file(address)
        return file

    def _file(self, address: int) -> str:
        info = _Info()
        # One less: after a call that is a function's last instruction, the next function begins.
        if not self._dladdr(address - 1, ctypes.byref(info)) or info.file is None:
            return "?"
        return _FUNCTIONS.get(info.name) or os.path.normpath(os.fsdecode(info.file))


def stack() -> Stack | None:
    """Return a reader of this process's C stack, or None where it cannot be read: the functions are missing, or lie."""
    try:
        found = Stack(ctypes.PyDLL(None))
    except (OSError, AttributeError, TypeError):  # Windows has no such library, musl no backtrace
        return None
    return found if _reads(found) else None


def _reads(found: Stack) -> bool:
    """Return whether a call whose answer is known is read right: `time.strptime` imports from C."""
    from time import strptime

    seen: list[list[str] | None] = []

    def __import__(*_: object) -> None:  # noqa: A001, N807
        seen.append(found.files())
        raise ImportError

    names = {"strptime": strptime, "__builtins__": {"__import__": __import__}}
    try:
        exec("strptime('', '')", names)  # noqa: S102  # in a frame whose __import__ is this one
    except ImportError:
        pass
    # A few functions of the interpreter, and nothing beyond: the stack is much deeper than that.
    return len(seen) == 1 and seen[0] is not None and 0 < len(seen[0]) < _MOST


# More C frames than there are between strptime and its import, in any build.
_MOST = 24
