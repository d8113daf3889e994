"""Values as JSON has them: dicts, lists, texts and numbers, with names that stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from loadstone.report.show import Shown
    from loadstone.source.origins import Binding, Origin
    from loadstone.source.stars import Conflict
    from loadstone.source.statements import Statement
    from loadstone.trace import Resolution, Step

__all__ = ["binding", "conflict", "resolution", "shown", "statement"]


def shown(one: Shown) -> dict[str, Any]:
    """Return everything that `loadstone show` knows of a module; names that nothing uses are there too."""
    names = one.namespace
    return {
        "name": one.name,
        "kind": one.about.kind,
        "path": one.about.path,
        "search": list(one.about.search),
        "distribution": _distribution(one),
        "standard_library": one.about.standard,
        "complete": names.complete,
        "exports": None if names.exports is None else list(names.exports),
        "bindings": [{**binding(each), "used": each.name in one.used} for each in names.values()],
        "conflicts": [conflict(each) for each in names.conflicts],
        "dynamic": [statement(each) for each in names.dynamic],
        "imported_by": [
            {"module": user.module, "path": user.path, "lines": list(user.lines)} for user in one.users
        ],
    }


def _distribution(one: Shown) -> dict[str, str] | None:
    if not one.about.distribution:
        return None
    return {"name": one.about.distribution, "version": one.about.version}


def binding(one: Binding) -> dict[str, Any]:
    """Return one name's binding, with what it hides."""
    return {
        "name": one.name,
        "kind": one.kind,
        "how": one.how,
        "alias": one.alias,
        "origin": _origin(one.origin),
        "found": not one.missing,
        "statement": statement(one.statement),
        "hides": [binding(each) for each in one.hides],
    }


def statement(one: Statement | None) -> dict[str, Any] | None:
    """Return where a statement stands and how it reads; null where there is none."""
    if one is None:
        return None
    return {
        "path": one.path,
        "line": one.line,
        "column": one.column,
        "end_line": one.end_line,
        "text": one.text,
    }


def resolution(one: Resolution) -> dict[str, Any]:
    """Return a resolution with its steps, and those of the package above."""
    return {
        "name": one.name,
        "found": one.found,
        "kind": one.kind,
        "path": one.path,
        "search": list(one.search),
        "hides": [step.path for step in one.hides],
        "steps": _steps(one.steps),
        "bytecode": None if one.bytecode is None else _step(one.bytecode),
        "parent": None if one.parent is None else resolution(one.parent),
    }


def conflict(one: Conflict) -> dict[str, Any]:
    """Return a name that stars bind to different things, with every candidate."""
    return {
        "name": one.name,
        "origin": _origin(one.winner.origin),
        "candidates": [binding(each) for each in one.candidates],
        "settle": one.settle,
        "after_line": one.after_line,
        "used": one.used,
    }


def _origin(one: Origin) -> dict[str, str]:
    return {"module": one.module, "name": one.name}


def _steps(steps: Iterable[Step]) -> list[dict[str, Any]]:
    return [_step(step) for step in steps]


def _step(one: Step) -> dict[str, Any]:
    return {
        "where": one.where,
        "outcome": one.outcome,
        "reason": one.reason,
        "path": one.path,
        "inner": _steps(one.inner),
    }
