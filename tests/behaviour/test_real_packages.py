"""Two versions of real packages in one process; the whole table is ``python -m benchmarks compatibility``."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize("row", ["click", "requests", "attrs", "marshmallow", "rich", "numpy"])
def test_two_versions_side_by_side(row):
    """Both are imported, used from inside their spaces and from the host in turn, and the host has neither."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "compatibility", "--only", row],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    outcome = done.stdout.splitlines()[-1]
    if "| skipped: " in outcome:
        pytest.skip(outcome)

    assert outcome.endswith("| works |"), done.stdout + done.stderr
