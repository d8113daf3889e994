"""Shared by all tests: one statement under Python, under Loadstone's algorithm in the host, and in a space."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples on every run, so that a change is judged by what it changes. To look for new ones:
# pytest tests/property --hypothesis-profile default
settings.register_profile("repeatable", derandomize=True)
settings.load_profile("repeatable")

PROBE = Path(__file__).parent / "conformance" / "probe.py"


COMMAND = [sys.executable, "-B", "-P", "-X", "utf8", str(PROBE)]


def pytest_configure():
    """Hear Ctrl-C even where a shell started the tests in the background: what they start would be deaf to it too."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory):
    """Keep what tests remember out of the user's cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOADSTONE_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def same(probe):
    """Return a function that asserts that a statement does the same in all three, and returns what there is to see.

    For each module it gives the namespace, each value as text; see tests/conformance/probe.py.
    """

    def check(tree, statement, ways=("host", "space")):
        native = probe("native", tree, statement)
        for way in ways:
            assert {"way": way, **probe(way, tree, statement)} == {"way": way, **native}
        return native

    return check


@pytest.fixture(scope="session")
def probe():
    """Return a function that executes a statement in one way, in a process of its own."""
    if not hasattr(os, "fork"):
        yield lambda way, tree, statement: json.loads(
            subprocess.run(
                [*COMMAND, way, str(tree.path), statement], stdout=subprocess.PIPE, check=True
            ).stdout
        )
        return
    with subprocess.Popen([*COMMAND, "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:

        def ask(way, tree, statement):
            server.stdin.write(json.dumps([way, str(tree.path), statement]).encode() + b"\n")
            server.stdin.flush()
            return json.loads(server.stdout.readline())

        yield ask
        server.stdin.close()
