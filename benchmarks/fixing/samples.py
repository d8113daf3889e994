"""The traps: read from tests/samples/traps, written into a folder, and run."""

from __future__ import annotations

import ast
import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Outcome", "Sample", "run", "samples", "stars"]

FOLDER = Path(__file__).parents[2] / "tests" / "samples" / "traps"
_FILE = re.compile(r"^-- (\S+) --\n", re.MULTILINE)
_TIMES = re.compile(r"0x[0-9a-f]+")


@dataclass(frozen=True, slots=True)
class Sample:
    """One program: a sentence about its trap, its files, and the command lines that show what it does.

    Each file of tests/samples/traps holds one: the sentence, lines ``run: -m doctest shapes.py`` (``main.py`` where
    there is none), and the files, each below a line ``-- name.py --``.
    """

    name: str
    sentence: str
    runs: tuple[str, ...]
    files: dict[str, str]

    @classmethod
    def read(cls, path: Path) -> Sample:
        """Return the sample that a file holds."""
        head, *parts = _FILE.split(path.read_text(encoding="utf-8"))
        sentence, *more = head.strip().split("\n")
        runs = tuple(line.removeprefix("run: ") for line in more)
        return cls(path.stem, sentence, runs or ("main.py",), dict(zip(parts[::2], parts[1::2], strict=True)))

    def write(self, folder: Path) -> None:
        """Write the files below a folder."""
        for name, text in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")

    def __str__(self) -> str:
        return f"{self.name}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a program printed, how it ended, and the last line of its error, if it had one."""

    output: str
    code: int
    error: str

    def __str__(self) -> str:
        return self.error or self.output.strip() or f"exit code {self.code}"


def samples() -> tuple[Sample, ...]:
    """Return all samples, by name."""
    return tuple(Sample.read(path) for path in sorted(FOLDER.glob("*.txt")))


def run(sample: Sample, folder: Path) -> tuple[Outcome, ...]:
    """Return what each command line of a sample comes to in a folder."""
    return tuple(_outcome(shlex.split(line), folder) for line in sample.runs)


def stars(folder: Path) -> int:
    """Return how many star imports there are below a folder."""
    nodes = (node for path in folder.rglob("*.py") for node in ast.walk(ast.parse(path.read_bytes())))
    return sum(isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in nodes)


def _outcome(words: list[str], folder: Path) -> Outcome:
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": ""}
    done = subprocess.run(
        [sys.executable, "-S", *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    error = done.stderr.strip().splitlines()[-1:] if done.returncode else []
    return Outcome(_TIMES.sub("0x", done.stdout), done.returncode, "".join(error))
