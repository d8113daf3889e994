"""A folder that counts as a namespace package, and was hardly meant to be one.

What
    An import finds a folder without `__init__.py`, which Python takes as a namespace package (PEP 420): a
    warning where there is not one module in it (what is left of a package that was removed, or a folder of
    data), a note for a folder of modules inside a regular package, where the `__init__.py` was probably
    forgotten.

Why
    Importing a left-over folder succeeds, and everything asked of it fails: module 'numpy' has no attribute
    'array'. And tools that collect packages leave out folders without `__init__.py`: the wheel lacks them.

Example
        # shop/__init__.py

        # shop/reports/sales.py
        def total(): ...                # shop/reports has no __init__.py

        # main.py
        from shop.reports.sales import total

Instead
    Remove the folder, or add an empty `__init__.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.check.diagnostic import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.check.loading import Loaded
    from loadstone.check.whole import Whole
    from loadstone.source.project import Location

__all__ = ["LEVELS", "in_project"]

LEVELS = ("warning", "note")


def in_project(whole: Whole) -> Iterator[Diagnostic]:
    """Yield a finding for each folder, at the first import that finds it."""
    seen: set[str] = set()
    for one in whole.importers(":namespace"):
        location = whole.library.locate(one.module)
        if location is None or location.kind != "namespace":
            continue
        seen.add(one.module)
        if one.module.rpartition(".")[0] in seen:  # the folder around it is the matter
            continue
        yield from _finding(whole, one, location)


def _finding(whole: Whole, one: Loaded, location: Location) -> Iterator[Diagnostic]:
    folder = whole.relative(location.search[0])
    place = whole.lines.statement(one.statement)
    if not any(_has_modules(whole, portion) for portion in location.search):
        message = f"{one.module} is a folder without a single module: importing it gives nothing"
        yield Diagnostic("accidental-namespace", "warning", place, message, (), (f"the folder is {folder}",))
        return
    parent = one.module.rpartition(".")[0]
    above = whole.library.locate(parent) if parent else None
    if above is not None and above.kind == "package" and whole.is_own(parent):
        message = f"{folder} has no __init__.py, though {parent} is a regular package: wheels may lack it"
        yield Diagnostic("accidental-namespace", "note", place, message)


def _has_modules(whole: Whole, folder: str) -> bool:
    """Whether there is a module anywhere below the folder, of whatever kind."""
    below = whole.library.inputs.below(folder)
    return any(name.endswith((".py", ".so", ".pyd", ".pyc")) for _, files in below for name in files)
