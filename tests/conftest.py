"""Shared by all tests: one statement under Python, under Loadstone's algorithm in the host, and in a space."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

PROBE = Path(__file__).parent / "conformance" / "probe.py"


@pytest.fixture
def same():
    """Return a function that asserts that a statement does the same in all three, and returns what there is to see.

    `names` gives the namespace of a module, each value as text; see tests/conformance/probe.py.
    """

    def check(tree, statement, ways=("host", "space")):
        native = probe("native", tree, statement)
        for way in ways:
            assert {"way": way, **probe(way, tree, statement)} == {"way": way, **native}
        return native

    return check


def probe(way, tree, statement):
    command = [sys.executable, "-B", "-P", "-X", "utf8", str(PROBE), way, str(tree.path), statement]
    ended = subprocess.run(command, cwd=tree.path, capture_output=True, check=False)
    assert ended.returncode == 0, ended.stderr.decode(errors="replace")
    return json.loads(ended.stdout)
