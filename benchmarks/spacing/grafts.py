"""Forms of the standard library that a space has of its own: what the first import of each costs."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from benchmarks._measure import Result, Unit, absolute
from loadstone.runtime.grafts.plan import Plan
from loadstone.runtime.space import Space

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MILLISECONDS = Unit("ms", 1e3)
NAMES = ("dataclasses", "inspect", "typing", "pickle", "argparse", "importlib.metadata", "unittest.mock")


def rows() -> Iterator[Result]:
    """Yield the plan of a module, made once in a process, and the import of it into each new space."""
    for name in NAMES:
        module = __import__(name, fromlist=["__name__"])
        planned = partial(_timed, partial(Plan, module))
        yield absolute(f"plan of {name}", planned, unit=MILLISECONDS, goal=10)
        yield absolute(f"import {name} in a new space", partial(_imported, name), unit=MILLISECONDS, goal=20)


def _imported(name: str) -> float:
    space = Space("measured")
    space.import_module("sys")
    return _timed(lambda: space.import_module(name))


def _timed(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start
