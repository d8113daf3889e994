"""``loadstone why``: which file an import finds and why that one; where a name comes from."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from loadstone.cli.dispatch import Context
    from loadstone.report.provenance import Provenance
    from loadstone.report.resolution import Resolved
    from loadstone.report.targets import Target

__all__ = ["HELP", "SUMMARY", "USAGE", "arguments", "main"]

USAGE = "why MODULE | MODULE:NAME | FILE:NAME | FILE:LINE:NAME [--all] [--run] [--space NAME] [--format text|json]"
SUMMARY = "which file an import finds and why that one; where a name comes from, by scope"
HELP = """\
For a MODULE: every finder and path entry in the order in which Python asks them, what each has under
that name, which one wins, what it hides, and what is cached. For MODULE:NAME: the statements from the
name to where it was first bound. For FILE:LINE:NAME: the scope that the name belongs to on that line
(local, enclosing, class, global, builtin), and the import that brought it.

Nothing is imported and no file of yours is run. The path is that of a program in the current folder,
or beside the FILE. The exit code is 1 when the module or the name is not found.

options:
  --all               for a.b.c, also how a and a.b are found
  --run               import the module first, and answer for what is really there
  --space NAME        MODULE or MODULE:NAME in a space that pyproject.toml declares: who decides about the module, and
                      the space's own path
  --format json       for programs

examples:
  loadstone why random
  loadstone why rich.console
  loadstone why report:join
  loadstone why report.py:12:join
  loadstone why jinja2 --space legacy
  loadstone why jinja2:Template --space legacy
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's words."""
    parser.add_argument("question", metavar="MODULE | MODULE:NAME | FILE:LINE:NAME")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--run", action="store_true")
    parser.add_argument("--space", metavar="NAME")
    parser.add_argument("--format", choices=("text", "json"), default="text")


def main(options: argparse.Namespace, context: Context) -> int:
    """Print the answer; return 0, or 1 when the module or name is not found, or running it failed."""
    from loadstone.report.targets import target
    from loadstone.runtime.views import PREFIX, parts

    if options.space is None and options.question.startswith(f"{PREFIX}."):
        # As the host's own statements name it.
        options.space, options.question = parts(options.question)
    if options.space is not None:
        return _print(_in_space(options, context), options)
    where, line, name = _parts(options.question)
    asked = target(where, context.path, safe=context.safe)
    answer = _live(asked, name) if options.run else _answer(asked, line, name, everything=options.all)
    if answer is None:
        return 1
    return _print(answer, options)


def _print(answer: Resolved | Provenance, options: argparse.Namespace) -> int:
    from loadstone.report.text import style_for

    print(answer.to_json() if options.format == "json" else answer.text(style_for(sys.stdout)))
    return 0 if answer.found else 1


def _in_space(options: argparse.Namespace, context: Context) -> Resolved | Provenance:
    from loadstone.declared.catalog import Catalog
    from loadstone.errors import BadOptions
    from loadstone.names import ModuleName
    from loadstone.report.asking import space_name_why, space_why
    from loadstone.report.targets import is_file_name

    here = os.getcwd()
    if not options.question:
        space = options.space
        raise BadOptions(
            problems=(f"{space!r} is a space: ask for a module of it, or loadstone space list {space}",)
        )
    where, line, name = _parts(options.question)
    if line or is_file_name(where, here):
        raise BadOptions(problems=(f"a space is asked for MODULE or MODULE:NAME, not {options.question!r}",))
    module, catalog = ModuleName.parse(where), Catalog(here, context.path)
    host = [*([] if context.safe else [here]), *context.path]
    if name:
        return space_name_why(options.space, module, name, catalog, host)
    return space_why(options.space, module, catalog, host, everything=options.all)


def _parts(question: str) -> tuple[str, int, str]:
    """Return file or module, line (0 for none) and name (empty for none) of a question."""
    drive, rest = os.path.splitdrive(question)
    match rest.split(":"):
        case [where, line, name] if line.isdigit():
            return drive + where, int(line), name
        case [where, name]:
            return drive + where, 0, name
        case _:
            return question, 0, ""


def _answer(asked: Target, line: int, name: str, *, everything: bool) -> Resolved | Provenance:
    from loadstone.report import asking

    if line:
        return asking.place_why(asked, line, name)
    return asking.name_why(asked, name) if name else asking.module_why(asked, everything=everything)


def _live(asked: Target, name: str) -> Resolved | Provenance | None:
    from loadstone.cli.running import imported
    from loadstone.report.live import module_live, name_live

    module = imported(asked)
    if module is None:
        return None
    return name_live(module, name) if name else module_live(module, asked)
