"""What is kept of a module from one run to the next, or from the start of the interpreter."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from functools import cache
from importlib.machinery import SOURCE_SUFFIXES

from loadstone.trace import Step

__all__ = ["bytecode", "loaded_at_start"]

HEAD = 16  # bytes before the code in a .pyc file


def loaded_at_start(name: str) -> frozenset[str]:
    """Return the names in `sys.modules` of an interpreter that has run nothing; empty if `name` is surely not there.

    Only what this process has imported too can be among them, so most names need no second interpreter.
    """
    return _names_at_start() if name in sys.modules else frozenset()


@cache
def _names_at_start() -> frozenset[str]:
    asked = [sys.executable, "-c", "import sys; print(*sys.modules)"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)  # noqa: S603  # ourselves
    return frozenset(done.stdout.split()) - {"__main__"}


def bytecode(path: str) -> Step | None:
    """Return what is cached for a source file, and whether Python would use it; None for another kind of file."""
    if not path.endswith(tuple(SOURCE_SUFFIXES)):
        return None
    try:
        cached = importlib.util.cache_from_source(path)
        with open(cached, "rb") as file:
            head = file.read(HEAD)
    except NotImplementedError:  # sys.implementation.cache_tag is None
        return None
    except OSError:
        return Step("bytecode", "nothing", "none yet")
    return Step("bytecode", *_state(head, path), cached)


def _state(head: bytes, path: str) -> tuple[str, str]:
    """Return outcome and reason for the first bytes of a cached file (PEP 3147, PEP 552)."""
    if head[:4] != importlib.util.MAGIC_NUMBER or len(head) < HEAD:
        return "nothing", "made by another Python: it will be written anew"
    if head[4] & 1:
        return "used", "checked by the source's hash" if head[4] & 2 else "never checked against the source"
    if (int.from_bytes(head[8:12], "little"), int.from_bytes(head[12:], "little")) == _stamp(path):
        return "used", "up to date"
    return "nothing", "older than the source: it will be written anew"


def _stamp(path: str) -> tuple[int, int]:
    try:
        about = os.stat(path)
    except OSError:
        return -1, -1
    return int(about.st_mtime) & 0xFFFFFFFF, about.st_size & 0xFFFFFFFF
