"""Two versions of real packages in one process, used from inside their spaces and from the host: a table."""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.compatible.installing import Unavailable, installed
from benchmarks.compatible.rows import ROWS, Row

__all__ = ["Outcome", "main", "tried"]

SECONDS = 180


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one row: `state` is "works", "fails" or "skipped", with the reason in `note`."""

    row: Row
    state: str
    versions: tuple[str, ...]
    note: str
    seconds: float

    def __str__(self) -> str:
        said = f"{self.state}: {self.note}" if self.note else self.state
        return f"| {self.row.name} | {' and '.join(self.versions) or '-'} | {said} |"


def main(argv: list[str]) -> int:
    """Run the rows, all or those that `argv` names, and print the table; return 1 where one fails."""
    known = {row.name: row for row in ROWS}
    parser = argparse.ArgumentParser("python -m benchmarks compatibility", description=__doc__)
    parser.add_argument(
        "--only", action="append", metavar="ROW", help=f"any of {', '.join(known)}; may be repeated"
    )
    wanted = parser.parse_args(argv).only or list(known)
    if unknown := set(wanted) - set(known):
        parser.error(f"there is no row {', '.join(sorted(unknown))}; there are: {', '.join(known)}")
    outcomes = []
    for number, name in enumerate(wanted, 1):
        print(f"[{number}/{len(wanted)}] {name}", end=" ", file=sys.stderr, flush=True)
        outcomes.append(tried(known[name]))
        print(f"{outcomes[-1].state} ({outcomes[-1].seconds:.1f} s)", file=sys.stderr)
    print(f"### Python {platform.python_version()}\n\n| package | versions | outcome |\n|---|---|---|")
    print(*outcomes, sep="\n")
    return int(any(outcome.state == "fails" for outcome in outcomes))


def tried(row: Row) -> Outcome:
    """Install the row's versions, run its program in a process of its own, and return what came of it."""
    try:
        folders = installed(row)
    except Unavailable as problem:
        return Outcome(row, "skipped", (), str(problem), 0)
    began = time.perf_counter()
    command = [sys.executable, "-m", "benchmarks.compatible.trial", row.name, *folders]
    try:
        done = subprocess.run(
            command,
            cwd=Path(__file__).parent.parent,
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired:
        return Outcome(row, "fails", (), f"not done within {SECONDS} seconds", SECONDS)
    seconds = time.perf_counter() - began
    try:
        said = json.loads(done.stdout.splitlines()[-1])
    except (IndexError, ValueError):
        return Outcome(
            row, "fails", (), f"it ended with {done.returncode}: {done.stderr.strip()[-300:]}", seconds
        )
    if said["problem"] is not None:
        print(done.stderr, file=sys.stderr)
        return Outcome(row, "fails", (), said["problem"], seconds)
    return Outcome(row, "works", tuple(said["versions"]), "", seconds)
