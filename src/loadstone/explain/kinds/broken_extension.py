"""A compiled module that was found and cannot be loaded: cut off, not a library, or made for something else."""

from __future__ import annotations

import os
import sys

from loadstone.explain.commands import install, quoted
from loadstone.explain.explanation import Evidence, Explanation, Repair
from loadstone.explain.installed import distribution_of, site_of
from loadstone.explain.state import origin_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    from loadstone.explain.failure import Failure

__all__ = ["explain"]

_LIBRARIES = (".so", ".pyd", ".dylib", ".dll")
_ELF = b"\x7fELF"
_HEADER = 64  # bytes of a 64-bit ELF header
_WIDE = 2  # the fifth byte of a 64-bit file
_MACHINES = {3: "x86", 40: "ARM", 62: "x86-64", 183: "ARM 64", 243: "RISC-V", 21: "PowerPC 64", 22: "S390"}
_NATIVE = {
    "x86_64": 62,
    "AMD64": 62,
    "aarch64": 183,
    "arm64": 183,
    "i686": 3,
    "i386": 3,
    "ppc64le": 21,
    "s390x": 22,
}


def explain(failure: Failure) -> Explanation | None:
    """Return what is wrong with the file, as far as its first bytes tell; None where they look right."""
    error = failure.error
    path = getattr(error, "path", None)
    if not isinstance(error, ImportError) or not isinstance(path, str) or not path.endswith(_LIBRARIES):
        return None
    wrong = _symbol(str(error)) or _needed(str(error)) or _entry(str(error)) or _header(path)
    return _explanation(failure, os.path.abspath(path), wrong) if wrong else None


def _header(path: str) -> str:
    """Return what the first bytes of the file say is wrong; empty where it looks like a library of this machine."""
    try:
        with open(path, "rb") as file:
            head = file.read(_HEADER)
            size = os.fstat(file.fileno()).st_size
    except OSError:
        return ""
    if not size:
        return "is empty (0 bytes)"
    if size < len(_ELF) or (head.startswith(_ELF) and size < _HEADER):
        return f"is cut off: it has only {size} bytes"
    return _elf(head, size) if sys.platform == "linux" else ""


def _elf(head: bytes, size: int) -> str:
    if not head.startswith(_ELF):
        kind = {b"MZ": "a Windows library", b"\xcf\xfa\xed\xfe": "a macOS library"}
        known = next((name for start, name in kind.items() if head.startswith(start)), "no library at all")
        return f"is {known}: it begins with {head[:4]!r}, not with {_ELF!r}"
    order: Literal["little", "big"] = "little" if head[5] == 1 else "big"
    machine = int.from_bytes(head[18:20], order)
    native = _NATIVE.get(os.uname().machine, machine)
    if machine != native:
        return f"is built for {_MACHINES.get(machine, f'machine {machine}')}, and this machine is {_MACHINES[native]}"
    end = int.from_bytes(head[40:48], order) + int.from_bytes(head[58:60], order) * int.from_bytes(
        head[60:62], order
    )
    if head[4] == _WIDE and end > size:  # the section headers are the last thing in the file
        return f"is cut off: its table of contents ends at byte {end:,}, and the file at {size:,}"
    return ""


def _symbol(text: str) -> str:
    """Return a name that neither the interpreter nor the libraries that were loaded with it have."""
    _, found, symbol = text.partition("undefined symbol: ")
    name = symbol.split(",")[0].strip()
    if not found or not name:
        return ""
    if name.startswith(("Py", "_Py")):
        return f"needs {name} from Python's C interface, which this version does not have: it was built for another"
    return f"needs {name}, which no library loaded with it has: it was built against another version of one"


def _needed(text: str) -> str:
    """Return a library that the file needs and the loader did not find."""
    name, found, _ = text.partition(": cannot open shared object file")
    return (
        f"needs the library {name}, which is not installed on this system"
        if found and ".so" in name and os.sep not in name
        else ""
    )


def _entry(text: str) -> str:
    _, found, name = text.partition("dynamic module does not define module export function (")
    return (
        f"is no Python module of that name: it has no {name.rstrip(')')}; was the file renamed?"
        if found
        else ""
    )


def _explanation(failure: Failure, path: str, wrong: str) -> Explanation:
    state = failure.state
    site = site_of(state.path, path)
    name = failure.error.name if isinstance(failure.error, ImportError) and failure.error.name else ""
    distribution, version = distribution_of(site, name) if site and name else ("", "")
    repairs: tuple[Repair, ...] = ()
    if distribution:
        what = quoted(f"{distribution}=={version}" if version else distribution)
        repairs = (
            Repair("install it again", install(state, f"--force-reinstall --no-deps --no-cache-dir {what}")),
        )
    elif origin_of(path) == "own":
        repairs = (Repair("build it again with this Python"),)
    summary = f"{os.path.basename(path)} {wrong}"
    facts = {"module": name, "path": path, "wrong": wrong, "distribution": distribution or None}
    return Explanation("broken-extension", summary, (Evidence("", path),), repairs, facts, state.folder)
