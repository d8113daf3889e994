"""CPython's own tests of import, run against Loadstone's; see benchmarks/conformance.py."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SHIPPED = Path(sysconfig.get_path("stdlib"), "test", "test_importlib")

pytestmark = pytest.mark.skipif(
    not SHIPPED.is_dir(), reason=f"this interpreter ships no tests of import: there is no {SHIPPED}"
)


def conformance(*words):
    command = [sys.executable, "-m", "benchmarks", "conformance", *words]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return ended.returncode, ended.stdout + ended.stderr


def test_cpythons_own_tests_pass():
    """Every test of test_importlib and test_import that imports passes, but for the listed exclusions."""
    code, output = conformance()

    assert code == 0, output
    assert ", failed 0, " in output.splitlines()[-1]


def test_watching_changes_nothing():
    """While somebody listens to the events, imports behave the same."""
    code, output = conformance("--watched", "test.test_import")

    assert code == 0, output


def test_a_fault_is_noticed():
    """An import that does not bind submodules on their packages fails these tests: they do test ours."""
    code, output = conformance("--unbound", "test.test_import")

    assert code == 1
    assert "failed test.test_import." in output


def test_a_run_without_loadstone_is_an_error():
    """When no test imported anything through Loadstone, the run fails."""
    code, output = conformance("--native", "test.test_importlib.import_.test_fromlist")

    assert code == 1
    assert "no test imported anything through Loadstone" in output


def test_an_exclusion_must_be_true():
    """A listed test that does not fail, or does not exist, is a failure; one that fails in plain Python is not."""
    sys.path.insert(0, str(ROOT))
    try:
        from benchmarks.conformance import Outcome, judge
    finally:
        sys.path.remove(str(ROOT))
    outcomes = [
        Outcome("a", "passed"),
        Outcome("b", "failed"),
        Outcome("c", "passed"),
        Outcome("d", "failed"),
    ]

    judged = judge(outcomes, {"c": "why", "d": "why", "gone": "why"}, native={"b"})

    assert {outcome.test: outcome.result for outcome in judged} == {
        "a": "passed", "b": "excluded", "c": "failed", "d": "excluded", "gone": "failed",
    }  # fmt: skip
