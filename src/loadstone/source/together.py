"""Many files read by two processes: this one from the end of the list, a helper from its start, until they meet."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from typing import IO, TYPE_CHECKING

from loadstone.source import together_helper
from loadstone.source.facts import Facts, Job, made

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["make_all"]

_WORTH = 60
"""Files from which on a helper gains more than its start costs."""


def make_all(
    jobs: Sequence[Job], progress: Callable[[int, int, str], None] | None = None
) -> dict[Job, Facts]:
    """Return the facts of all files."""
    helper = _Helper.start(jobs) if len(jobs) >= _WORTH and (os.cpu_count() or 1) > 1 else None
    found: dict[Job, Facts] = {}
    for index in range(len(jobs) - 1, -1, -1):
        if helper and len(helper.made) > index:
            break
        if progress:
            progress(len(found) + (len(helper.made) if helper else 0), len(jobs), jobs[index].name)
        found[jobs[index]] = made(jobs[index], content(jobs[index].path))
    if helper:
        helper.stop()
        found.update(zip(jobs, helper.made, strict=False))
    return found


def content(path: str) -> bytes | OSError:
    """Return what is in a file, or why it cannot be read."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        return error


class _Helper:
    """A process that makes facts, in the order of the jobs; `made` grows while it works."""

    def __init__(self, process: subprocess.Popen[bytes], jobs: Sequence[Job]) -> None:
        self.made: list[Facts] = []
        self._process = process
        self._thread = threading.Thread(target=self._collect, args=(jobs,), daemon=True)
        self._thread.start()

    @classmethod
    def start(cls, jobs: Sequence[Job]) -> _Helper | None:
        """Return a helper at work; None on systems that start no processes."""
        package = os.path.dirname(os.path.dirname(os.path.dirname(__file__)))
        try:
            # Isolated, and without site: nothing of the user's can get in its way.
            process = subprocess.Popen(  # noqa: S603  # the running interpreter, and a file of ours
                [sys.executable, "-I", "-S", together_helper.__file__, package],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError:
            return None
        return cls(process, jobs)

    def stop(self) -> None:
        """End the process, and wait for what it has sent."""
        self._process.kill()
        self._thread.join()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # it was killed before it had read all
                    pass

    def _collect(self, jobs: Sequence[Job]) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            pickle.dump([tuple(job) for job in jobs], self._process.stdin, 5)
            self._process.stdin.flush()
        except OSError:
            return
        while (facts := _next(self._process.stdout)) is not None:
            self.made.append(facts)


def _next(pipe: IO[bytes]) -> Facts | None:
    """Return what the helper has sent next; None at the end, also in the middle of something."""
    lengths = pipe.read(16)
    if len(lengths) < 16:  # noqa: PLR2004  # two numbers of eight bytes
        return None
    first, second = int.from_bytes(lengths[:8], "big"), int.from_bytes(lengths[8:], "big")
    summary, program = pipe.read(first), pipe.read(second)
    return Facts(summary, program) if len(program) == second and len(summary) == first else None
