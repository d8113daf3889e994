"""Each example runs and prints what it is meant to show."""

import subprocess
import sys
from pathlib import Path

EXAMPLES = Path(__file__).parents[2] / "examples"


def run(example, *args):
    """Return what an example prints; it must succeed."""
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / example), *args],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
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


def test_a_lesson_shows_what_a_star_took():
    """Modules made from text print their provenance, with the conflict of the lesson."""
    assert run("cells/lesson.py") == (
        "good day, you / farewell, you\n"
        "lesson: a module (<lesson in space lesson>)\n"
        "  name   kind      comes from        bound by                                         hides\n"
        "  hello  function  politeness:hello  line 2  from politeness import *  (2 of 2 used)"
        "  greetings:hello  line 1  from greetings import hello\n"
        "  bye    function  politeness:bye    line 2  from politeness import *  (2 of 2 used)\n"
        "conflict: hello is bound in line 1 and then by a star import in line 2. Python uses politeness:hello. "
        "To settle it add, after line 2: from greetings import hello\n"
    )
