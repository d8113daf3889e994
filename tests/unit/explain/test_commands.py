"""Commands that a repair tells the user to type."""

import os
import sys
from types import SimpleNamespace

import pytest

from loadstone.explain.commands import python


@pytest.fixture
def environments(tmp_path, monkeypatch):
    """Two environments whose interpreters link to one binary, as venv makes them; this process runs the first's."""
    real = tmp_path / "real"
    real.touch(mode=0o755)
    for name in ("own", "other"):
        (tmp_path / name).mkdir()
        for link in ("python", "python3.12"):
            (tmp_path / name / link).symlink_to(real)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "own" / "python3.12"))
    return tmp_path


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a privilege there")
@pytest.mark.parametrize(
    ("path", "command"), [("own", "python"), ("other", "own/python3.12"), ("", "own/python3.12")]
)
def test_the_shortest_command_that_starts_this_interpreter(path, command, environments, monkeypatch):
    """A name on the PATH, where it leads to this very environment, by whatever link; else the interpreter's path."""
    monkeypatch.setenv("PATH", str(environments / path) if path else "")

    assert python(SimpleNamespace(folder=str(environments))) == command
