"""The names of modules that are machine code, asked of a helper process that loads them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import weakref
from typing import IO, TYPE_CHECKING

from loadstone.source import probed
from loadstone.source.opaque import Named

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType
    from typing import Self

    from loadstone.source.finder import Location

__all__ = ["Probe"]

_KINDS = frozenset(("built-in", "extension", "frozen"))


class Probe:
    """Answers a Library's `names_of`: ``with Probe() as probe: Library(path, names_of=probe)``.

    The helper is the running interpreter in isolated mode (``-I``): no program's folder is on its path, and an
    extension outside the standard library is loaded by its file. It starts with the first question and serves until
    `close`; when a module takes longer than `seconds` or brings the process down, its names are unknown and the next
    question starts another helper.
    """

    def __init__(self, seconds: float = 10.0) -> None:
        self.seconds = seconds
        self._helper: subprocess.Popen[str] | None = None
        # The process that talks with the helper: a copy of it has to start its own.
        self._home = 0
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __call__(self, location: Location) -> Mapping[str, Named] | None:
        """Return the names of a module that is machine code; None for any other, or where nothing can load it."""
        if location.kind not in _KINDS:
            return None
        with self._lock:
            answer = self._ask({"name": location.name, "path": location.path})
        return None if answer is None else {name: Named(*facts) for name, facts in answer.items()}

    def close(self) -> None:
        """End the helper, if there is one."""
        if self._helper is not None:
            self._ending()
            self._helper = None

    def _ask(self, request: Mapping[str, str | None]) -> dict[str, list[str]] | None:
        try:
            helper = self._helper if self._helper and self._home == os.getpid() else self._start()
        except OSError:  # this system starts no processes: WebAssembly, iOS
            return None
        assert helper.stdin is not None
        assert helper.stdout is not None
        try:
            helper.stdin.write(json.dumps(request) + "\n")
            helper.stdin.flush()
        except OSError:
            line = ""
        else:
            line = _line(helper.stdout, self.seconds)
        if not line:
            self.close()
            return None
        answer: dict[str, list[str]] | None = json.loads(line)
        return answer

    def _start(self) -> subprocess.Popen[str]:
        self._helper = subprocess.Popen(  # noqa: S603  # the running interpreter, and a file of ours
            [sys.executable, "-I", probed.__file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="ascii",
        )
        self._home = os.getpid()
        self._ending = weakref.finalize(self, _stop, self._helper)
        return self._helper


def _stop(helper: subprocess.Popen[str]) -> None:
    helper.kill()
    helper.wait()
    for pipe in (helper.stdin, helper.stdout):
        if pipe is not None:
            pipe.close()


def _line(pipe: IO[str], seconds: float) -> str:
    """Return the next line, empty at the end or when it takes too long (a pipe has no time limit of its own)."""
    lines: list[str] = []
    reader = threading.Thread(target=lambda: lines.append(pipe.readline()), daemon=True)
    reader.start()
    reader.join(seconds)
    return lines[0] if lines else ""
