"""``loadstone verify``: what a change does to names, effects and loops of imports."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING

from loadstone.cli.unfinished import mention_unfinished
from loadstone.errors import BadOptions, BadPatch

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from loadstone.cli.dispatch import Context
    from loadstone.fix.patch_text import Patch
    from loadstone.source.store import Store
    from loadstone.source.tree import Project

__all__ = ["HELP", "SUMMARY", "USAGE", "arguments", "main"]

USAGE = "verify OLD NEW | --git REV[..REV] | - [--format text|json]"
SUMMARY = "whether a change, whoever made it, leaves every name, every effect and every import as it was"
HELP = """\
Compares two states of a project and says in what they differ: which name of which module has another origin,
who loses a name it asks for, which effect of an import happens at another time, which loop of imports crashes
now. It runs nothing. Names that come, and names that go and that nobody in the project asks for, are no
objection. A caution is for names that are gone and that nobody is seen to ask for, where something such as an
eval() may find them all the same. It is the proof that loadstone fix demands of itself, for the patches of people
and of other tools.

  verify OLD NEW      two folders
  verify --git REV    a revision of git, and the files as they are; --git A..B two revisions
  verify -            a patch on standard input, and the project in the current folder; the patch is not applied
                      to the files (one that is there already is compared with what was before it)

Exit code 0 where nothing speaks against the change, 1 where something does, 2 for wrong use.

options:
  --format FORMAT     text or json
  --python PATH       the interpreter or virtual environment whose installed packages count

examples:
  loadstone verify --git HEAD
  isort --diff src | loadstone verify -
  ruff check --select F401,I --diff | loadstone verify -
  loadstone verify ../shop-1.0 ../shop-1.1 --format json
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's words."""
    parser.add_argument("folders", metavar="OLD NEW", nargs="*")
    parser.add_argument("--git", metavar="REV")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--python", metavar="PATH")


def main(options: argparse.Namespace, context: Context) -> int:
    """Print the verdict; return 1 where something speaks against the change."""
    from loadstone.fix.verify import verify
    from loadstone.report.text import style_for
    from loadstone.report.verdicts import as_json, as_text
    from loadstone.source.store import Store, default_path

    mention_unfinished("verify")
    with Store(default_path()) as store, _states(options, context, store) as (before, after):
        verdict = verify(before, after)
        if options.format == "json":
            print(as_json(verdict, after.root))
        else:
            print(as_text(verdict, after.root, style_for(sys.stdout)))
    return int(not verdict.holds)


@contextlib.contextmanager
def _states(options: argparse.Namespace, context: Context, store: Store) -> Iterator[tuple[Project, Project]]:
    """Yield the project before and after the change."""
    from loadstone.fix.revisions import states
    from loadstone.source.tree import find_project

    if options.git and not options.folders:
        here = find_project((), python=options.python, running=context.path, store=store)
        with states(here, options.git) as both:
            yield both
    elif options.folders == ["-"] and not options.git:
        here = find_project((), python=options.python, running=context.path, store=store)
        with _patched(here, sys.stdin.buffer.read()) as both:
            yield both
    elif len(options.folders) == 2 and not options.git:  # noqa: PLR2004  # old and new
        yield _folders(options, context, store)
    else:
        raise BadOptions(problems=("name two folders, or --git REV, or - for a patch on standard input",))


@contextlib.contextmanager
def _patched(here: Project, text: bytes) -> Iterator[tuple[Project, Project]]:
    """A patch that does not fit, and whose reverse does, has been applied already; an empty one changes nothing."""
    from loadstone.fix.patch_text import read_patch

    if not text.strip():  # a tool that has nothing to change
        yield here, here
        return
    patches = read_patch(text)
    try:
        with _changed(here, patches) as after:
            yield here, after
    except BadPatch as reason:
        try:
            with _changed(here, tuple(patch.reverse for patch in reversed(patches))) as before:
                yield before, here
        except BadPatch:
            raise reason from None


@contextlib.contextmanager
def _changed(here: Project, patches: tuple[Patch, ...]) -> Iterator[Project]:
    from loadstone.fix.patches import applied
    from loadstone.fix.revisions import placed

    with applied(here, patches) as folder:
        yield placed(here, folder)


def _folders(options: argparse.Namespace, context: Context, store: Store) -> tuple[Project, Project]:
    from loadstone.fix.revisions import placed
    from loadstone.source.tree import find_project

    old, new = map(os.path.abspath, options.folders)
    wrong = tuple(f"{folder} is no folder" for folder in (old, new) if not os.path.isdir(folder))
    if wrong:
        raise BadOptions(problems=wrong)
    before = find_project((), root=old, python=options.python, running=context.path, store=store)
    return before, placed(before, new)
