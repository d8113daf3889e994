"""The third part of the proof: no loop of imports crashes that worked, whoever enters it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.fix.proof.objection import Objection
from loadstone.source.simulation import Simulation

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from loadstone.fix.model import Model
    from loadstone.source.simulation import Crash

__all__ = ["crashes"]


def crashes(before: Model, after: Model, changed: Collection[str]) -> Iterator[Objection]:
    """Yield the modules that cannot be imported first any more, in loops that the change touches."""
    touched = [name for name in changed if _imports_back(after, name)]
    if not touched:
        return
    was = {(one.entry, one.error, one.name) for one in _simulated(before, touched)}
    for crash in _simulated(after, touched):
        if (crash.entry, crash.error, crash.name) not in was:
            last = crash.loop[-1]
            sentence = f"importing {crash.entry} first would raise {crash.error}: {crash}"
            yield Objection("crash", last.module, crash.name, sentence, last.path, last.line)


def _imports_back(model: Model, module: str) -> bool:
    """Whether a module is imported while one that it imports is running; a package's own modules always follow it."""
    rings = model.library.world.rings
    one = model.whole.module(module)
    targets = {target for _, target in one.imports()} if one else set()
    inside = f"{module}."
    return any(not target.startswith(inside) and rings.together(module, target) for target in targets)


def _simulated(model: Model, modules: Collection[str]) -> tuple[Crash, ...]:
    return Simulation(model.project, model.programs).crashes(modules, within=frozenset(modules))
