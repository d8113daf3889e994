"""Many files read by two processes: this one and a helper, each of which takes the largest that is left."""

from __future__ import annotations

import os
import pickle
import sys
from collections import deque
from typing import IO, TYPE_CHECKING

from loadstone.source import together_helper
from loadstone.source.facts import Facts, Job, made

if TYPE_CHECKING:
    import subprocess
    import threading
    from collections.abc import Callable, Sequence
    from types import TracebackType
    from typing import Self

    Progress = Callable[[int, int, str], None]

__all__ = ["Together", "content"]

_WORTH = 60
"""Files from which on a helper gains more than its start costs."""
_WINDOW = 3
"""Jobs that the helper has at once: one that it works on, and others for the time until it gets new ones."""


class Together:
    """Makes facts of files; the helper starts with the first long list, and serves until the end of the ``with``."""

    def __init__(self) -> None:
        self._helper: _Helper | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._helper is not None:
            self._helper.stop()

    @property
    def helped(self) -> bool:
        """Whether there is a helper at work."""
        return self._helper is not None and self._helper.works

    def make_all(self, jobs: Sequence[Job], progress: Progress | None = None) -> dict[Job, Facts]:
        """Return the facts of all files, which come the largest first: nobody then waits long for the last."""
        waiting, found = deque(jobs), dict[Job, Facts]()
        if self._helper is None and len(jobs) >= _WORTH and (os.cpu_count() or 1) > 1:
            self._helper = _Helper.start()
        thread = self._helper.serve(waiting, found) if self._helper and self.helped else None
        _make(waiting, found, len(jobs), progress)
        if thread:
            thread.join()
            _make(waiting, found, len(jobs), progress)  # what the helper has left, if it has died
        return found


def _make(waiting: deque[Job], found: dict[Job, Facts], number: int, progress: Progress | None) -> None:
    while (job := _next(waiting)) is not None:
        if progress:
            progress(len(found), number, job.name)
        found[job] = made(job, content(job.path))


def _next(waiting: deque[Job]) -> Job | None:
    """Return the next job, which no other thread gets; None where there is none."""
    try:
        return waiting.popleft()
    except IndexError:
        return None


def content(path: str) -> bytes | OSError:
    """Return what is in a file, or why it cannot be read."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        return error


class _Helper:
    """A process that makes facts; `works` as long as it has answered so far."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.works = True
        self._process = process

    @classmethod
    def start(cls) -> _Helper | None:
        """Return a helper; None on systems that start no processes."""
        import subprocess

        package = os.path.dirname(os.path.dirname(os.path.dirname(__file__)))
        try:
            # Isolated, and without site: nothing of the user's can get in its way.
            process = subprocess.Popen(  # noqa: S603  # the running interpreter, and a file of ours
                [sys.executable, "-I", "-S", together_helper.__file__, package],
                bufsize=1 << 16,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError:
            return None
        return cls(process)

    def serve(self, waiting: deque[Job], found: dict[Job, Facts]) -> threading.Thread:
        """Return a thread that gives the helper jobs and takes its facts, until there are no more."""
        import threading

        thread = threading.Thread(target=self._serve, args=(waiting, found), daemon=True)
        thread.start()
        return thread

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # it was killed before it had read all
                    pass

    def _serve(self, waiting: deque[Job], found: dict[Job, Facts]) -> None:
        sent: deque[Job] = deque()
        while self.works:
            while len(sent) < _WINDOW and (job := _next(waiting)) is not None:
                sent.append(job)
                self._send(job)
            if not sent:
                return
            facts = _received(self._process.stdout)
            if facts is None:
                self.works = False
                waiting.extendleft(sent)
            else:
                found[sent.popleft()] = facts

    def _send(self, job: Job) -> None:
        """Send a job; that the process is dead shows where its answer is awaited."""
        assert self._process.stdin is not None
        try:
            pickle.dump(tuple(job), self._process.stdin, 5)
            self._process.stdin.flush()
        except OSError:
            pass


def _received(pipe: IO[bytes] | None) -> Facts | None:
    """Return what the helper has sent next; None at the end, also in the middle of something."""
    assert pipe is not None
    lengths = pipe.read(16)
    if len(lengths) < 16:  # noqa: PLR2004  # two numbers of eight bytes
        return None
    first, second = int.from_bytes(lengths[:8], "big"), int.from_bytes(lengths[8:], "big")
    summary, program = pipe.read(first), pipe.read(second)
    return Facts(summary, program) if len(program) == second and len(summary) == first else None
