"""The rules that go over a whole project: run in a copy of this process, where there is one, while others run here."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from loadstone.source.learnt import learn, learnt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from loadstone.check.beside import Beside
    from loadstone.check.diagnostic import Diagnostic
    from loadstone.check.keeping.change import Fact
    from loadstone.check.rule import Rule
    from loadstone.check.whole import Whole
    from loadstone.source.learnt import Learnt

    Findings = dict[str, tuple[Diagnostic, ...]]

__all__ = ["asker", "in_project", "wide"]

_WORTH = 60
"""Modules from which on a copy gains more than it costs."""


class _Answer(NamedTuple):
    """What a copy has found, what it has asked the whole project, and what is to be kept of its reading."""

    found: Findings
    asked: Mapping[str, set[Fact]]
    learnt: Learnt | None


@contextmanager
def wide(whole: Whole, rules: Sequence[Rule], *, copies: bool) -> Iterator[Callable[[], Findings]]:
    """Yield a function that returns what rules find in the project, by rule; with `copies` they may run from now on."""
    if not copies or len(whole.project.modules) < _WORTH:
        yield partial(_every, whole, rules)
        return
    from loadstone.check.beside import Beside

    with Beside(partial(_apart, whole, rules)) as beside:
        yield partial(_together, whole, rules, beside)


def in_project(whole: Whole, rule: Rule) -> tuple[Diagnostic, ...]:
    """Return what a rule that needs the whole project finds in the selected part of it."""
    project = whole.project
    others = project.owners.keys() - {project.modules[name] for name in project.selected}
    with whole.answering(asker(rule.name)):
        found = rule.in_project(whole) if rule.in_project else ()
        return tuple(one for one in found if one.path not in others)


def asker(rule: str) -> str:
    """Return the name under which what a rule asks of the whole project is noted; no module has such a name."""
    return f"({rule})"


def _every(whole: Whole, rules: Sequence[Rule]) -> Findings:
    return {rule.name: in_project(whole, rule) for rule in rules if rule.in_project}


def _apart(whole: Whole, rules: Sequence[Rule]) -> _Answer:
    """Return the answer of the copy."""
    store = whole.library.files.store
    store.part()
    found = _every(whole, rules)
    return _Answer(found, whole.asked, learnt(whole.library) if store.keeps else None)


def _together(whole: Whole, rules: Sequence[Rule], beside: Beside) -> Findings:
    """Return the findings of the copy, and take over the rest; find here what it could not."""
    answer: _Answer | None = beside.result()
    if answer is None:
        return _every(whole, rules)
    for name, facts in answer.asked.items():
        whole.asked.setdefault(name, set()).update(facts)
    if answer.learnt:
        learn(whole.library, answer.learnt)
    return answer.found
