"""``loadstone check``: problems that can be seen without running the program."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from loadstone.cli.unfinished import mention_unfinished
from loadstone.errors import BadOptions

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from loadstone.check.config.settings import Settings
    from loadstone.check.diagnostic import Diagnostic
    from loadstone.check.keeping.answer import Answer
    from loadstone.cli.dispatch import Context
    from loadstone.report.text import Style
    from loadstone.source.inputs import Input
    from loadstone.source.store import Store
    from loadstone.source.tree import Project

__all__ = ["HELP", "SUMMARY", "USAGE", "arguments", "main"]

USAGE = (
    "check [PATHS] [--select|--ignore RULES] [--level LEVEL] [--format text|json|github] [--explain [RULE]]"
)
SUMMARY = "problems of names and imports: conflicts, cycles that crash, names that are not there"
HELP = """\
Reads the files and folders given (by default the current folder) as parts of their project, runs nothing,
and prints what its rules find: the lines of both sides, and the edit that would settle it.

An error is certain and changes what the program does, a warning is most likely a mistake, a note is
something to know. Exit code 1 where there are errors or warnings, 0 where there are only notes or nothing,
2 for wrong use.

options:
  --select RULES      only these rules: --select star-conflict,crash-cycle
  --ignore RULES      all rules but these
  --level LEVEL       show only findings of this level or above: note (all), warning or error
  --format FORMAT     text, json (one object), or github (commands of a workflow)
  --statistics        only how often each rule found something
  --explain [RULE]    what a rule finds, why, and what to write instead; without RULE a list of them
  --python PATH       the interpreter or virtual environment whose installed packages count
  --no-cache          read every file anew, and keep nothing for the next time

In pyproject.toml, [tool.loadstone.check] has select, ignore, level, levels, per-file-ignores and aliases. In
the code, # loadstone: ignore[RULE] silences a rule for one statement.

examples:
  loadstone check
  loadstone check src/shop --level warning
  loadstone check --select star-conflict,star-hides --format github
  loadstone check --explain crash-cycle
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's words."""
    parser.add_argument("paths", metavar="PATHS", nargs="*")
    parser.add_argument("--select", action="append", default=[], metavar="RULES")
    parser.add_argument("--ignore", action="append", default=[], metavar="RULES")
    parser.add_argument("--level", choices=("note", "warning", "error"))
    parser.add_argument("--format", choices=("text", "json", "github"), default="text")
    parser.add_argument("--statistics", action="store_true")
    parser.add_argument("--explain", nargs="?", const="", metavar="RULE")
    parser.add_argument("--python", metavar="PATH")
    parser.add_argument("--no-cache", action="store_true")


def main(options: argparse.Namespace, context: Context) -> int:
    """Print the findings; return 1 if any is a warning or an error."""
    _combined(options)
    if options.explain is not None:
        return _explain(options.explain)
    from loadstone.source.store import Store, default_path

    _python_files(options.paths)
    mention_unfinished("check", options.paths)
    with Store(None if options.no_cache else default_path()) as store:
        answer = _answer(options, context, store)
    found = answer.found
    _print(found, answer.files, options)
    return int(any(one.level != "note" for one in found))


def _combined(options: argparse.Namespace) -> None:
    """Raise BadOptions for what is printed as text alone, and asked for in another form."""
    given = {"--statistics": options.statistics, "--explain": options.explain is not None}
    wrong = [name for name, said in given.items() if said and options.format != "text"]
    if wrong:
        raise BadOptions(problems=(f"{wrong[0]} is text: leave out --format {options.format}",))


def _answer(options: argparse.Namespace, context: Context, store: Store) -> Answer:
    """Return the findings: those of the last time, if nothing has changed since."""
    from loadstone.check.keeping.answer import question, recall
    from loadstone.source.inputs import changed

    asked = [os.path.abspath(path) for path in options.paths]
    key = question(asked, options.select, options.ignore, options.level, options.python, context.path)
    answer = recall(store, key)
    changes = changed(answer.inputs) if answer else []
    if answer and not changes:
        return answer
    with _few_collections():
        find = partial(_project, options, context, store)
        again = _again(store, key, answer, changes, find) if answer else None
        return again or _checked(options, find(), store, key)


def _project(options: argparse.Namespace, context: Context, store: Store) -> Project:
    from loadstone.source.tree import find_project

    return find_project(options.paths, python=options.python, running=context.path, store=store)


def _again(
    store: Store, key: bytes, answer: Answer, changes: Sequence[Input], find: Callable[[], Project]
) -> Answer | None:
    """Return the findings after an edit; None where it takes a check of the whole project."""
    from loadstone.check.keeping.checking import check_again

    return check_again(store, key, answer, changes, find, copies=True)


def _checked(options: argparse.Namespace, project: Project, store: Store, key: bytes) -> Answer:
    from loadstone.check.keeping.checking import check_all
    from loadstone.cli.progress import progress

    settings = _settings(project, options)
    with progress("checking", sys.stderr) as show:
        return check_all(project, settings, store, key, show, copies=True)


@contextmanager
def _few_collections() -> Iterator[None]:
    """Look for garbage seldom, and never in what is left: a million small objects, which end with the process."""
    usual = gc.get_threshold()
    gc.set_threshold(500_000, 20, 1000)
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(*usual)


def _python_files(paths: Iterable[str]) -> None:
    """Raise BadOptions for files that were named and are not Python's."""
    wrong = [path for path in paths if os.path.isfile(path) and not path.endswith(".py")]
    if wrong:
        raise BadOptions(
            problems=tuple(f"{path} is no Python file: name folders and .py files" for path in wrong)
        )


def _settings(project: Project, options: argparse.Namespace) -> Settings:
    """Return what pyproject.toml says, changed by the command line."""
    from loadstone.check.config.reading import read_settings
    from loadstone.check.rules import NAMES
    from loadstone.words import listed, unknown

    select, ignore = frozenset(listed(options.select)), frozenset(listed(options.ignore))
    wrong = tuple(unknown("rule", name, NAMES) for name in sorted((select | ignore) - {*NAMES}))
    if wrong:
        raise BadOptions(problems=wrong)
    settings = read_settings(project.root, NAMES)
    return settings._replace(
        select=select or settings.select,
        ignore=(settings.ignore - select) | ignore,
        level=options.level or settings.level,
    )


def _print(found: Sequence[Diagnostic], files: int, options: argparse.Namespace) -> None:
    from loadstone.report.diagnostics import advice, statistics, summary
    from loadstone.report.text import style_for

    if options.format == "json":
        from loadstone.report.diagnostics_data import as_json

        print(as_json(found, files))
        return
    style = style_for(sys.stdout)
    if options.statistics:
        table = statistics(found, style)
        print(table, end="\n" if table else "")
    else:
        _print_each(found, options.format, style)
    print(summary(found, files))
    if said := advice(found):
        print(f"{style.good('help')}: {said}")


def _print_each(found: Sequence[Diagnostic], form: str, style: Style) -> None:
    if form == "github":
        from loadstone.report.diagnostics_data import as_github

        for one in found:
            print(as_github(one))
        return
    from loadstone.check.lines import Lines
    from loadstone.report.diagnostics import as_text

    lines = Lines()
    for one in found:
        print(as_text(one, lines, style), end="\n\n")


def _explain(name: str) -> int:
    """Print the page of a rule, or the list of all."""
    from loadstone.check.rule import load_rule
    from loadstone.check.rules import NAMES, every
    from loadstone.words import unknown

    if not name:
        width = max(map(len, NAMES))
        for rule in every():
            print(f"{rule.name:{width}}  {rule.summary}")
        return 0
    if name not in NAMES:
        raise BadOptions(problems=(unknown("rule", name, NAMES),))
    rule = load_rule(name)
    print(f"{name} ({' or '.join(rule.levels)})\n\n{rule.page}")
    return 0
