"""Spaces that come and go: a hundred rounds of open, import rich, close; and a thousand open at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from benchmarks._measure import SOURCE, Result, Unit, absolute, child
from benchmarks.spacing.packages import installed

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDS = f"""
import gc, sys
sys.path.insert(0, {SOURCE!r})
from loadstone.runtime.space import Space

def once():
    with Space("round", [sys.argv[1]]) as space:
        for name in ("rich.console", "rich.table", "rich.traceback", "rich.logging"):
            space.import_module(name)

def measured(what):
    gc.collect()
    if what == "objects":
        return len(gc.get_objects())
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4

for _ in range(5):
    once()
before = measured(sys.argv[2])
for _ in range(100):
    once()
print(measured(sys.argv[2]) - before)
"""

THOUSAND = f"""
import os, sys, tempfile
sys.path.insert(0, {SOURCE!r})
from loadstone.runtime.space import Space

kept_folder = tempfile.TemporaryDirectory()
folder = kept_folder.name
with open(os.path.join(folder, "own.py"), "w") as file:
    file.write("import dataclasses, json\\n@dataclasses.dataclass\\nclass Own:\\n    n: int = 0\\n")
def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
kept = [Space("first", [folder])]
kept[0].import_module("own")
before = resident()
for number in range(1000):
    space = Space(f"space{{number}}", [folder])
    space.import_module("own").Own(number)
    kept.append(space)
print((resident() - before) / 1000)
"""


def rows() -> Iterator[Result]:
    """Yield the growth of a hundred rounds, and the memory of each of a thousand spaces that have grafts."""
    folder = installed("rich==13.9.4")
    if folder is not None:
        for what, unit, goal in (("objects", Unit("", 1), 100), ("memory", Unit("kB", 1), 1000)):
            yield absolute(
                f"100 rounds of open, import rich, close: {what} more",
                partial(child, ROUNDS, folder, what),
                unit=unit,
                goal=goal,
                rounds=1,
            )
    yield absolute(
        "1000 spaces, each with a dataclass: memory of one",
        lambda: child(THOUSAND),
        unit=Unit("kB", 1e-3),
        goal=200,
        rounds=1,
    )
