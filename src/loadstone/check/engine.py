"""Runs the rules over a project: decides nothing itself but which findings are wanted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from loadstone.check.config.settings import Settings
from loadstone.check.diagnostic import LEVELS
from loadstone.check.ignores import Ignores
from loadstone.check.rules import NAMES, every
from loadstone.check.whole import Whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from loadstone.check.diagnostic import Diagnostic
    from loadstone.check.rule import Rule
    from loadstone.source.tree import Project

__all__ = ["check"]


def check(
    project: Project,
    settings: Settings | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> tuple[Diagnostic, ...]:
    """Return what the rules find in the selected modules of a project, sorted by file and line.

    Empty where nothing is wrong, and for a project without modules. `progress` is called before each module that is
    read anew, and then before each that is checked, with the number of those done, of all, and its name.
    """
    settings = settings or Settings(root=project.root)
    project.library.prepare(project.modules, progress)
    whole = Whole(project, settings)
    rules = tuple(rule for rule in every() if settings.runs(rule.name))
    found = [*_in_modules(whole, rules, progress), *_in_project(whole, rules)]
    wanted = (one for one in _settled(whole, rules, found) if settings.shows(one.level))
    return tuple(sorted(wanted, key=_order))


def _order(found: Diagnostic) -> tuple[object, ...]:
    """Order by place, and on one place the gravest first."""
    grave = -LEVELS.index(found.level)
    return found.path, found.line, found.column, grave, NAMES.index(found.rule), found.message


def _in_modules(
    whole: Whole, rules: tuple[Rule, ...], progress: Callable[[int, int, str], None] | None
) -> Iterator[Diagnostic]:
    selected = whole.project.selected
    for number, name in enumerate(selected):
        if progress:
            progress(number, len(selected), name)
        module = whole.module(name)
        if module is None or module.summary.error is not None:
            continue
        for rule in rules:
            if rule.in_module:
                yield from rule.in_module(module)


def _in_project(whole: Whole, rules: tuple[Rule, ...]) -> Iterator[Diagnostic]:
    """Yield what the rules that need the whole project find in the selected part of it."""
    others = whole.project.owners.keys() - {whole.project.modules[name] for name in whole.project.selected}
    for rule in rules:
        if rule.in_project:
            yield from (one for one in rule.in_project(whole) if one.path not in others)


def _settled(whole: Whole, rules: tuple[Rule, ...], found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Apply levels, per-file patterns and the comments of each file."""
    by_path: dict[str, list[Diagnostic]] = {}
    for one in found:
        level = whole.settings.levels.get(one.rule, one.level)
        by_path.setdefault(one.path, []).append(one if level == one.level else replace(one, level=level))
    selected = (whole.project.modules[name] for name in whole.project.selected)
    for path in dict.fromkeys((*by_path, *selected)):
        yield from _in_file(whole, rules, path, by_path.get(path, []))


def _in_file(
    whole: Whole, rules: tuple[Rule, ...], path: str, found: list[Diagnostic]
) -> Iterator[Diagnostic]:
    ran = {rule.name for rule in rules}
    silent = whole.settings.silent(path)
    ignores = Ignores(path, whole.lines.of(path))
    yield from ignores.filter(one for one in found if one.rule not in silent)
    if "unused-ignore" in ran - silent:
        yield from ignores.unused(ran - silent, NAMES)
