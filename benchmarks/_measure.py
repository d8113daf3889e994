"""What the benchmarks share: alternated timing, medians of ratios, and a table with goals.

Machines are noisy and drift; so native and ours are always measured in turn, within one run, and judged by
the median of the ratios of neighbours. Child processes count their CPU time, for which other programs on the
machine matter less.
"""

from __future__ import annotations

import dataclasses
import json
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = [
    "MILLISECONDS",
    "Result",
    "Unit",
    "absolute",
    "against",
    "child",
    "combined",
    "finish",
    "progress",
    "table",
]

# Where this checkout's own package is, for child processes that see no environment.
SOURCE = str(Path(__file__).parent.parent / "src")


@dataclass(frozen=True, slots=True)
class Result:
    """One row: `judged` is the ratio to native, or where there is no native the value itself.

    A row without a `goal` is there to be read.
    """

    what: str
    unit: str
    native: float | None
    ours: float | None
    judged: float
    goal: float | None

    @property
    def met(self) -> bool:
        """Whether the goal is met; True when there is none."""
        return self.goal is None or self.judged <= self.goal


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the table, and how many of it make one of what was measured."""

    name: str
    factor: float


MILLISECONDS = Unit("ms", 1e3)


def against(
    what: str,
    native: Callable[[], float],
    ours: Callable[[], float],
    *,
    unit: Unit,
    goal: float | None = None,
    rounds: int = 15,
) -> Result:
    """Return the row of two measurements that are taken in turn, `rounds` times, after one that is not counted."""
    native(), ours()
    pairs = []
    for number in range(rounds):
        # Whoever comes second finds warmer caches: they take turns in that too.
        if number % 2:
            second, first = ours(), native()
        else:
            first, second = native(), ours()
        pairs.append((first, second))
    return Result(
        what,
        unit.name,
        statistics.median(first for first, _ in pairs) * unit.factor,
        statistics.median(second for _, second in pairs) * unit.factor,
        statistics.median(second / first for first, second in pairs),
        goal,
    )


def absolute(what: str, value: Callable[[], float], *, unit: Unit, goal: float, rounds: int = 15) -> Result:
    """Return the row of a measurement that has nothing native beside it: its median."""
    median = statistics.median(value() for _ in range(rounds)) * unit.factor
    return Result(what, unit.name, None, median, median, goal)


def combined(what: str, rows: Sequence[Result], goal: float) -> Result:
    """Return a row for the median ratio of several rows."""
    return Result(what, "", None, None, statistics.median(row.judged for row in rows), goal)


def child(code: str, *args: str) -> float:
    """Return the number that `code` prints in a new, isolated Python; its errors end the benchmark."""
    done = subprocess.run(
        [sys.executable, "-I", "-c", code, *args], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"a measured program failed:\n{done.stderr}")
    return float(done.stdout.splitlines()[-1])


def progress(text: str) -> None:
    """Write what is going on over what was written before, where standard error is a terminal; nothing at the end."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)


def table(rows: Sequence[Result]) -> str:
    """Return the rows as text, with a line of headings."""
    width = max(len(row.what) for row in rows)
    lines = [f"{'':<{width}}  {'native':>10} {'ours':>10} {'':<3} {'ratio':>6} {'goal':>9}"]
    lines += [_line(row, width) for row in rows]
    return "\n".join(lines)


def finish(rows: Sequence[Result], *, as_json: bool) -> int:
    """Print the rows and return the exit code: 1 when a goal is missed."""
    if as_json:
        print(json.dumps([{**dataclasses.asdict(row), "met": row.met} for row in rows], indent=2))
    else:
        print(table(rows))
    return int(not all(row.met for row in rows))


def _line(row: Result, width: int) -> str:
    ratio = f"{row.judged:.2f}" if row.native is not None or row.ours is None else ""
    goal = verdict = ""
    if row.goal is not None:
        goal = f"{row.goal:.2f}" if ratio else f"{row.goal:g} {row.unit}"
        verdict = "met" if row.met else "MISSED"
    line = f"{row.what:<{width}}  {_number(row.native):>10} {_number(row.ours):>10} {row.unit:<3}"
    return f"{line} {ratio:>6} {goal:>9}  {verdict}".rstrip()


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"
