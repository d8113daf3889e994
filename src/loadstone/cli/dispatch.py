"""The commands other than ``run``: which there are, how their lines are parsed, and how they end."""

from __future__ import annotations

import importlib
import os
import sys
from typing import TYPE_CHECKING

import loadstone
from loadstone.cli.parser import Parser
from loadstone.errors import FileMissing, LoadstoneError, NoSuchModule, SyncFailed
from loadstone.spelling import nearest
from loadstone.words import meant

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

__all__ = ["COMMANDS", "Context", "dispatch", "options"]

COMMANDS = ("run", "show", "why", "check", "fix", "verify", "graph", "space", "demo", "completion")

INTERRUPTED = 130  # what a shell gives for a command that was stopped with Ctrl-C

HELP = """\
usage: loadstone COMMAND ...

A module system for Python: every name says where it came from, what it hid, and why an import failed.

commands:
{commands}

  loadstone COMMAND --help    what it does, with examples
  loadstone --version         the version

examples:
  loadstone demo                              the first minute, on a small folder made for it
  loadstone run report.py --year 2024         python report.py --year 2024, and a failed import explained
  loadstone show report.py                    where each of its names comes from, and what each hides
  loadstone why random                        which file `import random` gives, and why that one
"""


class Context:
    """What a command needs besides its own options: the path on which a program would look for modules."""

    def __init__(self, path: Sequence[str]) -> None:
        self.path = tuple(path)
        self.safe = bool(sys.flags.safe_path)


def dispatch(args: Sequence[str], path: Sequence[str]) -> int:
    """Run one command and return its exit code; errors of use are one line on standard error, and 2."""
    try:
        _print_anything()
        code = _dispatch(list(args), Context(path))
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # The reader has gone (`| head`): nothing is left to say, also not when Python flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    except LoadstoneError as error:
        return _fail(args, f"{error}{_meant(error)}", 1 if isinstance(error, SyncFailed) else 2)
    except SyntaxError as error:
        return _fail(args, _pointed(error, args), 1)
    except OSError as error:
        return _fail(args, f"{error.filename or 'the system'}: {error.strerror or error}", 1)


def _print_anything() -> None:
    """A path need not be text, and a terminal need not know all letters: what it cannot show is escaped."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def options(name: str) -> tuple[str, ...]:
    """Return the options of a command as they are typed; `run` reads its own, before a program of any name."""
    chosen = _command(name)
    return (*chosen.OPTIONS, "-m", "-c") if name == "run" else _parser(name, chosen).words


def _dispatch(args: list[str], context: Context) -> int:
    if not args or args[0] in ("-h", "--help", "help"):
        print(HELP.format(commands=_overview()), end="")
        return 0 if args else 2
    if args[0] in ("-V", "--version"):
        print(f"loadstone {loadstone.__version__} (Python {sys.version.split()[0]})")
        return 0
    if args[0] not in COMMANDS:
        return _fail([], _unknown(args[0], args[1:]), 2)
    chosen = _command(args[0])
    if {"-h", "--help"} & set(args[1:]):
        print(f"usage: loadstone {chosen.USAGE}\n\n{chosen.HELP}", end="")
        return 0
    return int(chosen.main(_parser(args[0], chosen).parse_intermixed_args(args[1:]), context))


def _command(name: str) -> ModuleType:
    """Return the module of a command: it has USAGE, SUMMARY, HELP, `arguments` and `main`."""
    return importlib.import_module(f"loadstone.cli.commands.{name}")


def _parser(name: str, chosen: ModuleType) -> Parser:
    parser = Parser(prog=f"loadstone {name}", usage=chosen.USAGE, add_help=False)
    parser.add_argument("-h", "--help", action="store_true")
    chosen.arguments(parser)
    return parser


def _overview() -> str:
    rows = [(chosen.USAGE, chosen.SUMMARY) for chosen in map(_command, COMMANDS)]
    return "\n".join(f"  {usage}\n      {summary}" for usage, summary in rows)


def _unknown(word: str, rest: Sequence[str]) -> str:
    if word.startswith("-"):
        near = meant(word, ("--help", "--version"))
        return f"unknown option {word}{near or '; the command comes first, as in loadstone show --all FILE'}"
    close = nearest(word, COMMANDS)
    if close:
        return f"there is no command {word}: did you mean loadstone {' '.join([close, *rest])}?"
    if os.path.exists(word):
        return f"there is no command {word}: to run it, loadstone run {word}; to look into it, loadstone show {word}"
    return f"there is no command {word}; there are: {', '.join(COMMANDS)}"


def _fail(args: Sequence[str], said: str, code: int) -> int:
    print(f"loadstone {args[0]}: {said}" if args else f"loadstone: {said}", file=sys.stderr)
    return code


def _meant(error: LoadstoneError) -> str:
    """Return what the user may have meant, where something like it exists."""
    from loadstone.explain.similar import similar_file, similar_module
    from loadstone.report.text import relative
    from loadstone.source.project import Library

    if isinstance(error, NoSuchModule):
        close = similar_module(Library(error.searched), error.name)
        return f"; did you mean {close}?" if close else f"; loadstone why {error.name} lists them"
    close = similar_file(error.path) if isinstance(error, FileMissing) else ""
    return f"; did you mean {relative(close)}?" if close else ""


def _pointed(error: SyntaxError, args: Sequence[str]) -> str:
    """Return a syntax error with its place, its line and a caret; CPython gives none for null bytes."""
    from loadstone.report.text import relative

    if error.filename is None or error.lineno is None:
        return f"{error.filename or args[-1]}: {error.msg}"
    place = f"{relative(error.filename)}:{error.lineno}:{error.offset}"
    line = (error.text or "").rstrip("\n")
    stripped = line.lstrip()
    if not stripped or error.offset is None:
        return f"{place}: {error.msg}"
    caret = " " * max(error.offset - 1 - (len(line) - len(stripped)), 0) + "^"
    return f"{place}: {error.msg}\n    {stripped}\n    {caret}"
