"""CPython's own tests of import, with Loadstone's import in place of Python's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tempfile
import tomllib
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks._measure import progress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

HERE = Path(__file__).parent.parent / "tests" / "conformance"
PACKAGES = ("test_importlib", "test_import")
SINGLE = ("test_pkg", "test_pkgutil", "test_runpy", "test_zipimport")
SECONDS = 600


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one test: passed, failed, excluded, skipped, or untouched by Loadstone's import."""

    test: str
    result: str
    said: str = ""

    def __str__(self) -> str:
        return f"{self.result} {self.test}: {self.said}" if self.said else f"{self.result} {self.test}"


def main(argv: Sequence[str] = ()) -> int:
    """Run all test modules, or those that `argv` names, and print the outcomes; return 1 when a test failed.

    ``--watched`` and ``--unbound`` choose another variant of tests/conformance/child.py.
    """
    folder = Path(sysconfig.get_path("stdlib"), "test")
    modules = [word for word in argv if not word.startswith("-")] or modules_of(folder)
    if not folder.is_dir():
        print(f"this interpreter ships no test package: there is no {folder}", file=sys.stderr)
        return 2
    variant = next((word.removeprefix("--") for word in argv if word.startswith("--")), "ours")
    outcomes = _run(modules, variant)
    outcomes = judge(outcomes, _exclusions(modules), _native_failures(outcomes))
    _print(outcomes)
    return int(any(outcome.result == "failed" for outcome in outcomes))


def modules_of(folder: Path) -> list[str]:
    """Return the names of the test modules about imports in the package `test` at `folder`."""
    modules = [f"test.{name}" for name in SINGLE if (folder / f"{name}.py").exists()]
    for package in PACKAGES:
        files = list((folder / package).rglob("test_*.py")) or [folder / package]
        modules += [".".join(file.relative_to(folder.parent).with_suffix("").parts) for file in files]
    return sorted(modules)


def judge(outcomes: Iterable[Outcome], excluded: Mapping[str, str], native: set[str]) -> list[Outcome]:
    """Return the outcomes after exclusions: by the list, or because the test is in `native`: it fails in plain Python.

    An entry of the list that is not true is a failure; so is a run in which no test was Loadstone's.
    """
    judged = [_judge(outcome, excluded, native) for outcome in outcomes]
    names = {outcome.test for outcome in judged}
    judged += [
        Outcome(test, "failed", "excluded, but there is no such test")
        for test in excluded
        if test not in names
    ]
    if not any(outcome.result == "passed" for outcome in judged):
        judged.append(Outcome("all", "failed", "no test imported anything through Loadstone"))
    return judged


def _judge(outcome: Outcome, excluded: Mapping[str, str], native: set[str]) -> Outcome:
    if outcome.test not in excluded:
        known = outcome.result == "failed" and outcome.test in native
        return replace(outcome, result="excluded", said="it fails in plain Python too") if known else outcome
    if outcome.result == "failed":
        return replace(outcome, result="excluded", said=excluded[outcome.test])
    return replace(outcome, result="failed", said=f"excluded, but it is {outcome.result}")


def _run(modules: Sequence[str], variant: str) -> list[Outcome]:
    """Run each module in a process of its own, as many at a time as there are cores; see child.py for `variant`."""
    outcomes: list[Outcome] = []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        futures = {pool.submit(_run_one, module, variant): module for module in modules}
        for number, future in enumerate(as_completed(futures), 1):
            progress(f"{number} of {len(modules)}: {futures[future]}")
            outcomes += future.result()
    progress("")
    return sorted(outcomes, key=lambda outcome: outcome.test)


def _run_one(module: str, variant: str) -> list[Outcome]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        report = Path(folder, "report.json")
        # -P: no folder of ours on the path.
        command = [sys.executable, "-P", str(HERE / "child.py"), module, str(report), variant]
        try:
            ended = subprocess.run(
                command,
                cwd=folder,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return [Outcome(module, "failed", f"it did not end within {SECONDS} seconds")]
        if not report.exists():
            last = ended.stderr.strip().rpartition("\n")[2]
            return [Outcome(module, "failed", f"its process ended with {ended.returncode}: {last}")]
        rows = json.loads(report.read_text(encoding="utf-8"))
    return [_outcome(test, *row) for test, row in rows.items()]


def _outcome(test: str, result: str, said: str, asked: bool) -> Outcome:
    """Return one outcome; a test that passed without importing through Loadstone says nothing about it."""
    return Outcome(test, "untouched" if result == "passed" and not asked else result, said)


def _native_failures(outcomes: Iterable[Outcome]) -> set[str]:
    """Return those of the failed tests that fail in plain Python, here and now, as well."""
    failed = {outcome.test for outcome in outcomes if outcome.result == "failed"}
    modules = {module for module in modules_of(Path(sysconfig.get_path("stdlib"), "test")) for test in failed
               if f"{test}.".startswith(f"{module}.")}  # fmt: skip
    return {outcome.test for outcome in _run(sorted(modules), "native") if outcome.result == "failed"}


def _exclusions(modules: Iterable[str]) -> dict[str, str]:
    """Return the listed exclusions for this version and these modules, by test."""
    rows = tomllib.loads((HERE / "exclusions.toml").read_text(encoding="utf-8"))["exclusion"]
    version = "{}.{}".format(*sys.version_info)
    starts = tuple(f"{module}." for module in modules)
    return {
        row["test"]: " ".join(row["reason"].split())
        for row in rows
        if version in row.get("python", [version]) and row["test"].startswith(starts)
    }


def _print(outcomes: Sequence[Outcome]) -> None:
    """Print what failed and what is excluded, by name, and then the counts."""
    for outcome in outcomes:
        if outcome.result in {"excluded", "failed"}:
            print(outcome)
    counts = Counter(outcome.result for outcome in outcomes)
    print(
        f"not counted: {counts['untouched']} tests that import nothing through Loadstone, {counts['skipped']} skipped"
    )
    print(f"passed {counts['passed']}, failed {counts['failed']}, excluded {counts['excluded']}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
