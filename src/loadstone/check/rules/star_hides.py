"""A star import that hides a definition, an import, or a builtin.

What
    A star brings a name that the module has bound before with `def`, `class`, an assignment or an import: from
    the star on, the name means something else. An error where the name is used, exported or taken by another
    module, or a warning if only running decides whether both statements are executed; a note where nobody uses
    it. A star that brings the name of a builtin, such as `open`, is a warning where the module uses it.

    A star under `except ImportError`, as after a Python version of the same functions, is taken as a
    replacement on purpose: a note.

Why
    Python binds names in the order of the text, so the star wins, though the definition is what a reader finds.

Example
        # taxes.py
        def rate(): ...
        def total(items): ...

        # cart.py
        def total(items): ...

        from taxes import *             # taxes has a `total`, too

        total([])                       # not the one above

Instead
    Put imports above definitions, and name what is imported:

        # cart.py
        from taxes import rate

        def total(items): ...

        total([])
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.check.conflicts import findings, named
from loadstone.check.diagnostic import Diagnostic
from loadstone.check.uses import use_of
from loadstone.check.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.check.module import Module
    from loadstone.source.origins import Binding
    from loadstone.source.stars import Conflict
    from loadstone.source.statements import Statement

__all__ = ["LEVELS", "in_module"]

LEVELS = ("error", "warning", "note")


def in_module(module: Module) -> Iterator[Diagnostic]:
    """Yield what stars hide: names that the module has bound, then builtins."""
    if not module.has_stars:
        return
    mixed = [
        one for one in module.namespace.conflicts if any(binding.how != "star" for binding in one.candidates)
    ]
    yield from findings(module, "star-hides", mixed, _sentence)
    yield from _builtins(module)


def _sentence(group: list[Conflict]) -> str:
    kinds = {_kind(binding) for one in group for binding in one.candidates[:-1] if binding.how != "star"}
    what = " and ".join(sorted(kinds)) if len(group) == 1 else "what the module has bound before"
    return f"this star hides {what}: {named(group)}"


def _kind(binding: Binding) -> str:
    if binding.how != "definition":
        return "an import"
    return {"function": "a function", "class": "a class"}.get(binding.kind, "a variable")


def _builtins(module: Module) -> Iterator[Diagnostic]:
    by_star: dict[tuple[Statement, bool], list[Binding]] = {}
    for binding in module.namespace.values():
        if binding.how != "star" or binding.statement is None or binding.missing:
            continue
        if binding.hides and binding.hides[-1].module == "builtins":
            key = binding.statement, binding.name in module.first_reads
            by_star.setdefault(key, []).append(binding)
    for (statement, used), hiding in by_star.items():
        yield _builtin(module, statement, hiding, used=used)


def _builtin(module: Module, statement: Statement, hiding: list[Binding], *, used: bool) -> Diagnostic:
    names = [binding.name for binding in hiding]
    noun = "the builtin" if len(names) == 1 else "builtins"
    uses = tuple(f"`{name}` {use_of(module, name)}" for name in names[:3]) if used else ()
    return Diagnostic(
        "star-hides",
        "warning" if used else "note",
        module.whole.lines.statement(statement, f"brings {hiding[0].origin}"),
        f"this star hides {noun} {quoted(names)}",
        tuple(place for binding in hiding[:1] if (place := module.definition(binding))),
        uses,
    )
