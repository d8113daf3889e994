"""What a process costs: seconds on the clock, seconds of all processors, and its largest memory."""

from __future__ import annotations

import os
import subprocess
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Cost", "cost"]


class Cost(NamedTuple):
    """Seconds waited, seconds worked (by the process and those it waited for), and megabytes at most."""

    wall: float
    work: float
    memory: float

    def __str__(self) -> str:
        return f"{self.wall:7.2f} {self.work:7.2f} {self.memory:6.0f}"


def cost(args: Sequence[str], folder: str, env: Mapping[str, str] | None = None) -> Cost:
    """Return what a command costs that runs in `folder`; what it prints and its exit code do not matter."""
    # As for a user: bytecode is kept, so that a second start is what a second start costs.
    around = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    process = subprocess.Popen(
        args,
        cwd=folder,
        env={**around, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
