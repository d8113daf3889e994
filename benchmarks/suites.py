"""Test suites of real packages: the same outcome of each test under ``loadstone run -m pytest``, and inside a space."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Suite:
    """A distribution whose tests are run, and what they need besides pytest.

    `repository` is where the tests are for a distribution whose sdist leaves them out.
    """

    name: str
    version: str
    needs: tuple[str, ...] = ()
    repository: str | None = None

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


SUITES = (
    Suite("click", "8.1.8"),
    Suite("attrs", "25.3.0", ("hypothesis==6.131.0", "cloudpickle==3.1.1", "pympler==1.1")),
    Suite("rich", "14.0.0", ("attrs==25.3.0",), repository="https://github.com/Textualize/rich"),
    Suite("jinja2", "3.1.6", ("trio==0.29.0",)),
    Suite("marshmallow", "3.26.1", ("simplejson==3.20.1",)),
    Suite(
        "requests",
        "2.32.3",
        ("pytest-httpbin==2.1.0", "pytest-mock==3.14.0", "trustme==1.2.1", "PySocks==1.7.1"),
    ),
)
PYTEST = "pytest==8.3.5"

# A test's name, and how it ended; a name that occurs several times is told apart by a number.
Outcomes = dict[str, str]


class Unavailable(Exception):
    """Something could not be downloaded or installed."""


def main(argv: list[str]) -> int:
    """Run the suites that `argv` names, or all; return 1 on any difference, 2 when one cannot be run."""
    known = {suite.name: suite for suite in SUITES}
    parser = argparse.ArgumentParser("python -m benchmarks suites", description=__doc__)
    parser.add_argument(
        "suites", nargs="*", metavar="SUITE", help=f"any of {', '.join(known)}; all by default"
    )
    wanted = parser.parse_args(argv).suites or list(known)
    if unknown := set(wanted) - set(known):
        parser.error(f"there is no suite {', '.join(unknown)}; there are: {', '.join(known)}")
    codes = [_report(known[name]) for name in wanted]
    return max(codes)


def _report(suite: Suite) -> int:
    """Run one suite both ways and print a row, with every difference below it."""
    try:
        folder = _prepared(suite)
    except Unavailable as problem:
        print(f"{suite!s:<14} cannot be run: {problem}")
        return 2
    began = time.perf_counter()
    native = _outcomes(folder, ["-m", "pytest"])
    seconds = time.perf_counter() - began
    print(f"{suite!s:<18} {len(native):>5} tests: {_counts(native):<42} ({seconds:.0f} s)")
    codes = [_compared(folder, native, how, start) for how, start in WAYS.items()]
    return max(codes)


# How pytest is started a second and a third time. Inside a space it and all that it tests are the space's modules.
IN_A_SPACE = """
import sys, sysconfig
from loadstone import Space
space = Space("suite", path=[""])
space.add_site(sysconfig.get_path("purelib"))
space.run("pytest", sys.argv[1:])
"""
WAYS = {"loadstone run": ["-m", "loadstone", "run", "-m", "pytest"], "in a space": ["-c", IN_A_SPACE]}


def _compared(folder: Path, native: Outcomes, how: str, start: list[str]) -> int:
    """Run the suite another way, print a row and the differences, and return 1 where there are any."""
    began = time.perf_counter()
    ours = _outcomes(folder, start)
    different = [name for name in sorted({*native, *ours}) if native.get(name) != ours.get(name)]
    verdict = f"{len(different)} differ" if different else "all the same"
    print(f"  {how:<16} {len(ours):>5} tests: {verdict:<42} ({time.perf_counter() - began:.0f} s)")
    for name in different:
        print(f"    {name}: {native.get(name, 'not run')}, {how} {ours.get(name, 'not run')}")
    return int(bool(different) or not native)


def _counts(outcomes: Outcomes) -> str:
    return ", ".join(f"{count} {outcome}" for outcome, count in sorted(Counter(outcomes.values()).items()))


def _prepared(suite: Suite) -> Path:
    """Return a folder with the suite's source and an environment for it, made on the first call."""
    folder = Path(tempfile.gettempdir(), "loadstone-benchmarks", sys.implementation.cache_tag or "")
    folder /= f"{suite.name}-{suite.version}"
    done = folder / "prepared.txt"
    wanted = f"{suite!r} {PYTEST} {ROOT}"
    if not done.exists() or done.read_text() != wanted:
        print(f"downloading and installing {suite} into {folder}", file=sys.stderr)
        folder.mkdir(parents=True, exist_ok=True)
        _unpack(suite, folder)
        _install(suite, folder)
        done.write_text(wanted)
    return folder


def _unpack(suite: Suite, folder: Path) -> None:
    source = folder / "source"
    if source.exists():
        return
    if suite.repository is not None:
        _call(
            ["git", "clone", "-q", "--depth=1", f"--branch=v{suite.version}", suite.repository, str(source)]
        )
        return
    wanted = f"{suite.name}=={suite.version}"
    _call(
        [
            sys.executable,
            *PIP,
            "download",
            "--no-deps",
            f"--no-binary={suite.name}",
            f"--dest={folder}",
            wanted,
        ]
    )
    with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
        archive.extractall(folder, filter="data")
    next(folder.glob(f"{suite.name}-*/")).rename(source)


def _install(suite: Suite, folder: Path) -> None:
    _call([sys.executable, "-m", "venv", "--clear", str(folder / "venv")])
    install = [str(_python(folder)), *PIP, "install"]
    _call([*install, PYTEST, *suite.needs, str(folder / "source")])
    _call([*install, "--no-deps", "--editable", str(ROOT)])


PIP = ("-m", "pip", "--quiet", "--disable-pip-version-check")


def _python(folder: Path) -> Path:
    return folder / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _call(command: list[str]) -> None:
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["no message"]
        raise Unavailable(f"{' '.join(command[:4])} ...: {lines[-1]}")


def _outcomes(folder: Path, start: list[str]) -> Outcomes:
    """Run the suite's tests and return how each ended, from pytest's own report."""
    report = folder / "report.xml"
    report.unlink(missing_ok=True)
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    options = ["-q", "-p", "no:cacheprovider", f"--junitxml={report}", "tests"]
    done = subprocess.run(
        [str(_python(folder)), *start, *options],
        cwd=folder / "source",
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if not report.exists():
        print(done.stdout[-2000:], done.stderr[-2000:], sep="\n", file=sys.stderr)
        return {}
    found: Outcomes = {}
    times: Counter[str] = Counter()
    for case in ET.parse(report).iter("testcase"):
        # Some tests have the time of their collection in their names.
        name = re.sub(r"\d\d:\d\d:\d\d", "TIME", f"{case.get('classname')}::{case.get('name')}")
        times[name] += 1
        found[f"{name} #{times[name]}" if times[name] > 1 else name] = _outcome(case)
    return found


def _outcome(case: ET.Element) -> str:
    kinds = sorted({child.tag for child in case} & {"failure", "error", "skipped"})
    return "+".join(kinds) or "passed"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
