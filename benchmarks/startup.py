"""Start-up: how much later a program starts under `loadstone run` than under `python`."""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks._measure import Result, finish

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

GOAL_MS = 15.0


def main(argv: list[str] | None = None) -> int:
    """Print a table and return 1 when a program starts later than the goal allows."""
    parser = argparse.ArgumentParser("python -m benchmarks startup", description=__doc__)
    parser.add_argument("--rounds", type=int, default=60, help="how often each program is started (60)")
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")
    order = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder, "script.py")
        script.write_text("pass\n", encoding="utf-8")
        rows: list[Result] = []
        for name, program in _programs(str(script)).items():
            rows += _rows(name, program, _environment(folder), order.rounds)
    return finish(rows, as_json=order.json)


def _programs(script: str) -> dict[str, list[str]]:
    return {"-c pass": ["-c", "pass"], "script.py": [script], "-m json.tool -h": ["-m", "json.tool", "-h"]}


def _environment(folder: str) -> dict[str, str]:
    """Return an environment in which bytecode is kept, in `folder`: without it every start would compile."""
    env = {**os.environ, "PYTHONPYCACHEPREFIX": folder}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    return env


def _rows(name: str, program: Sequence[str], env: Mapping[str, str], rounds: int) -> list[Result]:
    """Return two rows for each way to start `loadstone run`: the ratio, and the difference with its goal.

    All ways are started in turn, and neighbours are compared: the machine may drift.
    """
    starts = {"python": [sys.executable], **_ways()}
    times: dict[str, list[float]] = {start: [] for start in starts}
    for number in range(rounds + 1):
        for start, words in starts.items():
            taken = _time([*words, *program], env)
            if number:  # the first round writes bytecode
                times[start].append(taken)
    return [row for start in _ways() for row in _compared(f"{start} {name}", times["python"], times[start])]


def _ways() -> dict[str, list[str]]:
    """Return the ways to start `loadstone run`; the command only where this Python has it installed."""
    ways = {"python -m loadstone run": [sys.executable, "-m", "loadstone", "run"]}
    command = Path(sys.executable).with_name("loadstone")
    return {"loadstone run": [str(command), "run"], **ways} if command.exists() else ways


def _time(command: Sequence[str], env: Mapping[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, env=env, check=True)
    return (time.perf_counter() - start) * 1000


def _compared(what: str, native: Sequence[float], ours: Sequence[float]) -> list[Result]:
    pairs = list(zip(native, ours, strict=True))
    ratio = statistics.median(second / first for first, second in pairs)
    later = statistics.median(second - first for first, second in pairs)
    return [
        Result(what, "ms", statistics.median(native), statistics.median(ours), ratio, None),
        # With -m, Python itself imports runpy first, which costs 2 ms on 3.12 and 10 on 3.11.
        Result("  later by", "ms", None, later, later, None if what.startswith("python") else GOAL_MS),
    ]


if __name__ == "__main__":
    sys.exit(main())
