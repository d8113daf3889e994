"""A name whose meaning hangs on the order of two statements, one of them a star import.

What
    Two cases. A name is read, then a star or another statement gives it another meaning, and it is read again:
    one name, two things. Or an import by name after a star decides between the two, and a tool that sorts
    imports would put it before the star, which then wins.

Why
    The program is right only as it stands. Moving a line that looks harmless changes which function runs,
    without an error.

Example
        # aviary.py
        def feed(): ...

        # zoo.py
        def feed(): ...
        def lions(): ...

        # main.py
        from zoo import *
        from aviary import feed         # zoo has a `feed`, too

        feed()                          # aviary:feed; sorted, zoo:feed

Instead
    Name what the star is wanted for, without the name that is not:

        # main.py
        from aviary import feed
        from zoo import lions

        feed()
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.check.diagnostic import Diagnostic, Place
from loadstone.check.sorting import would_swap
from loadstone.check.uses import use_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.check.module import Module
    from loadstone.source.origins import Binding

__all__ = ["LEVELS", "in_module"]

LEVELS = ("warning",)


def in_module(module: Module) -> Iterator[Diagnostic]:
    """Yield names that change their meaning half way, or would when the imports are sorted."""
    if not module.has_stars:
        return
    for binding in module.namespace.values():
        lost = _lost(module, binding)
        if lost is None:
            continue
        between = _read_between(module, binding, lost)
        if between is not None:
            yield _half_way(module, binding, lost, between)
        elif binding.how in {"import", "from-import"} and would_swap(
            module, lost.statement, binding.statement
        ):
            yield _sorted(module, binding, lost)


def _lost(module: Module, binding: Binding) -> Binding | None:
    """Return what the binding took the name from, if one of the two is a star and both are certain."""
    if binding.statement is None or binding.name not in module.first_reads or not module.certain(binding):
        return None
    lost = next((one for one in binding.hides if one.statement is not None and module.certain(one)), None)
    if lost is None or "star" not in (binding.how, lost.how) or binding.statement in module.guarded:
        return None
    return lost


def _read_between(module: Module, binding: Binding, lost: Binding) -> int | None:
    """Return a line between the two statements that reads the name; None unless it is read after them too."""
    assert binding.statement is not None
    assert lost.statement is not None
    lines = module.reads_at_import.get(binding.name, ())
    if binding.statement.line in lines:  # ``f = wrapped(f)`` replaces it on purpose
        return None
    after = any(line > binding.statement.line for line in lines) or module.reads_later(binding.name)
    between = [line for line in lines if lost.statement.end_line < line < binding.statement.line]
    return between[0] if between and after else None


def _half_way(module: Module, binding: Binding, lost: Binding, line: int) -> Diagnostic:
    place = module.place(binding, f"from here on {binding.origin}")
    first = module.place(lost, f"up to there {lost.origin}")
    assert place is not None, "it has a statement"
    text = module.whole.lines.line(module.path, line)
    column = text.find(binding.name) + 1
    read = Place(
        module.path, line, max(column, 1), max(column, 1) + len(binding.name), f"means {lost.origin}"
    )
    message = f"`{binding.name}` means two things in this module: {lost.origin}, then {binding.origin}"
    return Diagnostic("order-decides", "warning", place, message, (*([first] if first else ()), read))


def _sorted(module: Module, binding: Binding, lost: Binding) -> Diagnostic:
    place = module.place(binding, f"decides: {binding.origin}")
    star = module.place(lost, f"brings {lost.origin}")
    assert place is not None, "it has a statement"
    message = f"sorting these imports would change what `{binding.name}` is, to {lost.origin}"
    note = f"`{binding.name}` {use_of(module, binding.name)}"
    return Diagnostic("order-decides", "warning", place, message, (star,) if star else (), (note,))
