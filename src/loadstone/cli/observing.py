"""``loadstone run --strict``, ``--trace FILE`` and ``--times``: watching the program's imports."""

from __future__ import annotations

import atexit
import os
import sys

from loadstone.cli.flags import Usage
from loadstone.runtime.observe import Observation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from loadstone.runtime.events import ImportEvent

__all__ = ["Watch"]


class Watch:
    """Starts watching when it is called, and returns what is to be called when the program's body has ended.

    The reports are written when the process exits, so that they hold what is imported at exit too. Making one
    raises Usage for a trace file that cannot be written.
    """

    def __init__(self, options: Mapping[str, str]) -> None:
        self._strict = "strict" in options
        self._times = "times" in options
        self._file = _writable(options["trace"]) if "trace" in options else ""

    def __call__(self) -> Callable[[], None]:
        """Start watching."""
        wanted = self._times or bool(self._file)
        observation = Observation(strict=self._strict, events=wanted)
        if wanted:
            atexit.register(_finish, observation, self._file, times=self._times, process=os.getpid())
        return observation.settle_main


def _writable(file: str) -> str:
    """Return the absolute path of a file, made empty: a program should not run for an hour to fail at the end."""
    path = os.path.abspath(file)
    try:
        with open(path, "w", encoding="utf-8"):
            return path
    except OSError as error:
        raise Usage(f"--trace cannot write {file}: {error.strerror}") from error


def _finish(observation: Observation, file: str, *, times: bool, process: int) -> None:
    """End the observation and write what was asked for; not in the program's forked children."""
    observation.end()
    if os.getpid() != process:
        return
    from loadstone.explain.clean import StandardLibraryFirst

    with StandardLibraryFirst():
        from loadstone.report import trace
        from loadstone.report.times import times as tree
    events: list[ImportEvent] = observation.events
    if file:
        with open(file, "w", encoding="utf-8") as out:
            out.write(trace.document(events))
    if times and sys.stderr is not None:
        sys.stderr.write(tree(events))
