"""Tools that change imports, on small programs that each hold a trap: who breaks what, and which stars are left."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.fixing.samples import Sample, run, samples, stars
from benchmarks.fixing.tools import TOOLS, Tool

GOAL = 0.9


@dataclass(frozen=True, slots=True)
class Score:
    """What one tool did: the samples that behave differently after it, and the stars before and after."""

    tool: str
    samples: int
    broken: tuple[str, ...]
    stars: int
    left: int

    @property
    def met(self) -> bool:
        """Whether the goal is met, which is Loadstone's own: nothing broken, nine stars in ten explicit."""
        return not self.broken and self.left <= self.stars * (1 - GOAL)

    def __str__(self) -> str:
        explicit = self.stars - self.left
        broken = f"{len(self.broken):>3} of {self.samples} broken"
        return f"{self.tool:<20} {broken}  {explicit:>4} of {self.stars} stars explicit"


def main(argv: list[str] | None = None) -> int:
    """Print a line for each installed tool; return 1 where `loadstone fix` breaks a sample or leaves too many stars."""
    parser = argparse.ArgumentParser("python -m benchmarks fixers", description=__doc__)
    parser.add_argument(
        "tools", nargs="*", metavar="TOOL", help="names of tools; all that are installed by default"
    )
    parser.add_argument("--json", action="store_true", help="print the scores as JSON")
    order = parser.parse_args(argv)
    chosen = [tool for tool in TOOLS if not order.tools or tool.name in order.tools]
    scores = []
    for tool in chosen:
        program = tool.find()
        if program is None:
            print(f"{tool.name:<20} is not installed", file=sys.stderr)
            continue
        scores.append(_score(tool, program))
        if not order.json:
            print(scores[-1], *(f"    {name}" for name in scores[-1].broken), sep="\n", flush=True)
    if order.json:
        print(json.dumps([asdict(score) for score in scores], indent=2))
    return int(not all(score.met for score in scores if score.tool.startswith("loadstone")))


def _score(tool: Tool, program: str) -> Score:
    broken, before, after = [], 0, 0
    every = samples()
    for sample in every:
        changed, had, left = _tried(tool, program, sample)
        broken += [sample.name] if changed else []
        before, after = before + had, after + left
    return Score(tool.name, len(every), tuple(broken), before, after)


def _tried(tool: Tool, program: str, sample: Sample) -> tuple[bool, int, int]:
    """Return whether a sample behaves differently after a tool, and its stars before and after."""
    folder = Path(tempfile.mkdtemp(prefix="loadstone-")).resolve()
    try:
        sample.write(folder)
        expected, had = run(sample, folder), stars(folder)
        tool.run(program, folder)
        try:
            left = stars(folder)
        except SyntaxError:
            return True, had, had
        return run(sample, folder) != expected, had, left
    finally:
        shutil.rmtree(folder, ignore_errors=True)
