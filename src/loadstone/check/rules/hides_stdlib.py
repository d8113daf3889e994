"""A file that has the name of a module of the standard library.

What
    A module or package at the top of a source root, with the name of a standard module. A program that is
    started in that folder finds the file in place of the standard one: an error where a standard module that
    this project uses imports it and misses a name, a warning otherwise. Modules that are built into the
    interpreter, such as `time`, are found first always: there the file is the one that is never imported.

    Inside a package a file may have any name: `shop.random` hides nothing.

Why
    All modules of a program share one list of names, those of the standard library too. `import tempfile` fails
    in its own third line because there is a `random.py` in the folder.

Example
        # random.py
        print("a first try")

        # main.py
        import tempfile                 # ImportError: cannot import name 'Random' from 'random'

Instead
    Rename the file, or put it into a package.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from loadstone.check.diagnostic import Diagnostic, Place
from loadstone.check.loading import loads
from loadstone.source.finder import is_built_in, is_frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.check.whole import Whole
    from loadstone.source.statements import Statement

__all__ = ["LEVELS", "in_project"]

LEVELS = ("error", "warning")

_USUAL = frozenset(("test", "this", "antigravity", "idlelib", "__main__"))
"""Names that programs give to folders of their own, and that nobody misses."""


def in_project(whole: Whole) -> Iterator[Diagnostic]:
    """Yield the files at the top of source roots that have a standard name."""
    for name, path in whole.tops_with_paths():
        if name in sys.stdlib_module_names and name not in _USUAL:
            yield _finding(whole, name, path)


def _finding(whole: Whole, name: str, path: str) -> Diagnostic:
    place = Place(path, 1, 1, 2)
    file = os.path.basename(path)
    if is_built_in(name) or is_frozen(name) or name == "encodings":
        message = f"this file can never be imported as `{name}`: Python has that module inside itself"
        return Diagnostic("hides-stdlib", "warning", place, message)
    victim = _victim(whole, name)
    message = f"this file hides the standard module `{name}` from programs started in its folder"
    if victim is None:
        return Diagnostic(
            "hides-stdlib", "warning", place, message, (), (f"rename {file}, or move it into a package",)
        )
    importer, statement, missed = victim
    there = whole.lines.name(statement, missed, f"{importer} needs this, and {file} has no `{missed}`")
    return Diagnostic("hides-stdlib", "error", place, message, (there,))


def _victim(whole: Whole, name: str) -> tuple[str, Statement, str] | None:
    """Return a standard module that the project loads and that fails for the file, its import, and what it misses."""
    library = whole.library
    seen: set[str] = set()
    for start in whole.standard_imports():
        for one in loads(library, start):
            if one.module != name or one.importer in seen or not library.is_standard(one.importer):
                continue
            seen.add(one.importer)
            missed = _missed(whole, one.importer, name)
            if missed:
                return (one.importer, *missed)
    return None


def _missed(whole: Whole, importer: str, name: str) -> tuple[Statement, str] | None:
    summary = whole.library.summary(importer)
    for one in summary.imports if summary else ():
        if one.module == name and not one.level and one.when == "import" and not one.guarded:
            for alias in one.names:
                if whole.lacks(name, alias.name):
                    return one.statement, alias.name
    return None
