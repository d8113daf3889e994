"""A world with one package in it: as a space, as a subinterpreter, as a process of its own."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

from benchmarks._measure import Result, Unit, against
from benchmarks.spacing.packages import installed
from loadstone.runtime.space import Space

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MILLISECONDS = Unit("ms", 1e3)
PROGRAM = "import sys; sys.path.insert(0, {!r}); import click"


def rows() -> Iterator[Result]:
    """Yield how long it takes to open a world and import click in it, beside each peer that this Python has."""
    folder = installed("click==8.1.8")
    if folder is None:
        return
    program = PROGRAM.format(folder)

    def space() -> float:
        return _timed(lambda: Space("peer", [folder]).import_module("click"))

    def process() -> float:
        return _timed(lambda: subprocess.run([sys.executable, "-c", program], check=True))

    yield against("a space with click / a process", process, space, unit=MILLISECONDS, goal=1.0, rounds=7)
    interpreters = _interpreters()
    if interpreters is None:
        return

    def subinterpreter() -> float:
        return _timed(lambda: _in_interpreter(interpreters, program))

    yield against(
        "a space with click / a subinterpreter", subinterpreter, space, unit=MILLISECONDS, goal=1.0, rounds=7
    )


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _interpreters() -> Any:
    """Return the module that makes interpreters, under the name it has in this Python; None where it has none."""
    for name in ("_interpreters", "_xxsubinterpreters"):
        try:
            return __import__(name)
        except ImportError:
            continue
    return None


def _in_interpreter(interpreters: Any, program: str) -> None:
    made = interpreters.create()
    try:
        run = interpreters.exec if hasattr(interpreters, "exec") else interpreters.run_string
        run(made, program)
    finally:
        interpreters.destroy(made)
