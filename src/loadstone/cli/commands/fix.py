"""``loadstone fix``: repairs that are proven to change nothing else."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from loadstone.errors import BadOptions

if TYPE_CHECKING:
    import argparse

    from loadstone.check.config.settings import Settings
    from loadstone.cli.dispatch import Context
    from loadstone.fix.plan import Plan
    from loadstone.source.tree import Project

__all__ = ["HELP", "SUMMARY", "USAGE", "arguments", "main"]

USAGE = "fix [PATHS] [--diff] [--rule RULES] [--prefer MODULE] [--keep needed|all] [--format text|json]"
SUMMARY = "repairs that are proven to change nothing else: stars, conflicts, missing and double imports"
HELP = """\
Repairs what loadstone check finds in the files and folders given (by default the current folder), where that
can be done without a decision of yours. A repair is written only when it is proven for the whole project:
every name of every module means what it meant, except for those the repair is about; what importing does
happens in the same order; every name that a module takes from another is still there. What cannot be proven
is left as it is, with the reason. All files are written or none.

Exit code 0 where everything is repaired or nothing was to be, 1 where something was left (with --diff: where
there is anything to repair), 2 for wrong use.

options:
  --diff              show the changes as a patch, and write nothing
  --rule RULES        only these: star, star-conflict, star-hides, double-import, missing-submodule, bad-all,
                      alias, unused-ignore
  --prefer MODULE     where stars conflict, the names of this module win (by default those that win now)
  --keep needed|all   names to write in place of a star: those that somebody in the project needs (needed), or
                      all that it brings; in a package's __init__.py it is all in any case
  --format FORMAT     text or json
  --python PATH       the interpreter or virtual environment whose installed packages count

examples:
  loadstone fix --diff
  loadstone fix src/shop --rule star
  loadstone fix --prefer shop.taxes
  loadstone fix --diff > fixes.patch
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's words."""
    parser.add_argument("paths", metavar="PATHS", nargs="*")
    parser.add_argument("--diff", action="store_true")
    parser.add_argument("--rule", action="append", default=[], metavar="RULES")
    parser.add_argument("--prefer", default="", metavar="MODULE")
    parser.add_argument("--keep", choices=("needed", "all"), default="needed")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--python", metavar="PATH")


def main(options: argparse.Namespace, context: Context) -> int:
    """Write the repairs, or show them; return 1 where something is left to do."""
    from loadstone.cli.progress import progress
    from loadstone.fix.journal import recover, write
    from loadstone.fix.plan import plan
    from loadstone.source.store import Store, default_path
    from loadstone.source.tree import find_project

    with Store(default_path()) as store:
        project = find_project(options.paths, python=options.python, running=context.path, store=store)
        recovered = recover(project.root)
        if recovered:
            print(f"loadstone fix: {recovered}", file=sys.stderr)
            project = find_project(options.paths, python=options.python, running=context.path, store=store)
        settings = _settings(project, options)
        everything = options.keep == "all"
        with progress("fixing", sys.stderr) as show:
            found = plan(project, settings, prefer=options.prefer, everything=everything, progress=show)
    if not options.diff:
        write(project.root, found.before, found.after)
    _print(found, options)
    return int(bool(found.refusals or (options.diff and found.repairs)))


def _settings(project: Project, options: argparse.Namespace) -> Settings:
    """Return what pyproject.toml says of the rules, with those that have repairs chosen."""
    from loadstone.check.config.reading import read_settings
    from loadstone.check.rules import NAMES as EVERY
    from loadstone.fix.repairs import NAMES
    from loadstone.words import listed, unknown

    chosen = listed(options.rule)
    problems = [unknown("rule", name, NAMES) for name in chosen if name not in EVERY]
    unable = [name for name in chosen if name in EVERY and name not in NAMES]
    problems += [f"rule {name!r} has no repair; these have: {', '.join(NAMES)}" for name in unable]
    if options.prefer and project.library.locate(options.prefer) is None:
        problems.append(f"--prefer {options.prefer}: there is no such module")
    if problems:
        raise BadOptions(problems=tuple(problems))
    settings = read_settings(project.root, EVERY)
    wanted = chosen or [name for name in NAMES if settings.runs(name)]
    return settings._replace(select=frozenset(wanted), ignore=frozenset(), level="note")


def _print(found: Plan, options: argparse.Namespace) -> None:
    from loadstone.report.fixes import as_diff, as_json, as_patch, as_text, refusals, summary
    from loadstone.report.text import style_for

    style = style_for(sys.stdout)
    if options.format == "json":
        print(as_json(found, written=not options.diff))
        return
    if options.diff:
        if sys.stdout.isatty():
            print(as_diff(found, style), end="")
        else:
            sys.stdout.buffer.write(as_patch(found))
        said = [refusals(found, style_for(sys.stderr)), summary(found, written=False)]
        print("\n".join(filter(None, said)), file=sys.stderr)
        return
    print("\n".join(filter(None, [as_text(found, style), summary(found, written=True)])))
