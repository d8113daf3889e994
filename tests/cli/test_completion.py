"""Completion in the shells themselves: what each makes of a line that is half typed."""

from __future__ import annotations

import os
import re
import select
import shutil
import subprocess
import sys
from contextlib import suppress

import pytest

from loadstone.cli.dispatch import COMMANDS
from loadstone.testing import tree

FILES = {
    "main.py": "",
    "notes/__init__.py": "",
    "pyproject.toml": "[tool.loadstone.spaces.legacy]\ndependencies = []\n",
}

LINES = {
    "loadstone ch": "check",
    "loadstone graph --p": "--python",
    "loadstone show --f": "--format",
    "loadstone show --format j": "json",
    "loadstone check --format g": "github",
    "loadstone check --level w": "warning",
    "loadstone check --select star-c": "star-conflict",
    "loadstone check --ignore star,bad": "star,bad-all",
    "loadstone check no": "notes",
    "loadstone fix --rule bad": "bad-all",
    "loadstone fix --keep n": "needed",
    "loadstone run --ti": "--times",
    "loadstone run mai": "main.py",
    "loadstone run -m json.to": "json.tool",
    "loadstone show json.de": "json.decoder",
    "loadstone graph --from note": "notes",
    "loadstone why --space l": "legacy",
    "loadstone space sync l": "legacy",
    "loadstone space l": "list",
    "loadstone completion z": "zsh",
}
"""Lines, and the one word that their last becomes."""


def needs(shell):
    return pytest.mark.skipif(not shutil.which(shell), reason=f"needs {shell}")


@pytest.fixture
def place():
    with tree(FILES) as t:
        for shell in ("bash", "zsh", "fish"):
            t.write(f"of.{shell}", t.loadstone("completion", shell).stdout)
        yield t


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(place, shell):
    """Each script names every command; where the shell is installed, it accepts the script."""
    script = (place / f"of.{shell}").read_text(encoding="utf-8")

    assert all(name in script for name in COMMANDS)
    assert not re.search(r"@[A-Z]+@", script)
    if shutil.which(shell):
        checked = subprocess.run([shell, "-n"], input=script, text=True, capture_output=True, check=False)
        assert (checked.returncode, checked.stderr) == (0, "")


@needs("bash")
def test_completion_in_bash(place):
    """Commands, options, values, files, modules and spaces complete."""
    asked = [
        f'COMP_WORDS=({line}) COMP_CWORD={line.count(" ")}; _loadstone; echo "${{COMPREPLY[@]}}"'
        for line in LINES
    ]
    ours = f'loadstone() {{ "{sys.executable}" -m loadstone "$@"; }}; source ./of.bash'

    assert answers(["bash", "-c", "\n".join([ours, *asked])], place) == list(LINES.values())


@needs("fish")
def test_completion_in_fish(place):
    """Commands, options, values, files, modules and spaces complete."""
    asked = [f"string join -- ' ' (complete -C '{line}')" for line in LINES]
    ours = f"function loadstone; '{sys.executable}' -m loadstone $argv; end; source of.fish"

    assert answers(["fish", "--no-config", "-c", "\n".join([ours, *asked])], place) == list(LINES.values())


def answers(command, place):
    """Return the lines that a shell prints."""
    done = subprocess.run(command, cwd=place.path, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return [line.rstrip("/") for line in done.stdout.splitlines()]  # of a folder


@needs("zsh")
def test_completion_in_zsh(place):
    """Commands, options, values, files, modules and spaces complete."""
    with Terminal(["zsh", "-f", "-i", "+m"], place.path) as zsh:
        zsh.say(
            f"""loadstone() {{ '{sys.executable}' -m loadstone "$@" }}; source ./of.zsh; echo it=$((0))\n"""
        )
        zsh.hear("it=0")
        made = [zsh.complete(line) for line in LINES]

    assert made == [f"{line.rpartition(' ')[0]} {word}" for line, word in LINES.items()]


class Terminal:
    """A shell that believes somebody types, since it completes for nobody else."""

    def __init__(self, command, folder):
        import pty  # Windows has none

        self.ours, theirs = pty.openpty()
        self.said = ""
        self.shell = subprocess.Popen(
            command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=folder,
            env={**os.environ, "TERM": "dumb"},
            start_new_session=True,
        )
        os.close(theirs)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.shell.kill()
        self.shell.wait()
        os.close(self.ours)

    def say(self, text):
        """Type something."""
        os.write(self.ours, text.encode())

    def hear(self, wanted):
        """Return what was said up to `wanted`, a pattern, and forget it; fail after a minute of silence."""
        while not (found := re.search(wanted, self.said)):
            assert select.select([self.ours], [], [], 60)[0], self.said
            with suppress(UnicodeDecodeError):
                self.said += os.read(self.ours, 4096).decode()
        self.said = self.said[found.end() :]
        return found

    def complete(self, line):
        """Type a line and a Tab, and return what the line is then: the shell is made to print it."""
        self.say(f"{line}\t\x01echo it=$((1)) \x05 it=$((2))\n")
        return self.hear(r"it=1 (.*?)\s*it=2")[1]
