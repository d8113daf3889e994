"""Runs a suite with pytest, in one of several ways, and returns how each test ended."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from benchmarks.testing.preparing import python

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.testing.table import Suite

__all__ = ["NATIVE", "WAYS", "Outcomes", "counts", "outcomes"]

# Inside a space pytest itself, its plugins and all that it tests are the space's modules.
IN_A_SPACE = """
import sys, sysconfig
from loadstone import Space
space = Space("suite", path=[""])
space.add_site(sysconfig.get_path("purelib"))
space.run("pytest", sys.argv[1:])
"""
NATIVE = ("-m", "pytest")
WAYS = {"loadstone run": ("-m", "loadstone", "run", "-m", "pytest"), "in a space": ("-c", IN_A_SPACE)}

# A test's name, and how it ended; a name that occurs several times is told apart by a number.
Outcomes = dict[str, str]


def outcomes(suite: Suite, folder: Path, start: tuple[str, ...]) -> Outcomes:
    """Run the suite's tests and return how each ended, from pytest's own report; empty where there is none."""
    report = folder / f"{suite.name}.xml"
    report.unlink(missing_ok=True)
    options = ["-q", "-p", "no:cacheprovider", f"--junitxml={report}", *suite.options, *suite.paths]
    done = subprocess.run(
        [str(python(folder)), *start, *options],
        cwd=folder / "source",
        env=_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if not report.exists():
        print(done.stdout[-2000:], done.stderr[-2000:], sep="\n", file=sys.stderr)
        return {}
    return _read(report)


def counts(found: Outcomes) -> str:
    """Return how many tests ended how, as text."""
    return ", ".join(f"{count} {outcome}" for outcome, count in sorted(Counter(found.values()).items()))


def _environment() -> dict[str, str]:
    """Return this process's variables without those that speak to Python.

    Without the user's own packages, too, as sqlalchemy asks: only then its tests leave alone the copy of sqlalchemy
    that lies beside them, which has no extension modules.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**kept, "PYTHONNOUSERSITE": "1"}


def _read(report: Path) -> Outcomes:
    found: Outcomes = {}
    times: Counter[str] = Counter()
    for case in ET.parse(report).iter("testcase"):
        name = _lasting(f"{case.get('classname')}::{case.get('name')}")
        times[name] += 1
        found[f"{name} #{times[name]}" if times[name] > 1 else name] = _outcome(case)
    return found


def _lasting(name: str) -> str:
    """Return a test's name without what is another in each run: the time of collection, an object's address."""
    return re.sub(r"0x[0-9a-f]{6,}", "ADDRESS", re.sub(r"\d\d:\d\d:\d\d", "TIME", name))


def _outcome(case: ET.Element) -> str:
    kinds = {child.tag for child in case}
    return " and ".join(word for kind, word in _WORDS.items() if kind in kinds) or "passed"


_WORDS = {"failure": "failed", "error": "in error", "skipped": "skipped"}
"""What pytest's report calls it, and what to print."""
