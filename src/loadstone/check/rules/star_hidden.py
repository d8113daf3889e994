"""A definition or an import that takes a name which a star import before it has brought.

What
    A star brings a name, and a later `def`, `class`, assignment or import of the same module takes it. A
    warning for a function or class whose name is used here; a note for the rest, where overriding is often the
    point (settings that start with `from base import *`).

Why
    From that line on the star's name is gone, without a word: code that was written for the one calls the
    other.

Example
        from math import *

        def log(message): ...           # math's log is gone

        print(log(2))

Instead
    Import by name what is needed from the other module, under another name where both are needed:

        from math import log as logarithm
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.check.diagnostic import Diagnostic
from loadstone.check.uses import use_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.check.module import Module
    from loadstone.source.origins import Binding

__all__ = ["LEVELS", "in_module"]

LEVELS = ("warning", "note")


def in_module(module: Module) -> Iterator[Diagnostic]:
    """Yield the names that were a star's."""
    for binding in module.namespace.values() if module.has_stars else ():
        if binding.how == "star" or binding.statement is None or not module.certain(binding):
            continue
        lost = next((one for one in binding.hides if one.how == "star" and module.certain(one)), None)
        if lost is not None:
            yield _finding(module, binding, lost)


def _finding(module: Module, binding: Binding, lost: Binding) -> Diagnostic:
    place = module.place(binding, f"takes the name: {binding.origin}")
    star = module.place(lost, f"brings {lost.origin}")
    assert place is not None, "asked for above"
    defines = binding.kind in {"function", "class"} and binding.how == "definition"
    grave = defines and binding.name in module.first_reads
    behind = module.definition(lost)
    return Diagnostic(
        "star-hidden",
        "warning" if grave else "note",
        place,
        f"`{binding.name}` takes a name that a star import has brought: {lost.origin} is hidden",
        tuple(one for one in (star, behind) if one),
        (f"`{binding.name}` {use_of(module, binding.name)}",) if grave else (),
    )
