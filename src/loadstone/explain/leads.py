"""By which import statements one module leads to another when it is imported, read from the files."""

from __future__ import annotations

from loadstone.errors import BadModuleName
from loadstone.explain.state import origin_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.explain.modules import Modules
    from loadstone.source.bindings import Summary
    from loadstone.source.statements import Statement

__all__ = ["chain", "targets"]

_MOST = 300  # modules that are read


def chain(modules: Modules, start: str, goal: str) -> tuple[Statement, ...]:
    """Return the statements by which importing `start` imports `goal`, a shortest chain; empty for none.

    Only the user's own modules are read, and statements that run while a module is imported.
    """
    ways: dict[str, tuple[Statement, ...]] = {start: ()}
    waiting = [start]
    while waiting and len(ways) < _MOST:
        name = waiting.pop(0)
        for target, statement in targets(modules, name):
            if target == goal:
                return (*ways[name], statement)
            if target not in ways:
                ways[target] = (*ways[name], statement)
                waiting.append(target)
    return ()


def targets(modules: Modules, name: str) -> Iterator[tuple[str, Statement]]:
    """Yield the modules that importing `name` imports, in order, each with the statement; packages included."""
    summary = modules.summary(name)
    if summary is None or origin_of(summary.path) != "own":
        return
    for one in summary.imports:
        if one.when == "import":
            try:
                target = one.target(summary.package)
            except BadModuleName:
                continue
            for found in _with_packages(str(target), summary):
                yield found, one.statement
            for alias in one.names:
                if not one.star and modules.locate(f"{target}.{alias.name}") is not None:
                    yield f"{target}.{alias.name}", one.statement


def _with_packages(target: str, importer: Summary) -> Iterator[str]:
    parts = target.split(".")
    for count in range(1, len(parts) + 1):
        name = ".".join(parts[:count])
        if not f"{importer.name}.".startswith(name + "."):  # its own packages have been imported before it
            yield name
