"""Who imports which module: all import statements of a project that run or may run."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from loadstone.check.loading import Loaded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from loadstone.check.module import Module
    from loadstone.source.statements import Statement
    from loadstone.source.tree import Project

__all__ = ["Importers", "imported_by", "is_byway"]


class Importers:
    """The imports in some modules; `note` is told which of them were sought."""

    def __init__(self, modules: Iterable[Module], note: Callable[[str], None]) -> None:
        self._note = note
        self._by_name: dict[str, list[Loaded]] = {}
        for module in modules:
            for one in imported_by(module):
                self._by_name.setdefault(one.module, []).append(one)

    def every(self, which: str) -> Iterator[Loaded]:
        """Yield the first import of each module; `which` says what is sought among them, as for `Whole.importers`."""
        self._note(which)
        return (imports[0] for imports in self._by_name.values())

    def of(self, module: str) -> tuple[Loaded, ...]:
        """Return the imports of one module, the first in each importer; empty where nobody imports it."""
        self._note(module)
        return tuple(self._by_name.get(module, ()))


def imported_by(module: Module) -> Iterator[Loaded]:
    """Yield what a module imports by statements that run or may run, as far as it can be found: each name once."""
    with module.answering():
        running = [one for one in module.summary.imports if module.runs(one)]
    first: dict[str, Statement] = {}
    for one in running:
        for name in one.reached(module.package):
            first.setdefault(name, one.statement)
    for name, statement in first.items():
        if module.whole.library.locate(name) is not None:
            yield Loaded(name, module.name, statement)


def is_byway(project: Project, name: str, path: str) -> bool:
    """Whether this is a name, other than its module's own, by which a file of the project is imported."""
    return project.modules.get(name) != path or os.path.realpath(path) != path
