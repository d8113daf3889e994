"""Who imports which module: all import statements of a project that run or may run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.check.loading import Loaded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from loadstone.check.module import Module
    from loadstone.source.project import Library

__all__ = ["Importers"]


class Importers:
    """The imports in some modules; `note` is told which of them were sought."""

    def __init__(self, modules: Iterable[Module], library: Library, note: Callable[[str], None]) -> None:
        self._note = note
        self._every = tuple(one for module in modules for one in _imported_by(module, library))
        self._by_name: dict[str, list[Loaded]] = {}
        for one in self._every:
            self._by_name.setdefault(one.module, []).append(one)

    def every(self, which: str) -> tuple[Loaded, ...]:
        """Return all imports; `which` says what is sought among them, as for `Whole.importers`."""
        self._note(which)
        return self._every

    def of(self, module: str) -> tuple[Loaded, ...]:
        """Return the imports of one module, at whatever time; empty where nobody imports it."""
        self._note(module)
        return tuple(self._by_name.get(module, ()))


def _imported_by(module: Module, library: Library) -> Iterator[Loaded]:
    with module.answering():
        running = [one for one in module.summary.imports if module.runs(one)]
    for one in running:
        for name in one.reached(module.package):
            if library.locate(name) is not None:
                yield Loaded(name, module.name, one.statement)
