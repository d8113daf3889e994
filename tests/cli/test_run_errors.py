"""Uncaught errors under `loadstone run`: Python's own traceback, to the byte."""

from __future__ import annotations

import re

from loadstone.testing import tree


def test_error_in_a_function(same):
    """A traceback shows the program's frames and none of ours."""
    with tree({"main.py": "def f():\n    return 1 / 0\n\nf()\n"}) as t:
        result = same(t, "main.py")

    assert result.returncode == 1
    assert result.stderr.count("File ") == 2


def test_error_in_an_imported_module(same):
    """Frames of imported modules are shown, those of the import system are not."""
    with tree({"main.py": "import broken\n", "broken.py": "x = {}['key']\n"}) as t:
        result = same(t, "main.py")

    assert "KeyError: 'key'" in result.stderr


def test_syntax_error_in_an_imported_module(same):
    """The caret line of a module that does not compile is Python's."""
    with tree({"main.py": "import broken\n", "broken.py": "def f(:\n    pass\n"}) as t:
        result = same(t, "main.py")

    assert "SyntaxError" in result.stderr


def test_explicit_cause(same):
    """`raise ... from ...` shows both errors."""
    with tree(
        {"main.py": "try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    raise ValueError('no') from e\n"}
    ) as t:
        result = same(t, "main.py")

    assert "direct cause" in result.stderr


def test_context(same):
    """An error raised while another is handled shows both."""
    with tree({"main.py": "try:\n    1 / 0\nexcept ZeroDivisionError:\n    int('x')\n"}) as t:
        result = same(t, "main.py")

    assert "During handling" in result.stderr


def test_suppressed_context(same):
    """`from None` hides the first error."""
    with tree(
        {"main.py": "try:\n    1 / 0\nexcept ZeroDivisionError:\n    raise KeyError(1) from None\n"}
    ) as t:
        result = same(t, "main.py")

    assert "ZeroDivisionError" not in result.stderr


def test_exception_group(same):
    """Groups are drawn with their frames of margin."""
    program = """
        def fail(kind):
            raise kind("inside")

        errors = []
        for kind in (ValueError, OSError):
            try:
                fail(kind)
            except Exception as error:
                errors.append(error)
        raise ExceptionGroup("two", [*errors, ExceptionGroup("nested", [KeyError(1)])])
    """
    with tree({"main.py": program}) as t:
        result = same(t, "main.py")

    assert "+-+---------------- 1 ----------------" in result.stderr


def test_notes(same):
    """Notes stand below the error."""
    program = "error = ValueError('a')\nerror.add_note('first\\nsecond')\nraise error\n"
    with tree({"main.py": program}) as t:
        result = same(t, "main.py")

    assert result.stderr.endswith("first\nsecond\n")


def test_error_without_a_message_and_with_a_broken_one(same):
    """An error whose `__str__` fails is printed as Python prints it."""
    program = "class Odd(Exception):\n    def __str__(self):\n        raise RuntimeError\n\nraise Odd\n"
    with tree({"main.py": program}) as t:
        result = same(t, "main.py")

    assert "<exception str() failed>" in result.stderr


def test_endless_recursion(same):
    """Runaway recursion gets as deep as under Python: the count of repeated lines is the same."""
    with tree({"main.py": "def f(n):\n    return f(n + 1)\n\nf(0)\n"}) as t:
        result = same(t, "main.py")
        same(t, "-m", "main")
        same(t, "-c", "def f(n): return f(n + 1)\nf(0)")

    assert "more times]" in result.stderr


def test_depth_that_python_just_allows(same):
    """A program that recurses to the last frame that Python has, runs."""
    program = "def f(n):\n    return n and f(n - 1)\n\nprint(f(990))\n"
    with tree({"main.py": program}) as t:
        result = same(t, "main.py")

    assert result.stdout == "0\n"


def test_error_in_main_module_by_name(same):
    """Under -m, runpy's frames are shown as Python shows them."""
    with tree({"main.py": "raise ValueError\n"}) as t:
        result = same(t, "-m", "main")

    assert "<frozen runpy>" in result.stderr


def test_error_in_code(same):
    """Errors of -c show what the running version of Python shows."""
    with tree({}) as t:
        result = same(t, "-c", "def f():\n    1 / 0\nf()")

    assert "ZeroDivisionError" in result.stderr


def test_error_in_standard_input(same):
    """Errors of a program on standard input name <stdin>."""
    with tree({}) as t:
        result = same(t, "-", stdin="def f():\n    1 / 0\nf()\n")

    assert 'File "<stdin>", line 2, in f' in result.stderr


def test_excepthook_of_the_program(same):
    """The program's own hook is called, with a traceback that starts in the program."""
    program = """
        import sys

        def hook(kind, error, traceback):
            print(kind.__name__, error, traceback.tb_frame.f_code.co_filename == __file__)
            print(sys.excepthook is hook, sys.last_value is error, sys.last_traceback is error.__traceback__)

        sys.excepthook = hook
        raise ValueError("mine")
    """
    with tree({"main.py": program}) as t:
        result = same(t, "main.py")

    assert result.stdout == "ValueError mine True\nTrue True True\n"


def test_excepthook_that_fails(same):
    """Both errors are printed when a hook fails."""
    program = "import sys\nsys.excepthook = lambda *args: 1 / 0\nraise ValueError('mine')\n"
    with tree({"main.py": program}) as t:
        result = same(t, "main.py")

    assert "Error in sys.excepthook:" in result.stderr


def test_excepthook_that_exits(same):
    """A hook decides the exit code by raising SystemExit."""
    program = "import sys\nsys.excepthook = lambda *args: sys.exit(7)\nraise ValueError('mine')\n"
    with tree({"main.py": program}) as t:
        result = same(t, "main.py")

    assert result.returncode == 7


def test_excepthook_deleted(same):
    """A program without a hook gets Python's words for that."""
    with tree({"main.py": "import sys\ndel sys.excepthook\nraise ValueError('mine')\n"}) as t:
        result = same(t, "main.py")

    assert result.stderr.startswith("sys.excepthook is missing")


def test_excepthook_seen_at_exit(same):
    """Functions that run at exit see the hook that the program had."""
    program = """
        import atexit, sys
        atexit.register(lambda: print(sys.excepthook is sys.__excepthook__, sys.last_value))
        raise ValueError("mine")
    """
    with tree({"main.py": program}) as t:
        result = same(t, "main.py")

    assert result.stdout == "True mine\n"


def test_error_in_a_thread(same):
    """An error in a thread is printed as Python prints it, and the program goes on."""
    program = """
        import threading
        thread = threading.Thread(target=lambda: 1 / 0, name="worker")
        thread.start()
        thread.join()
        print("still here")
    """
    with tree({"main.py": program}) as t:
        result = same(t, "main.py")

    assert "Exception in thread worker" in result.stderr


def without_addresses(text):
    return re.sub(" at 0x[0-9a-f]+", "", text)


def test_error_at_exit():
    """An error of a function that runs at exit is printed and changes nothing else."""
    with tree({"main.py": "import atexit\n\n@atexit.register\ndef last():\n    1 / 0\n"}) as t:
        plain, ours = t.python("main.py"), t.loadstone("run", "main.py")

    assert without_addresses(ours.stderr) == without_addresses(plain.stderr)
    assert ours.returncode == plain.returncode == 0


def test_error_in_del():
    """An error that nobody can catch is reported as Python reports it."""
    program = "class Odd:\n    def __del__(self):\n        1 / 0\n\nx = Odd()\ndel x\n"
    with tree({"main.py": program}) as t:
        plain, ours = t.python("main.py"), t.loadstone("run", "main.py")

    assert without_addresses(ours.stderr) == without_addresses(plain.stderr)
    assert "ZeroDivisionError" in ours.stderr


def test_error_whose_traceback_the_program_printed(same):
    """`traceback.print_exc` and `logging.exception` in a handler show the program's frames only."""
    program = """
        import logging, traceback
        def f():
            raise ValueError("mine")
        try:
            f()
        except ValueError:
            traceback.print_exc()
            logging.exception("logged")
    """
    with tree({"main.py": program}) as t:
        result = same(t, "main.py")

    assert result.stderr.count("Traceback") == 2


def test_assertion_error(same):
    """A failed assert is an error like others, and is gone under -O."""
    with tree({"main.py": "assert 1 > 2, 'no'\nprint('past')\n"}) as t:
        same(t, "main.py")
        result = same(t, "-O", "main.py")

    assert result.stdout == "past\n"
