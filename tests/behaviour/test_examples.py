"""Each example runs and prints what it is meant to show."""

import subprocess
import sys
from pathlib import Path

EXAMPLES = Path(__file__).parents[2] / "examples"


def run(example, *args):
    """Return what an example prints; it must succeed."""
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / example), *args], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_two_plugins_keep_their_own_helpers():
    """Both plugins import `render`, at different times, and each gets its own."""
    assert run("plugins/host.py") == (
        "csv: apples;3 | pears;5\nhtml: <tr><td>apples</td><td>3</td></tr><tr><td>pears</td><td>5</td></tr>\n"
    )


def test_the_slowest_imports_are_listed():
    """Three modules with their own milliseconds, the slowest first."""
    lines = run("slow_start/slowest.py", "email.mime.text").splitlines()
    seconds = [float(line.split()[0]) for line in lines]

    assert len(lines) == 3
    assert seconds == sorted(seconds, reverse=True)


def test_an_optional_feature_says_why_it_is_off():
    """A circular import in an optional module is explained inside the application."""
    text = run("optional/app.py")

    assert text.startswith("charts: off, because\nloadstone: circular import: charts_extra runs charts_core")
    assert "repair:" in text
