"""Work in a copy of this process: its result comes here, its end harms nobody."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from loadstone.check import beside
from loadstone.check.beside import Beside

pytestmark = pytest.mark.skipif(not beside._COPIES, reason="this system does not copy processes")

INTERRUPTED = """
import os, sys, time
from loadstone.check.beside import Beside

def work():
    print(os.getpid(), flush=True)
    time.sleep(60)

with Beside(work) as other:
    other.result()
"""


def here(work):
    """Run a program of its own that has no threads, and return what it prints."""
    program = f"import os\nfrom loadstone.check.beside import Beside\n{work}"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stderr == ""
    return done.stdout


def test_the_result_of_a_copy():
    """What the work returns comes back, however long it is; the copy is another process."""
    said = here(
        "with Beside(lambda: (os.getpid(), 'x' * 1_000_000)) as other:\n"
        "    process, text = other.result()\n"
        "print(process != os.getpid(), len(text))"
    )

    assert said == "True 1000000\n"


@pytest.mark.parametrize("work", ["1 / 0", "os.kill(os.getpid(), 9)", "os._exit(3)", "lambda: 1"])
def test_a_copy_that_fails(work):
    """Where it raises, dies, or returns what cannot be sent, there is no result, and not a word of it."""
    assert here(f"with Beside(lambda: {work}) as other:\n    print(other.result())") == "None\n"


def test_a_copy_that_nobody_waits_for():
    """It ends with the ``with``, and no process is left behind."""
    said = here(
        "import time\n"
        "with Beside(lambda: time.sleep(60)) as other:\n"
        "    pass\n"
        "try:\n"
        "    os.waitpid(-1, 0)\n"
        "except ChildProcessError:\n"
        "    print('none')"
    )

    assert said == "none\n"


@pytest.mark.parametrize("all_of_them", [True, False])
def test_an_interruption(all_of_them):
    """Ctrl-C, which a terminal sends to all, and a signal to the first process alone: the copy ends as well."""
    program = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED], stdout=-1, stderr=-1, text=True, start_new_session=True
    )
    copy = int(program.stdout.readline())
    (os.killpg if all_of_them else os.kill)(program.pid, signal.SIGINT)
    _, error = program.communicate(timeout=60)

    assert error.count("Traceback") == 1
    assert program.returncode in {-signal.SIGINT, 130}
    with pytest.raises(ProcessLookupError):
        os.kill(copy, 0)


def test_no_room_for_a_copy(monkeypatch):
    """A system that refuses leaves the work to this process."""

    def refuse():
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refuse)
    with Beside(int) as other:
        assert other.result() is None


def test_no_copies(monkeypatch):
    """So does a system that has none."""
    monkeypatch.setattr(beside, "_COPIES", False)
    with Beside(int) as other:
        assert other.result() is None
