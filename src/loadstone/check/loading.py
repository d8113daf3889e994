"""What importing a module loads, all told: to find out who makes a submodule appear."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.source.project import Library
    from loadstone.source.statements import Statement

__all__ = ["Loaded", "loads", "loads_of"]


class Loaded(NamedTuple):
    """A module that is loaded, by the statement of another that loads it."""

    module: str
    importer: str
    statement: Statement

    def __str__(self) -> str:
        return f"{self.importer} (line {self.statement.line})"


def loads(library: Library, start: str) -> Iterator[Loaded]:
    """Yield each module that importing `start` loads, the nearest first, with the import that does it."""
    seen = {start}
    waiting = [start]
    for module in waiting:
        for one in loads_of(library, module):
            if one.module not in seen:
                seen.add(one.module)
                waiting.append(one.module)
                yield one


def loads_of(library: Library, module: str) -> Iterator[Loaded]:
    """Yield what the statements of one module load when it is imported, packages on the way included."""
    run = library.world.run(module) if library.locate(module) else None
    if run is None:
        return
    executed = {statement for _, statement in run.loads}
    for one in run.summary.imports:
        if one.statement in executed:
            for name in one.reached(run.summary.package):
                if library.locate(name) is not None:
                    yield Loaded(name, module, one.statement)
