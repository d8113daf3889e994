"""``loadstone run``: a program exactly as ``python`` runs it, and its import failures explained."""

from __future__ import annotations

import sys
from os import getpid

from loadstone.cli.flags import Usage, parse
from loadstone.runtime.asked import Program, replace_process
from loadstone.runtime.program import run

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn

    from loadstone.cli.flags import Order

__all__ = ["HELP", "SUMMARY", "USAGE", "main"]

USAGE = "run [OPTIONS] [PYTHON FLAGS] FILE | -m MODULE | -c CODE | -  [ARGS...]"
SUMMARY = "a program exactly as python runs it, and below a failed import the reason and the repair"
HELP = """\
FILE is a script, a .pyc file, or a folder or zip file with a __main__.py; - is standard input.
Output and exit code are those of python. Below the traceback of an uncaught import error stands
why it happened and the smallest repair.

options, before the program:
  --strict            a module whose star imports conflict is an error
  --times             at the end, print the slowest modules as a tree to standard error
  --trace FILE.json   at the end, write every import: where from, how long, with what outcome
  --no-explain        print nothing but what python prints
  -h, --help          print this and exit

python flags (-O -B -u -i -I -E -s -S -P -q -v -b -W ARG -X OPT ...) mean what they mean to python.

examples:
  loadstone run report.py --year 2024
  loadstone run -m pytest -q
  loadstone run -X dev -W error -m shop.cli
  loadstone run --times report.py
  echo 'print(6 * 7)' | loadstone run -
"""

OPTIONS = {
    "-h": ("help", False),
    "--help": ("help", False),
    "--no-explain": ("no-explain", False),
    "--strict": ("strict", False),
    "--times": ("times", False),
    "--trace": ("trace", True),
}


def main(args: list[str]) -> int:
    """Run the program that `args` name; return the exit code, 0 when it ended without one of its own."""
    try:
        order = parse(args, OPTIONS)
        if "help" in order.options:
            print(f"usage: loadstone {USAGE}\n\n{HELP}", end="")
            return 0
        if order.flags:
            _start_again(order)
        watch = _watch(order)
    except Usage as error:
        print(f"loadstone run: {error}", file=sys.stderr)
        return 2
    program = Program(order.kind, order.target, order.args, order.rest, _flags_in_force())
    program.skip_first_line = order.skip_first_line
    explain = None if "no-explain" in order.options else _explain
    if explain is not None and program.kind == "module":
        _at_exit()
    run(program, explain=explain, watch=watch)
    return 0


def _start_again(order: Order) -> NoReturn:
    """Replace this process by an interpreter that has the flags which the user gave after ``run``."""
    python = [sys.executable, *_flags_in_force(), *order.flags]
    if order.asks_python:
        replace_process(python)
    # By its path, not by -m: -I, -E, -s and -S would not find an installation that only they leave out.
    package = sys.modules["loadstone"].__path__[0]
    replace_process([*python, f"{package}/__main__.py", "run", *order.words, *order.rest])


def _flags_in_force() -> list[str]:
    """Return the flags that this interpreter was started with, read from its own command line."""
    try:
        return parse(sys.orig_argv[1:], {}).flags
    except Usage:  # an interpreter that knows more flags than we do
        return []


def _watch(order: Order) -> Callable[[], Callable[[], None]] | None:
    """Return what starts watching imports where an option asks for it; without one, Python's own import runs."""
    if not order.options.keys() & {"strict", "times", "trace"}:
        return None
    from loadstone.cli.observing import Watch

    return Watch(order.options)


def _at_exit() -> None:
    """Explain, when the program has ended, the warning with which runpy starts a module that was imported before."""
    import atexit

    process = getpid()

    def explain() -> None:
        registry = sys.modules["runpy"].__dict__.get("__warningregistry__") or ()
        for key in registry if getpid() == process else ():
            if type(key) is tuple and key[1] is RuntimeWarning:
                _explain(key[1](key[0]))

    atexit.register(explain)


def _explain(error: BaseException) -> None:
    """Print why an import failed, below the traceback; nothing for errors of other kinds."""
    if sys.stderr is not None:
        from loadstone.explain.reporting import report

        report(error)
