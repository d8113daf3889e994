"""Runs the rules over a project: decides nothing itself but which findings are wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from loadstone.check.config.settings import Settings
from loadstone.check.diagnostic import LEVELS
from loadstone.check.rule import load_rule
from loadstone.check.rules import NAMES
from loadstone.check.whole import Whole
from loadstone.check.wide import wide

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from loadstone.check.diagnostic import Diagnostic
    from loadstone.check.rule import Rule
    from loadstone.source.tree import Project

    Progress = Callable[[int, int, str], None]

__all__ = ["Found", "check", "examine", "in_module", "running", "settled"]


class Found(NamedTuple):
    """All that rules have found, before levels and ignores: by module, and by the rules that go over the project."""

    modules: Mapping[str, tuple[Diagnostic, ...]]
    rules: Mapping[str, tuple[Diagnostic, ...]]

    def every(self) -> Iterator[Diagnostic]:
        """Yield each finding."""
        for part in (*self.modules.values(), *self.rules.values()):
            yield from part


def check(
    project: Project, settings: Settings | None = None, progress: Progress | None = None
) -> tuple[Diagnostic, ...]:
    """Return what the rules find in the selected modules of a project, sorted by file and line.

    Empty where nothing is wrong, and for a project without modules. `progress` is called before each module that is
    read anew, and then before each that is checked, with the number of those done, of all, and its name.
    """
    whole = Whole(project, settings or Settings(root=project.root))
    found = examine(whole, progress)
    return settled(whole, found.every(), whole.project.owners)


def examine(whole: Whole, progress: Progress | None = None, *, copies: bool = False) -> Found:
    """Return what the rules find, in all selected modules and in the project; `progress` as for `check`.

    With `copies`, rules may run in a copy of this process at the same time: it has no threads then.
    """
    selected = whole.project.selected
    whole.library.prepare(whole.project.modules, progress, ahead=True)
    rules = tuple(map(load_rule, running(whole.settings)))
    with wide(whole, rules, copies=copies) as rest:
        modules = {}
        for number, name in enumerate(selected):
            if progress:
                progress(number, len(selected), name)
            modules[name] = in_module(whole, name, rules)
        return Found(modules, rest())


def running(settings: Settings) -> tuple[str, ...]:
    """Return the names of the rules that are to run."""
    return tuple(filter(settings.runs, NAMES))


def in_module(whole: Whole, name: str, rules: Iterable[Rule]) -> tuple[Diagnostic, ...]:
    """Return what rules find in one module; empty for one that cannot be compiled."""
    module = whole.module(name)
    if module is None or module.summary.error is not None:
        return ()
    with whole.answering(name):
        return tuple(one for rule in rules if rule.in_module for one in rule.in_module(module))


def settled(whole: Whole, found: Iterable[Diagnostic], paths: Iterable[str]) -> tuple[Diagnostic, ...]:
    """Return the findings that are wanted, in order: levels, per-file patterns and the comments of files applied.

    `paths` are the files of the project in which was looked: where a comment silences nothing, that is found here.
    """
    ran = {*running(whole.settings)}
    selected = {whole.project.modules[name] for name in whole.project.selected}
    by_path: dict[str, list[Diagnostic]] = {path: [] for path in paths if path in selected}
    for one in found:
        level = whole.settings.levels.get(one.rule, one.level)
        by_path.setdefault(one.path, []).append(one if level == one.level else one._replace(level=level))
    kept = (one for path, part in by_path.items() for one in _in_file(whole, ran, path, part))
    return tuple(sorted((one for one in kept if whole.settings.shows(one.level)), key=_order))


def _order(found: Diagnostic) -> tuple[object, ...]:
    """Order by place, and on one place the gravest first."""
    grave = -LEVELS.index(found.level)
    return found.path, found.line, found.column, grave, NAMES.index(found.rule), found.message


def _in_file(whole: Whole, ran: set[str], path: str, found: list[Diagnostic]) -> Iterator[Diagnostic]:
    silent = whole.settings.silent(path)
    heard = (one for one in found if one.rule not in silent)
    if not whole.is_commented(path):
        yield from heard
        return
    from loadstone.check.ignores import Ignores  # few files have such comments

    ignores = Ignores(path, whole.lines.of(path))
    yield from ignores.filter(heard)
    if "unused-ignore" in ran - silent:
        yield from ignores.unused(ran - silent, NAMES)
