"""Many files read by two processes: this one and a helper, each of which takes the largest that are left."""

from __future__ import annotations

import marshal
import os
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
_PORTIONS = 64
"""In how many portions a list is given out. This process hears of each only between two bytecodes of its own work,
and a file is parsed by one: so the fewer the better, as long as both end at about the same time."""
_WINDOW = 2
"""Portions that the helper has at once: one that it works on, and another for the time until it gets a new one."""


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
        waiting, found = deque(_portions(jobs)), dict[Job, Facts]()
        if self._helper is None and len(jobs) >= _WORTH and (os.cpu_count() or 1) > 1:
            self._helper = _Helper.start()
        thread = self._helper.serve(waiting, found) if self._helper and self.helped else None
        _make(waiting, found, len(jobs), progress)
        if thread:
            thread.join()
            _make(waiting, found, len(jobs), progress)  # what the helper has left, if it has died
        return found


def _portions(jobs: Sequence[Job]) -> list[Sequence[Job]]:
    size = len(jobs) // _PORTIONS + 1
    return [jobs[start : start + size] for start in range(0, len(jobs), size)]


def _make(
    waiting: deque[Sequence[Job]], found: dict[Job, Facts], number: int, progress: Progress | None
) -> None:
    while (portion := _next(waiting)) is not None:
        for job in portion:
            if progress:
                progress(len(found), number, job.name)
            found[job] = made(job, content(job.path))


def _next(waiting: deque[Sequence[Job]]) -> Sequence[Job] | None:
    """Return the next portion, which no other thread gets; None where there is none."""
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

    def serve(self, waiting: deque[Sequence[Job]], found: dict[Job, Facts]) -> threading.Thread:
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

    def _serve(self, waiting: deque[Sequence[Job]], found: dict[Job, Facts]) -> None:
        sent: deque[Sequence[Job]] = deque()
        while self.works:
            while len(sent) < _WINDOW and (portion := _next(waiting)) is not None:
                sent.append(portion)
                self._send(portion)
            if not sent:
                return
            facts = _received(self._process.stdout)
            if facts is None:
                self.works = False
                waiting.extendleft(sent)
            else:
                found.update(zip(sent.popleft(), facts, strict=True))

    def _send(self, portion: Sequence[Job]) -> None:
        """Send jobs; that the process is dead shows where its answer is awaited."""
        assert self._process.stdin is not None
        try:
            marshal.dump([tuple(job) for job in portion], self._process.stdin)
            self._process.stdin.flush()
        except OSError:
            pass


def _received(pipe: IO[bytes] | None) -> list[Facts] | None:
    """Return the facts that the helper has sent next; None at the end, also in the middle of something."""
    assert pipe is not None
    length = pipe.read(_LENGTH)
    sent = pipe.read(int.from_bytes(length, "big"))
    if len(length) < _LENGTH or len(sent) < int.from_bytes(length, "big"):
        return None
    return [Facts(*one) for one in marshal.loads(sent)]  # noqa: S302  # from a process of ours


_LENGTH = 8
"""Bytes of the number that says how long an answer is."""
