"""Conflicts of stars as findings: the same two statements are one finding, however many names they share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.check.diagnostic import Diagnostic, Edit, Place
from loadstone.check.uses import is_used, use_of
from loadstone.check.words import quoted
from loadstone.source.stars import line_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from loadstone.check.module import Module
    from loadstone.source.acts import Branch
    from loadstone.source.origins import Binding
    from loadstone.source.stars import Conflict
    from loadstone.source.statements import Statement

__all__ = ["findings", "named"]

_MOST = 3
"""Names of one finding whose candidates are all shown."""


def findings(
    module: Module,
    rule: str,
    conflicts: Iterable[Conflict],
    sentence: Callable[[list[Conflict]], str],
) -> Iterator[Diagnostic]:
    """Yield one finding for each set of statements that conflict, the used names apart from the others."""
    groups: dict[tuple[bool, tuple[Statement | None, ...]], list[Conflict]] = {}
    for one in _without_submodules(module, conflicts):
        used = is_used(module, one.name)
        groups.setdefault((used, tuple(binding.statement for binding in one.candidates)), []).append(one)
    for (used, _), group in groups.items():
        yield _finding(module, rule, group, sentence(group), used=used)


def _without_submodules(module: Module, conflicts: Iterable[Conflict]) -> Iterator[Conflict]:
    """Leave out what a package loses only because its own submodule has the name: another rule tells that."""
    for one in conflicts:
        *lost, winner = one.candidates
        kept = [binding for binding in lost if str(binding.origin) != f"{module.name}.{one.name}"]
        if kept:
            yield one._replace(candidates=(*kept, winner))


def _finding(module: Module, rule: str, group: list[Conflict], message: str, *, used: bool) -> Diagnostic:
    first, winner = group[0], group[0].winner
    assert winner.statement is not None, "stars have statements"
    replaces = winner.statement in module.guarded
    certain = any(_meet(module, winner, lost) for lost in first.candidates[:-1])
    label = f"Python uses this one{'' if _always(module, winner) else ' if it runs'}: {_origins(group, -1)}"
    return Diagnostic(
        rule,
        ("error" if certain else "warning") if used and not replaces else "note",
        module.whole.lines.statement(winner.statement, label),
        message,
        tuple(_others(module, group)),
        tuple(_notes(module, group, replaces=replaces)),
        _settled(first) if used and not replaces else None,
    )


def _meet(module: Module, binding: Binding, other: Binding) -> bool:
    """Whether the statements of both run: in any case, or in one branch together."""
    always = _always(module, binding) and _always(module, other)
    return always or _branch(module, binding) == _branch(module, other)


def _always(module: Module, binding: Binding) -> bool:
    """Whether its statement runs whenever the module is imported."""
    return binding.statement not in module.branched or module.needs(binding.source_module)


def _branch(module: Module, binding: Binding) -> Branch:
    return next((bound.branch for bound in module.summary.bounds if bound.statement == binding.statement), ())


def _others(module: Module, group: list[Conflict]) -> Iterator[Place]:
    """Yield the places of the losing statements, then of the definitions behind all of them."""
    for index, binding in enumerate(group[0].candidates[:-1]):
        place = module.place(binding, f"hidden: {_origins(group, index)}")
        if place:
            yield place
    for binding in group[0].candidates:
        place = module.definition(binding)
        if place:
            yield place


def _origins(group: list[Conflict], index: int) -> str:
    origins = [str(one.candidates[index].origin) for one in group]
    more = f" and {len(origins) - _MOST} more" if len(origins) > _MOST else ""
    return ", ".join(origins[:_MOST]) + more


def _notes(module: Module, group: list[Conflict], *, replaces: bool) -> Iterator[str]:
    for one in group[:_MOST]:
        use = use_of(module, one.name)
        if use:
            yield f"`{one.name}` {use}"
    if replaces:
        yield "the star stands under `except ImportError`: it is meant to replace what it hides where it can"
    elif len(group) == 1:
        for binding in group[0].candidates[:-1]:
            choice = line_for(binding)
            if choice:
                yield f"to have {binding.origin} instead: {choice}"


def _settled(conflict: Conflict) -> Edit | None:
    """Return the line that says what Python does today; the others are in the notes."""
    line = line_for(conflict.winner)
    statement = conflict.winner.statement
    if line is None or statement is None:
        return None
    title = f"say that {conflict.winner.origin} is meant"
    return Edit.insert(statement.path, statement.end_line, (" " * (statement.column - 1) + line,), title)


def named(group: list[Conflict]) -> str:
    """Return the names of a group, as a sentence has them."""
    return quoted([one.name for one in group])
