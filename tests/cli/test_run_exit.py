"""How programs end under `loadstone run`: exit codes, signals, and what runs at exit."""

from __future__ import annotations

import os

import pytest

from loadstone.testing import tree

posix = pytest.mark.skipif(os.name == "nt", reason="signals and file descriptors of POSIX")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("", 0),
        ("None", 0),
        ("0", 0),
        ("3", 3),
        ("256", 0),
        ("-1", 255),
        ("True", 1),
        ("2.5", 1),
        ("'words'", 1),
        ("(1, 2)", 1),
    ],
)
def test_sys_exit(same, value, code):
    """`sys.exit` takes None, numbers and anything printable, and gives the exit code that Python gives."""
    with tree({"main.py": f"import sys\nsys.exit({value})\n"}) as t:
        result = same(t, "main.py")

    assert result.returncode == code


def test_system_exit_subclass(same):
    """A subclass of SystemExit ends the program with its code."""
    with tree({"main.py": "class Done(SystemExit):\n    pass\n\nraise Done(4)\n"}) as t:
        result = same(t, "main.py")

    assert result.returncode == 4


def test_system_exit_from_a_module(same):
    """SystemExit at import ends the program too."""
    with tree({"main.py": "import stop\n", "stop.py": "raise SystemExit('stopped')\n"}) as t:
        result = same(t, "main.py")

    assert (result.returncode, result.stderr) == (1, "stopped\n")


def test_os_exit(same):
    """`os._exit` ends at once: nothing is flushed or run at exit."""
    program = "import atexit, os\natexit.register(print, 'never')\nprint('kept back', end='')\nos._exit(5)\n"
    with tree({"main.py": program}) as t:
        result = same(t, "main.py", env={"PYTHONUNBUFFERED": ""})

    assert (result.returncode, result.stdout) == (5, "")


@posix
def test_keyboard_interrupt(same):
    """An uncaught KeyboardInterrupt kills the process by SIGINT, so that a shell's loop stops as well."""
    with tree(
        {"main.py": "import os, signal\nos.kill(os.getpid(), signal.SIGINT)\nfor _ in range(10**9): pass\n"}
    ) as t:
        result = same(t, "main.py")
        assert same(t, "-m", "main").returncode == -2

    assert result.returncode == -2
    assert result.stderr.endswith("KeyboardInterrupt\n")


@posix
@pytest.mark.parametrize("name", ["SIGTERM", "SIGKILL", "SIGHUP"])
def test_death_by_signal(same, name):
    """A program that is killed is seen to be killed, also where nohup has the tests ignore a signal."""
    restore = "" if name == "SIGKILL" else f"signal.signal(signal.{name}, signal.SIG_DFL)"
    with tree({"main.py": f"import os, signal\n{restore}\nos.kill(os.getpid(), signal.{name})\n"}) as t:
        result = same(t, "main.py")

    assert result.returncode < 0


@posix
def test_signal_handler(same):
    """Handlers of the program run in the main thread."""
    program = """
        import os, signal, threading
        def handler(number, frame):
            print(signal.Signals(number).name, threading.current_thread().name, frame.f_code.co_name)
        signal.signal(signal.SIGUSR1, handler)
        os.kill(os.getpid(), signal.SIGUSR1)
        print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)
    """
    with tree({"main.py": program}) as t:
        result = same(t, "main.py")

    assert result.stdout == "SIGUSR1 MainThread <module>\nTrue\n"


def test_order_at_the_end(same):
    """Threads are waited for, then functions run at exit, last registered first, then globals die."""
    program = """
        import atexit, threading, time

        class Last:
            def __del__(self, print=print):
                print("global")

        keep = Last()
        atexit.register(print, "first registered")
        atexit.register(print, "last registered")
        threading.Thread(target=lambda: (time.sleep(0.05), print("thread"))).start()
        print("module")
    """
    with tree({"main.py": program}) as t:
        result = same(t, "main.py")

    assert result.stdout.split("\n") == [
        "module",
        "thread",
        "last registered",
        "first registered",
        "global",
        "",
    ]


def test_order_at_the_end_after_an_error(same):
    """The traceback comes before what runs at exit."""
    program = (
        "import atexit, sys\natexit.register(print, 'exit', file=sys.stderr)\nraise ValueError('mine')\n"
    )
    with tree({"main.py": program}) as t:
        result = same(t, "main.py")

    assert result.stderr.endswith("ValueError: mine\nexit\n")


def test_file_is_gone_at_exit(same):
    """CPython takes `__file__` from `__main__` after a script; functions at exit see that here too."""
    program = "import atexit\natexit.register(lambda: print(sorted(globals())))\n"
    with tree({"main.py": program}) as t:
        result = same(t, "main.py")
        same(t, "main.py", "-")
        same(t, "-m", "main")
        same(t, "-c", program)
        same(t, "-", stdin=program)

    assert "__file__" not in result.stdout


def test_daemon_thread(same):
    """Daemon threads do not keep the program alive."""
    program = """
        import threading, time
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
        print("end")
    """
    with tree({"main.py": program}) as t:
        result = same(t, "main.py")

    assert result.stdout == "end\n"


@posix
def test_standard_output_that_is_full(same):
    """Output that cannot be flushed gives Python's exit code 120."""
    with tree({"main.py": "print('x')\n"}) as t:
        codes = [t.python("-c", FULL, *words, "main.py").stdout for words in ([], ["-m", "loadstone", "run"])]

    assert codes[0] == codes[1]
    assert codes[0].startswith("120")


FULL = """
import subprocess, sys
with open("/dev/full", "w") as full:
    done = subprocess.run([sys.executable, *sys.argv[1:]], stdout=full, stderr=subprocess.PIPE, text=True,
                          env={**__import__("os").environ, "PYTHONUNBUFFERED": ""})
print(done.returncode, done.stderr)
"""


@posix
def test_reader_that_has_gone(same):
    """A program that writes to a closed pipe gets BrokenPipeError, as under Python."""
    with tree({"main.py": "for number in range(100000):\n    print(number)\n"}) as t:
        plain, ours = (
            t.python("-c", GONE, *words, "main.py").stdout for words in ([], ["-m", "loadstone", "run"])
        )

    assert plain == ours
    assert "BrokenPipeError" in ours


GONE = """
import subprocess, sys
child = subprocess.Popen([sys.executable, *sys.argv[1:]], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
child.stdout.readline()
child.stdout.close()
print(child.stderr.read(), child.wait())
"""


@posix
def test_closed_standard_streams(same):
    """A program runs without standard output and standard error."""
    with tree({"main.py": "import sys\nopen('seen', 'w').write(f'{sys.stdout} {sys.stderr}')\n"}) as t:
        result = t.python(
            "-c",
            f"import os\nos.close(1); os.close(2)\nos.execv({os.sys.executable!r}, "
            f"[{os.sys.executable!r}, '-m', 'loadstone', 'run', 'main.py'])",
        )
        seen = (t / "seen").read_text()

    assert (result.returncode, seen) == (0, "None None")


@posix
def test_exec_and_fork_of_the_program(same):
    """A program may replace itself or fork."""
    program = """
        import os, sys
        if "again" in sys.argv:
            print("again", flush=True)
            raise SystemExit(9)
        child = os.fork()
        if not child:
            print("child", flush=True)
            os._exit(0)
        os.waitpid(child, 0)
        os.execv(sys.executable, [sys.executable, __file__, "again"])
    """
    with tree({"main.py": program}) as t:
        result = same(t, "main.py")

    assert (result.stdout, result.returncode) == ("child\nagain\n", 9)
