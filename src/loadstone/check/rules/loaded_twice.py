"""One file that is loaded under two names.

What
    Imports of the project reach one file by two module names, as `shop.cart` and `cart`: a warning. Or a file
    that is run as a program (it asks for `__main__`) is imported by its name from a module that it imports
    itself: a note for a package's submodule, a warning for a script.

Why
    The file runs once for each name. Its classes, caches and registries exist twice, and `isinstance` between
    the two is false.

Example
        # app.py
        import views
        handlers = []

        if __name__ == "__main__":
            views.start()

        # views.py
        import app                      # runs app.py once more: another `handlers`

Instead
    Import the file by one name everywhere. Keep the part that runs in a file of its own, which nobody imports.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from loadstone.check.diagnostic import Diagnostic
from loadstone.check.importers import is_byway
from loadstone.check.loading import Loaded, loads
from loadstone.source import acts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.check.module import Module
    from loadstone.check.whole import Whole
    from loadstone.source.statements import Statement

__all__ = ["LEVELS", "in_module", "in_project"]

LEVELS = ("warning", "note")


def in_project(whole: Whole) -> Iterator[Diagnostic]:
    """Yield the files with two names."""
    # Real file to {name it is imported by: the first import}.
    files: dict[str, dict[str, Loaded]] = {}
    for one in whole.importers(":twice"):
        location = whole.library.locate(one.module)
        if location is not None and location.path and location.path in whole.project.owners:
            files.setdefault(os.path.realpath(location.path), {})[one.module] = one
            if is_byway(whole.project, one.module, location.path):
                whole.library.notes.byways.add(one.module)
    for names in files.values():
        if len(names) > 1:
            first, second, *_ = names.values()
            yield Diagnostic(
                "loaded-twice",
                "warning",
                whole.lines.statement(second.statement, f"loads it as {second.module}"),
                f"one file is loaded under {len(names)} names: {' and '.join(names)}",
                (whole.lines.statement(first.statement, f"loads it as {first.module}"),),
            )


def in_module(module: Module) -> Iterator[Diagnostic]:
    """Yield a finding where running the module as a program imports it a second time."""
    guard = _guard(module)
    if guard is not None and module.recall(_is_loaded_twice):
        yield from _program(module.whole, module, guard)


def _guard(module: Module) -> Statement | None:
    """Return the ``if __name__ == "__main__":`` of a module."""
    for act in module.summary.body:
        if isinstance(act, acts.Choice) and act.arms and act.arms[0].test == _MAIN:
            return act.statement
    return None


_MAIN = ("compare", "Eq", ("name", "__name__"), ("constant", "__main__"))


def _program(whole: Whole, module: Module, guard: Statement) -> Iterator[Diagnostic]:
    package = module.name.rpartition(".")[0]
    start = _start(whole, module)
    if start is None:
        return
    by = whole.lines.statement(start.statement, "imports it by its name")
    if package:
        message = f"`python -m {module.name}` runs this file twice: {start.importer} imports it on the way"
        yield Diagnostic("loaded-twice", "note", whole.lines.statement(guard, "as a program"), message, (by,))
    else:
        message = f"run as a program this file is loaded twice, as `__main__` and as `{module.name}`"
        yield Diagnostic(
            "loaded-twice", "warning", whole.lines.statement(guard, "as a program"), message, (by,)
        )


def _is_loaded_twice(module: Module) -> bool:
    return _start(module.whole, module) is not None


def _start(whole: Whole, module: Module) -> Loaded | None:
    """Return the import by which a module that runs as a program is loaded again; None where nothing does."""
    package = module.name.rpartition(".")[0]
    if not package:
        return _back(whole, module)
    return next((one for one in loads(whole.library, package) if one.module == module.name), None)


def _back(whole: Whole, module: Module) -> Loaded | None:
    """Return the import that leads back to a script, from a module that it imports."""
    for one in loads(whole.library, module.name):
        importer = whole.module(one.importer)
        if importer is None or importer is module:
            importer = whole.module(one.module)
        for _, target in importer.imports() if importer and importer is not module else ():
            if target == module.name:
                return next(back for back in whole.importers_of(module.name) if back.importer != module.name)
    return None
