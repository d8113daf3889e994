"""Tools that run or watch programs, under `loadstone run`."""

from __future__ import annotations

import sys

import pytest

from loadstone.testing import tree


def test_doctest_in_main(same):
    """`doctest.testmod()` finds the program's docstrings."""
    program = """
        import doctest

        def f():
            '''
            >>> f()
            2
            '''
            return 1

        print(doctest.testmod())
    """
    with tree({"main.py": program}) as t:
        result = same(t, "main.py")

    assert "failed=1" in result.stdout


def test_doctest_by_name(same):
    """`-m doctest FILE` reports the same failure."""
    with tree({"words.txt": ">>> 1 + 1\n3\n"}) as t:
        result = same(t, "-m", "doctest", "words.txt")

    assert result.returncode == 1


def test_unittest_main():
    """`unittest.main()` finds the program's tests and sets the exit code."""
    program = """
        import unittest
        class T(unittest.TestCase):
            def test_a(self): self.assertEqual(1, 2)
            def test_b(self): pass
        unittest.main()
    """
    with tree({"main.py": program}) as t:
        plain, ours = t.python("main.py"), t.loadstone("run", "main.py")

    assert without_time(ours) == without_time(plain)
    assert ours.returncode == 1


def test_unittest_by_name():
    """`-m unittest` discovers tests."""
    with tree(
        {"test_a.py": "import unittest\nclass T(unittest.TestCase):\n    def test_a(self): 1 / 0\n"}
    ) as t:
        plain, ours = t.python("-m", "unittest"), t.loadstone("run", "-m", "unittest")

    assert without_time(ours) == without_time(plain)
    assert ours.returncode == 1


def without_time(result):
    return [line for line in result.stderr.splitlines() if not line.startswith("Ran ")]


def test_pdb_by_name(same):
    """`-m pdb FILE` steps through the program, to its end and past it."""
    with tree({"main.py": "def f(x):\n    y = x + 1\n    return y\n\nprint(f(1))\n"}) as t:
        same(t, "-m", "pdb", "main.py", stdin="b f\nc\np x\nn\np y\nr\nn\nn\nn\nq\n")
        same(t, "-m", "pdb", "-c", "p 1", "-c", "c", "main.py", stdin="q\n")
        result = same(t, "-m", "pdb", "main.py", stdin="c\nq\n")

    assert result.returncode == 0


def test_pdb_after_an_error(same):
    """`-m pdb` enters post mortem on an error."""
    with tree({"main.py": "def f(x):\n    return x / 0\n\nf(1)\n"}) as t:
        result = same(t, "-m", "pdb", "main.py", stdin="c\np x\nq\n")

    assert "ZeroDivisionError" in result.stderr


def test_breakpoint_before_an_error():
    """Stepping past an uncaught error ends the program with Python's traceback.

    On the way the debugger stops once more, in Loadstone: nothing can keep it from seeing the error pass.
    """
    with tree({"main.py": "breakpoint()\nx = 1\nx / 0\n"}) as t:
        plain, ours = (
            run("main.py", stdin="n\nn\nn\nc\n")
            for run in (t.python, lambda *a, **k: t.loadstone("run", *a, **k))
        )

    assert ours.stderr == plain.stderr
    assert ours.stdout.startswith(plain.stdout.rstrip())


def test_breakpoint_by_environment(same):
    """PYTHONBREAKPOINT is honoured."""
    with tree({"main.py": "breakpoint()\nprint('end')\n"}) as t:
        result = same(t, "main.py", env={"PYTHONBREAKPOINT": "0"})

    assert result.stdout == "end\n"


def test_trace_function(same):
    """`sys.settrace` sees the program's lines and calls, and nothing of ours, to the last line."""
    program = """
        import sys
        def tracer(frame, event, arg):
            print(event, frame.f_code.co_name, frame.f_lineno, frame.f_code.co_filename == __file__)
            return tracer
        def f():
            return 1
        sys.settrace(tracer)
        f()
    """
    with tree({"main.py": program}) as t:
        result = same(t, "main.py")

    assert "call f 5 True" in result.stdout


def test_cprofile_by_name():
    """`-m cProfile` counts the same calls."""
    with tree({"main.py": "def f():\n    return 1\n\nfor _ in range(5):\n    f()\n"}) as t:
        plain, ours = (
            run("-m", "cProfile", "main.py").stdout for run in (t.python, lambda *a: t.loadstone("run", *a))
        )

    assert [line.split()[0] for line in ours.splitlines() if "main.py" in line] == [
        line.split()[0] for line in plain.splitlines() if "main.py" in line
    ]


def test_coverage_by_name(same):
    """`-m coverage run` measures the same lines, in children too."""
    pytest.importorskip("coverage")
    program = "import os\nif len(os.sys.argv) > 5:\n    print('never')\nprint('end')\n"
    with tree({"main.py": program}) as t:
        same(t, "-m", "coverage", "run", "--branch", "main.py")
        result = same(t, "-m", "coverage", "report", "-m")

    assert " 3" in result.stdout


def test_coverage_from_outside():
    """A program under `loadstone run` is measured by a coverage that measures the process."""
    pytest.importorskip("coverage")
    with tree({"mine.py": "x = 1\nif x > 1:\n    print('never')\n"}) as t:
        t.python("-m", "coverage", "run", "--include=mine.py", "-m", "loadstone", "run", "mine.py")
        ours = t.python("-m", "coverage", "report", "-m").stdout
        t.python("-m", "coverage", "run", "--include=mine.py", "mine.py")
        plain = t.python("-m", "coverage", "report", "-m").stdout

    assert ours == plain


def test_pytest_by_name():
    """`-m pytest` rewrites asserts, and its report is the same."""
    with tree({"test_a.py": "def test_a():\n    x = [1, 2]\n    assert x == [1, 3]\n"}) as t:
        plain, ours = (
            run("-m", "pytest", "-q", "-p", "no:cacheprovider").stdout.rpartition(" in ")[0]
            for run in (t.python, lambda *a: t.loadstone("run", *a))
        )

    assert ours == plain
    assert "At index 1 diff: 2 != 3" in ours


def test_faulthandler():
    """A dump of the stack begins as Python's does; our own frames stand at its end."""
    program = "import faulthandler\ndef f():\n    faulthandler.dump_traceback()\nf()\n"
    with tree({"main.py": program}) as t:
        plain, ours = t.python("main.py").stderr, t.loadstone("run", "main.py").stderr

    assert ours.splitlines()[1:3] == plain.splitlines()[1:3]


@pytest.mark.parametrize(
    "args",
    [
        ["-m", "http.server", "--help"],
        ["-m", "json.tool", "--help"],
        ["-m", "zipapp", "--help"],
        ["-m", "venv", "--help"],
        ["-m", "timeit", "-h"],
        ["-m", "tabnanny", "--nonsense"],
        ["-m", "calendar", "2024", "2"],
        ["-m", "this"],
        ["-m", "platform"],
        ["-m", "sysconfig"],
        ["-m", "site"],
        ["-m", "ast", "main.py"],
        ["-m", "tokenize", "main.py"],
        ["-m", "pydoc", "main"],
        ["-m", "py_compile", "main.py", "missing.py"],
        ["-m", "zipfile", "-l", "main.py"],
        ["-m", "runpy", "main"],
        ["-m", "encodings.rot_13"],
        ["-m", "inspect", "json:dumps"],
        ["-m", "mimetypes", "a.json"],
        ["-m", "antigravity_is_no_module"],
    ],
    ids=lambda args: " ".join(args[1:]),
)
def test_modules_of_the_standard_library(same, args):
    """Modules of the standard library that are programs do what they do under Python."""
    with tree({"main.py": '"""Words."""\n\ndef f(x):\n    """More words."""\n    return [x]\n'}) as t:
        same(t, *args, stdin="")


def test_json_tool(same):
    """A filter reads standard input and writes standard output."""
    with tree({}) as t:
        same(t, "-m", "json.tool", stdin="{bad")
        result = same(t, "-m", "json.tool", stdin='{"a": [1]}')

    assert result.returncode == 0


def test_loadstone_under_itself(same):
    """`loadstone run -m loadstone run FILE` runs FILE."""
    with tree({"main.py": "import sys\nprint(sys.argv, __name__)\n1 / 0\n"}) as t:
        twice = t.loadstone("run", "-m", "loadstone", "run", "main.py", "x")
        once = t.loadstone("run", "main.py", "x")

    assert (twice.stdout, twice.stderr, twice.returncode) == (once.stdout, once.stderr, once.returncode)


def test_async_program(same):
    """An event loop, its tasks and its errors behave as under Python."""
    program = """
        import asyncio

        async def f():
            await asyncio.sleep(0)
            raise ValueError("mine")

        asyncio.run(f())
    """
    with tree({"main.py": program}) as t:
        result = same(t, "main.py")

    assert "ValueError: mine" in result.stderr


def test_flags_that_print(same):
    """-V and Python's other questions are answered by Python."""
    with tree({}) as t:
        for flag in ("-V", "--version", "-VV", "-?", "--help-env", "--help-all"):
            same(t, flag)
        result = same(t, "--version", "main.py")

    assert result.stdout.strip() == f"Python {sys.version.split()[0]}"
