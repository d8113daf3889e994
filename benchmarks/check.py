"""Check: django, sympy, pandas and airflow-core, cold, unchanged and after an edit, beside other tools."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from typing import TYPE_CHECKING

from benchmarks.checking.cost import Cost, cost
from benchmarks.checking.projects import PROJECTS, unpacked
from benchmarks.checking.tools import CONTRACT, tools

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.checking.projects import Project
    from benchmarks.checking.tools import Tool

EDITS = {
    "one file changed": "\n\ndef added_by_the_benchmark(value):\n    return value\n",
    "an import added": "\n\nimport colorsys\n",
}
"""What is added to a file in the middle of the project: one thing that its importers cannot see, and one they can."""
GOALS = (("nothing changed", 0.1), ("one file changed", 0.2))


def main(argv: list[str] | None = None) -> int:
    """Print a table for each project; return 1 where a goal of Loadstone's own is missed."""
    parser = argparse.ArgumentParser("python -m benchmarks check", description=__doc__)
    parser.add_argument("projects", nargs="*", metavar="PROJECT", help="; ".join(map(str, PROJECTS)))
    parser.add_argument("--slow", action="store_true", help="pylint and pydeps too: minutes for each project")
    order = parser.parse_args(argv)
    chosen = [one for one in PROJECTS if not order.projects or one.name in order.projects]
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        bare = cost([sys.executable, "-c", "pass"], folder)
        print(f"seconds on the clock, seconds of work (Python's start alone is {bare.work:.2f}), megabytes")
        for project in chosen:
            missed += _measured(project, folder, bare, slow=order.slow)
    return int(missed > 0)


def _measured(project: Project, folder: str, bare: Cost, *, slow: bool) -> int:
    top = unpacked(project, folder)
    with open(os.path.join(top, "contract.ini"), "w", encoding="utf-8") as file:
        file.write(CONTRACT.format(package=project.package))
    print(f"\n{project}")
    found: dict[tuple[str, str], Cost] = {}
    for tool in tools(slow=slow):
        for state, price in _states(tool, project, top, os.path.join(folder, "cache")):
            found[tool.name, state] = price
            print(f"  {tool.name:28} {state:17} {price}", flush=True)
    return sum(not met for met in _goals(found, bare))


def _states(tool: Tool, project: Project, top: str, cache: str) -> Iterator[tuple[str, Cost]]:
    """Yield what a tool costs without its cache, with it, and after each of the edits of one file."""
    shutil.rmtree(cache, ignore_errors=True)
    os.mkdir(cache)
    command = tool.command(project, cache)
    env = {"LOADSTONE_CACHE": cache}
    yield "cold", cost(command, top, env)
    if not tool.caches:
        return
    yield "nothing changed", cost(command, top, env)
    edited = os.path.join(top, project.edited)
    with open(edited, "rb") as file:
        before = file.read()
    for state, added in EDITS.items():
        try:
            with open(edited, "ab") as file:
                file.write(added.encode())
            yield state, cost(command, top, env)
        finally:
            with open(edited, "wb") as file:
                file.write(before)


def _goals(found: dict[tuple[str, str], Cost], bare: Cost) -> Iterator[bool]:
    """Print whether each goal is met: seconds of work above Python's own start, and cold on the clock."""
    parsing = found["parsing alone, two processes", "cold"]
    cold = found["loadstone check", "cold"]
    ratio = cold.wall / parsing.wall
    print(f"  goal: cold at most 2 times parsing alone: {ratio:.1f} times{_verdict(ratio <= 2)}")
    yield ratio <= 2
    for state, most in GOALS:
        work = found["loadstone check", state].work - bare.work
        print(f"  goal: {state}, {most} s of work: {work:.2f} s{_verdict(work <= most)}")
        yield work <= most


def _verdict(met: bool) -> str:
    return "" if met else "  MISSED"


if __name__ == "__main__":
    sys.exit(main())
