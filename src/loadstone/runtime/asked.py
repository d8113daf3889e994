"""What ``python`` is asked to run, as a value; and how a process becomes plain ``python`` for it."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

__all__ = ["Program", "become_python", "outlive_python", "replace_process"]


class Program:
    """What ``python`` is asked to run: `kind` is ``file``, ``module``, ``code``, ``stdin`` or ``nothing``.

    `target` is the file, the module's name or the code; `words` is the program as it was typed, with its
    arguments; `flags` are the interpreter's own options; `skip_first_line` is Python's option ``-x``.
    ``nothing`` is a command line without a program: a pipe into standard input, or the prompt.
    """

    __slots__ = ("args", "flags", "kind", "skip_first_line", "target", "words")

    def __init__(self, kind: str, target: str, args: list[str], words: list[str], flags: list[str]) -> None:
        self.kind = kind
        self.target = target
        self.args = args
        self.words = words
        self.flags = flags
        self.skip_first_line = False

    def __repr__(self) -> str:
        return f"Program({' '.join(self.command()[1:])})"

    def command(self) -> list[str]:
        """Return the command line that runs the same program under plain Python."""
        skip = ["-x"] if self.skip_first_line else []
        return [sys.executable, *self.flags, *skip, *self.words]

    def argv(self) -> list[str]:
        """Return what ``sys.argv`` is when the program starts; runpy replaces the first item for ``-m``."""
        first = {"file": self.target, "module": "-m", "code": "-c", "stdin": "-", "nothing": ""}
        return [first[self.kind], *self.args]

    def path(self) -> str:
        """Return the file's path as CPython completes it: nothing is normalised but the folder itself."""
        if os.path.isabs(self.target):
            return self.target
        return os.getcwd() if self.target in ("", ".") else os.path.join(os.getcwd(), self.target)


def become_python(program: Program) -> NoReturn:
    """Replace this process by plain ``python`` on `program`."""
    replace_process(program.command())


def outlive_python(program: Program) -> int:
    """Run plain ``python`` on `program`, and return its exit code."""
    import subprocess

    _flush()
    return subprocess.call(program.command())


def replace_process(command: list[str]) -> NoReturn:
    """Replace this process by `command`, whose first item is an absolute path."""
    _flush()
    if os.name == "nt":
        # There, exec starts a new process and lets the shell go on before that one has finished.
        import subprocess

        raise SystemExit(subprocess.call(command))
    os.execv(command[0], command)


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
