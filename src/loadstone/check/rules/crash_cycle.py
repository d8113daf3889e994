"""A loop of imports, and whether it crashes.

What
    Modules that import one another while they are imported. For each of them the order of execution is gone through as
    Python would have it when that module is imported first. Where one reads a name of another that is only half
    made, the loop crashes: an error if anything in the project enters there (a module outside of the loop, or a
    program), or if nothing outside of the loop imports it at all. A loop that is only entered where it works, or that
    works from everywhere, is a note.

Why
    The same loop works or fails depending on who is imported first: a test that is run alone, a new script, or sorted
    imports find the other way in.

Example
        # cart.py
        from bill import total

        def price(): ...

        # bill.py
        from cart import price          # ImportError when cart is imported first

        def total(): ...

Instead
    Break the loop where it costs least: move what both need into a module of its own, import inside the function
    that needs it, import the module in place of the name (`import cart`), or put the import under `if TYPE_CHECKING:`
    where only annotations need it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.check.diagnostic import Diagnostic, Place
from loadstone.check.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.check.entries import Entries
    from loadstone.check.whole import Whole
    from loadstone.source.graph import Cycle
    from loadstone.source.simulation import Crash

__all__ = ["LEVELS", "in_project"]

LEVELS = ("error", "note")


def in_project(whole: Whole) -> Iterator[Diagnostic]:
    """Yield a finding for each place where a loop crashes, and a note for each loop that does not."""
    from loadstone.check.entries import Entries  # brings the simulation, which most edits do not need

    entries = Entries(whole.project)
    for group in _by_place(entries.crashes):
        yield _crash(whole, entries, group)
    crashing = {crash.entry for crash in entries.crashes}
    whole.library.notes.crashing |= crashing
    for cycle in entries.loops:
        if crashing.isdisjoint(cycle.modules):
            yield _harmless(whole, cycle)
        else:
            whole.library.notes.crashing.update(cycle.modules)


def _by_place(crashes: tuple[Crash, ...]) -> list[list[Crash]]:
    """Put together the crashes of one line for want of one name, those with the shortest way first."""
    places: dict[tuple[str, int, str], list[Crash]] = {}
    for crash in sorted(crashes, key=lambda one: len(one.loop)):
        last = crash.loop[-1]
        places.setdefault((last.path, last.line, crash.name), []).append(crash)
    return list(places.values())


def _crash(whole: Whole, entries: Entries, group: list[Crash]) -> Diagnostic:
    entered = next((one for one in group if entries.entered(one)), None)
    shown = entered or group[0]
    wanted = f"{shown.module}.{shown.name}"
    notes = [f"entering at {quoted([one.entry for one in group])}: {shown.error}"]
    works = entries.others(shown)
    if works:
        notes.append(f"entering at {quoted(works)} works")
    notes.append(entries.why(shown) if entered else "nothing in the project enters there")
    return Diagnostic(
        "crash-cycle",
        "error" if entered else "note",
        _place(whole, shown.loop[-1].path, shown.loop[-1].line, f"needs {wanted}", shown.name),
        f"this loop of imports crashes when `{shown.entry}` is imported first: {wanted} is not there yet",
        tuple(_loop(whole, shown)),
        tuple(notes),
    )


def _loop(whole: Whole, crash: Crash) -> Iterator[Place]:
    """Yield the lines of the loop in the order in which they run, and the line that has not run."""
    for number, step in enumerate(crash.loop[:-1], 1):
        yield _place(whole, step.path, step.line, f"{number}. {step.does}")
    if crash.bound_at is not None:
        label = f"binds `{crash.name}`, and has not run yet"
        yield whole.lines.name(crash.bound_at, crash.name, label)


def _place(whole: Whole, path: str, line: int, label: str, name: str = "") -> Place:
    text = whole.lines.line(path, line)
    start = len(text) - len(text.lstrip())
    found = text.rfind(name) if name else -1
    if found >= 0:
        return Place(path, line, found + 1, found + 1 + len(name), label)
    return Place(path, line, start + 1, max(len(text.rstrip()), start + 1) + 1, label)


def _harmless(whole: Whole, cycle: Cycle) -> Diagnostic:
    first, *rest = cycle.loop
    return Diagnostic(
        "crash-cycle",
        "note",
        whole.lines.statement(first.statement, f"imports {first.imported}"),
        f"{len(cycle.modules)} modules import one another; it works, whichever is imported first",
        tuple(whole.lines.statement(edge.statement, f"imports {edge.imported}") for edge in rest),
        (f"the loop: {cycle}",),
    )
