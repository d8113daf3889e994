"""Ways into the loops of a project: which modules crash when they are imported first, and who imports them first."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from loadstone.source.graph import graph
from loadstone.source.simulation import Simulation

if TYPE_CHECKING:
    from loadstone.source.graph import Cycle
    from loadstone.source.simulation import Crash
    from loadstone.source.tree import Project

__all__ = ["Entries"]

_MOST = 20
"""Modules outside a loop that are gone through to see whether one enters it where it crashes."""


class Entries:
    """The entries of all loops."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.edges = graph(project)
        self.simulation = Simulation(project)

    @cached_property
    def loops(self) -> tuple[Cycle, ...]:
        """The groups of modules that import one another."""
        return self.edges.cycles()

    @cached_property
    def crashes(self) -> tuple[Crash, ...]:
        """How each module crashes that does when it is imported first."""
        return self.simulation.crashes(self.project.modules) if self.loops else ()

    def others(self, crash: Crash) -> tuple[str, ...]:
        """Return the modules of the same loop that can be imported first."""
        crashing = {one.entry for one in self.crashes}
        return tuple(name for name in self._loop(crash) if name not in crashing)

    def entered(self, crash: Crash) -> bool:
        """Whether anything enters the loop so that it crashes; also where nothing outside imports it at all."""
        return not self._outside(self._loop(crash)) or self._user(crash) is not None

    def why(self, crash: Crash) -> str:
        """Return who enters there, as a sentence."""
        user = self._user(crash)
        if user is None:
            return "nothing outside of the loop imports it: any of its modules may be the first"
        return f"`{user}` enters there"

    def _loop(self, crash: Crash) -> tuple[str, ...]:
        return next((one.modules for one in self.loops if crash.entry in one.modules), (crash.entry,))

    def _outside(self, loop: tuple[str, ...]) -> list[str]:
        """Return the modules outside of a loop that import one in it."""
        inside = {*loop}
        importers = (edge for name in loop for edge in self.edges.importers(name))
        return [edge.importer for edge in importers if edge.importer not in inside and edge.when != "never"]

    def _user(self, crash: Crash) -> str | None:
        """Return a module outside that crashes in the same line."""
        inside = {*self._loop(crash)}
        importers = [edge for edge in self.edges.importers(crash.entry) if edge.importer not in inside]
        for edge in importers[:_MOST]:
            met = self.simulation.enter(edge.importer) if edge.when == "import" else crash
            if edge.when != "never" and met is not None and _last(met) == _last(crash):
                return edge.importer
        return None


def _last(crash: Crash) -> tuple[str, int]:
    return crash.loop[-1].path, crash.loop[-1].line
