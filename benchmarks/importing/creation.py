"""What a space costs before anything is imported: time, and memory."""

from __future__ import annotations

import time
import tracemalloc
from typing import TYPE_CHECKING

from benchmarks._measure import SOURCE, Result, Unit, absolute, child
from loadstone.runtime.space import Space

if TYPE_CHECKING:
    from collections.abc import Iterator

SPACES = 1000

# Prints by how many bytes per space the process has grown.
RESIDENT = f"""
import os, sys
sys.path.insert(0, {SOURCE!r})
from loadstone.runtime.space import Space

def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

kept = [Space("first")]
before = resident()
kept += [Space("more") for _ in range({SPACES})]
print((resident() - before) / {SPACES})
"""


def rows() -> Iterator[Result]:
    """Yield the rows; resident memory only where the system tells it."""
    yield absolute("Space(): time", _seconds, unit=Unit("us", 1e6), goal=200)
    yield absolute("Space(): memory, traced", _traced, unit=Unit("kB", 1e-3), goal=20, rounds=1)
    try:
        open("/proc/self/statm").close()
    except OSError:
        return
    yield absolute("Space(): memory, resident", _resident, unit=Unit("kB", 1e-3), goal=20, rounds=3)


def _seconds() -> float:
    start = time.perf_counter()
    kept = [Space("measured") for _ in range(SPACES)]
    return (time.perf_counter() - start) / len(kept)


def _traced() -> float:
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        kept = [Space("measured") for _ in range(SPACES)]
        return (tracemalloc.get_traced_memory()[0] - before) / len(kept)
    finally:
        tracemalloc.stop()


def _resident() -> float:
    return child(RESIDENT)
