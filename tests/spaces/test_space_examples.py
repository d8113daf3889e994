"""The examples that install packages; they need the network."""

import os
import shutil
from pathlib import Path

import pytest

from loadstone.declared.sync.uv import find_uv
from loadstone.errors import NoUv
from loadstone.testing import tree

EXAMPLES = Path(__file__).parents[2] / "examples"

slow = pytest.mark.skipif("LOADSTONE_SLOW" not in os.environ, reason="installs much: set LOADSTONE_SLOW")

NO_NETWORK = ("error sending request", "Failed to fetch", "Failed to download", "network was disabled")


@pytest.fixture
def run():
    """Return a function that runs a program of an example, in a copy of its folder, as ``loadstone run`` does."""
    try:
        find_uv()
    except NoUv:
        pytest.skip("uv is not installed")
    with tree({}) as t:

        def go(example, program, *sync):
            shutil.copytree(
                EXAMPLES / example, t / example, ignore=shutil.ignore_patterns(".loadstone", "pylock*")
            )
            installed = t.loadstone("space", "sync", *sync, cwd=t / example, timeout=300)
            if any(words in installed.stderr for words in NO_NETWORK):
                pytest.skip("there is no network")
            assert (installed.returncode, installed.stderr) == (0, "")
            return t.loadstone("run", f"{example}/{program}")

        yield go


def test_a_host_with_three_plugins(run):
    """Two plugins have a version each of one library, and the third, which is broken, is reported."""
    done = run("plugin_host", "host.py", "--plugins", "plugins")
    lines = done.stdout.splitlines()

    assert done.stderr == ""
    assert (
        lines[0]
        == "left out: owners: ModuleNotFoundError: No module named 'people' (./plugins/owners/plugin.py:2)"
    )
    assert lines[1].startswith("columns.py    age (humanize 3): ")
    assert "size (humanize 4): 288 Bytes" in lines[1]


@slow
def test_two_versions_of_jinja_side_by_side(run):
    """One template, two versions, two classes."""
    done = run("side_by_side", "templates.py", "legacy", "modern")

    assert done.stdout == "jinja2 2: 1 ada, 2 grace\njinja2 3: 1 ada, 2 grace\none class: False\n"


@slow
def test_two_versions_of_numpy_exchange_arrays(run):
    """One memory, two types."""
    done = run("side_by_side", "arrays.py", "numpy_old", "numpy_new")

    assert done.stdout == (
        "the new one sees [[0.0, 2.0, 4.0], [6.0, 8.0, 10.0]] and wrote into the old one's memory: 30.0\n"
        "two types: True two versions: True\n"
        "mean: 5.0 5.0\n"
    )
