"""Released packages with many stars, after `loadstone fix`: their own tests, one by one, end as they did before."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from benchmarks._measure import SOURCE
from benchmarks.checking.projects import Project, unpacked
from benchmarks.fixing.samples import stars

PACKAGES = (
    Project("mpmath", "1.3.0", "mpmath", "mpmath/tests"),
    Project("networkx", "3.7", "networkx", "networkx"),
)
"""The packages; what is named last is where their tests are."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The tests of one package before and after: how they ended, and those that end otherwise.

    `seconds` is the processor time of `loadstone fix`, its start included.
    """

    package: str
    stars: int
    left: int
    seconds: float
    outcomes: dict[str, int]
    different: tuple[str, ...]

    def __str__(self) -> str:
        ended = ", ".join(f"{count} {how}" for how, count in self.outcomes.items())
        explicit = f"{self.stars - self.left:>4} of {self.stars} stars explicit in {self.seconds:.1f} s"
        return f"{self.package:<16} {explicit}  tests: {ended}; {len(self.different)} end otherwise"


def main(argv: list[str] | None = None) -> int:
    """Print a line for each package; return 1 where any test ends otherwise than before."""
    parser = argparse.ArgumentParser("python -m benchmarks repaired", description=__doc__)
    parser.add_argument("packages", nargs="*", metavar="PACKAGE", help="their names; all by default")
    parser.add_argument("--tests", metavar="FOLDER", help="only the tests in this folder of the package")
    parser.add_argument("--json", action="store_true", help="print the comparisons as JSON")
    order = parser.parse_args(argv)
    chosen = [one for one in PACKAGES if not order.packages or one.name in order.packages]
    found = []
    for one in chosen:
        found.append(_compared(one, order.tests or one.edited))
        if not order.json:
            print(found[-1], *(f"    {name}" for name in found[-1].different), sep="\n", flush=True)
    if order.json:
        print(json.dumps([asdict(one) for one in found], indent=2))
    return int(any(one.different for one in found))


def _compared(package: Project, tests: str) -> Comparison:
    with tempfile.TemporaryDirectory(prefix="loadstone-") as made:
        folder = Path(unpacked(package, made))
        (folder / "pyproject.toml").write_text(f'[project]\nname = "{package.name}"\nversion = "0"\n')
        had, before = stars(folder), _outcomes(folder, tests)
        seconds = _fix(folder)
        left, after = stars(folder), _outcomes(folder, tests)
    names = sorted(before.keys() | after.keys())
    different = tuple(name for name in names if before.get(name) != after.get(name))
    return Comparison(str(package), had, left, seconds, dict(Counter(before.values())), different)


def _fix(folder: Path) -> float:
    """Run `loadstone fix` in a folder and return its processor time; what it leaves is no failure, anything else is."""
    before = os.times()
    environment = {**os.environ, "PYTHONPATH": SOURCE}
    command = [sys.executable, "-P", "-m", "loadstone", "fix"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"loadstone fix failed:\n{done.stderr}")
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def _outcomes(folder: Path, tests: str) -> dict[str, str]:
    """Return {test: "passed", "failed", "error" or "skipped"}."""
    report = folder / "report.xml"
    words = ("-q", "-p", "no:cacheprovider", "-p", "no:randomly", f"--junitxml={report}", tests)
    subprocess.run([sys.executable, "-m", "pytest", *words], cwd=folder, capture_output=True, check=False)
    found = {}
    for case in ET.parse(report).iter("testcase"):
        ends = [part.tag for part in case if part.tag in {"failure", "error", "skipped"}]
        found[f"{case.get('classname')}.{case.get('name')}"] = ends[0] if ends else "passed"
    return found
