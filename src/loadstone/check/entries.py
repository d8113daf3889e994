"""Ways into a loop of imports: which modules crash when they are imported first, and who does import them first."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from loadstone.source.entering.machine import GaveUp, Machine
from loadstone.source.entering.state import Failing
from loadstone.source.simulation import Simulation

if TYPE_CHECKING:
    from loadstone.source.graph import Cycle, Graph
    from loadstone.source.simulation import Crash
    from loadstone.source.tree import Project

__all__ = ["Entries"]

_MOST = 20
"""Modules outside a loop that are gone through to see whether one enters it where it crashes."""


class Entries:
    """The entries of one loop."""

    def __init__(self, project: Project, edges: Graph, cycle: Cycle) -> None:
        self.project = project
        self.edges = edges
        self.cycle = cycle
        self.simulation = Simulation(project)
        # Package to the modules that importing it loads: entering at one of those is entering at the package.
        self._loaded: dict[str, frozenset[str]] = {}

    def crashes(self) -> list[Crash]:
        """Return how each module of the loop crashes that does when it is imported first."""
        entered = (name for name in self.cycle.modules if not self._comes_with_package(name))
        return [crash for name in entered if (crash := self.simulation.enter(name))]

    def entered(self, crash: Crash) -> bool:
        """Whether anything enters the loop so that it crashes; also where nothing outside imports it at all."""
        return not self._outside or self._user(crash) is not None

    def why(self, crash: Crash) -> str:
        """Return who enters there, as a sentence."""
        user = self._user(crash)
        if user is None:
            return "nothing outside of the loop imports it: any of its modules may be the first"
        return f"`{user}` enters there"

    @cached_property
    def _outside(self) -> dict[str, list[str]]:
        """The modules outside the loop that import one in it: {inside: [outside]}."""
        inside = {*self.cycle.modules}
        found: dict[str, list[str]] = {}
        for name in self.cycle.modules:
            for edge in self.edges.importers(name):
                if edge.importer not in inside and edge.when != "never":
                    found.setdefault(name, []).append(edge.importer)
        return found

    def _user(self, crash: Crash) -> str | None:
        """Return a module outside that crashes in the same line."""
        for name in self._outside.get(crash.entry, ())[:_MOST]:
            met = self.simulation.enter(name)
            if met is not None and (met.loop[-1].path, met.loop[-1].line) == _last(crash):
                return name
        return None

    def _comes_with_package(self, name: str) -> bool:
        package = name.rpartition(".")[0]
        return bool(package) and name in self._loads(package)

    def _loads(self, package: str) -> frozenset[str]:
        if package not in self._loaded:
            machine = Machine(self.simulation.programs)
            try:
                machine.load(package)
                self._loaded[package] = frozenset(machine.modules)
            except (Failing, GaveUp, RecursionError):
                self._loaded[package] = frozenset()
        return self._loaded[package]


def _last(crash: Crash) -> tuple[str, int]:
    return crash.loop[-1].path, crash.loop[-1].line
