"""Entering a module in thought: whether a loop of imports stops it, where, and what would break the loop."""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from loadstone.source.entering.machine import GaveUp, Machine
from loadstone.source.entering.programs import Programs
from loadstone.source.entering.state import Failing
from loadstone.source.entering.ways import Ways
from loadstone.source.project import Library
from loadstone.source.tree import Project

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from loadstone.source.entering.state import Frame, Need
    from loadstone.source.statements import Statement

__all__ = ["Crash", "Simulation", "Step", "enter"]


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a loop: where it stands, and what it `does`, such as "runs shop.db" or "needs shop.cart.f"."""

    module: str
    path: str
    line: int
    text: str
    does: str

    def __str__(self) -> str:
        return f"{os.path.basename(self.path)}:{self.line} {self.does}"


@dataclass(frozen=True, slots=True)
class Crash:
    """What happens when `entry` is the first of its loop to be imported: `error`, for want of `name` of `module`.

    `loop` leads from the half-made module to the line that needs the name. `bound_at` is the statement that has not
    run yet; it is None where `name` is a submodule that is still running, or where nothing in the module binds it.
    """

    entry: str
    error: str
    module: str
    name: str
    loop: tuple[Step, ...]
    bound_at: Statement | None

    def __str__(self) -> str:
        return f"entering at {self.entry}: {'; '.join(map(str, self.loop))}, {self._state()}: {self.error}"

    def _state(self) -> str:
        if self.bound_at is None:
            return "which is not there yet"
        return f"which is bound at {os.path.basename(self.bound_at.path)}:{self.bound_at.line}: not yet run"


def enter(where: Project | Library, module: str, *, main: bool = False) -> Crash | None:
    """Return how importing `module` first fails in a loop of imports; None where it does not.

    With `main`, its file is run as a program, and is another module than the one that the rest imports.
    """
    return Simulation(where).enter(module, main=main)


class Simulation:
    """Entries into one project or library, each in a fresh interpreter."""

    def __init__(self, where: Project | Library, programs: Programs | None = None) -> None:
        if programs is None:
            project = where if isinstance(where, Project) else None
            library = where if isinstance(where, Library) else where.library
            programs = Programs(library, project.modules if project else None)
        self.programs = programs
        # The last set of risky modules, and the ways in that were tried with it.
        self._ways: tuple[frozenset[str], Ways] | None = None

    def enter(self, module: str, *, main: bool = False) -> Crash | None:
        """As the function `enter`."""
        links = self.programs.links
        links.extend([module])
        risky = links.leading_to(name for loop in links.loops() for name in loop)
        if main:
            return self._started(module, Machine(self.programs, risky))
        return self._entered(module, self._ways_to(risky))

    def crashes(self, modules: Iterable[str], within: frozenset[str] | None = None) -> tuple[Crash, ...]:
        """Return how entering fails at each module of each loop among `modules` and what they lead to.

        With `within`, only the loops that one of these is part of.
        """
        links = self.programs.links
        links.extend(modules)
        found = []
        for loop in links.loops():
            self.programs.library.notes.programs.update(loop)
            if within is None or not within.isdisjoint(loop):
                ways = Ways(self.programs, links.leading_to(loop))
                found += [crash for entry in sorted(loop) if (crash := self._entered(entry, ways))]
        return tuple(found)

    def _ways_to(self, risky: frozenset[str]) -> Ways:
        if self._ways is None or self._ways[0] != risky:
            self._ways = risky, Ways(self.programs, risky)
        return self._ways[1]

    def _entered(self, module: str, ways: Ways) -> Crash | None:
        failing = ways.enter(module)
        return self._crash(module, failing) if failing else None

    def _started(self, module: str, machine: Machine) -> Crash | None:
        location = self.programs.library.locate(module)
        try:
            machine.start(module, (location and location.path) or "")
        except Failing as failing:
            return self._crash(module, failing)
        except (GaveUp, RecursionError):
            return None
        return None

    def _crash(self, entry: str, failing: Failing) -> Crash | None:
        error, frames, need = failing.error, failing.frames, failing.need
        if need is None:
            return None
        starts = [
            at for at, frame in enumerate(frames) if frame.home is need.of and frame.function == "<module>"
        ]
        first = starts[-1] if starts else 0
        if first == len(frames) - 1 and error == "NameError":  # a module that reads its own name too early
            return None
        loop = frames[first:]
        return Crash(
            entry,
            error,
            need.owner,
            need.name,
            tuple(self._steps(loop, need)),
            self._bound_at(need, loop[0].line if starts else 0),
        )

    def _steps(self, frames: Sequence[Frame], need: Need) -> list[Step]:
        steps = []
        for frame, inner in pairwise(frames):
            does = f"runs {inner.home.name}" if inner.function == "<module>" else f"calls {inner.function}"
            steps.append(self._step(frame, does))
        steps.append(self._step(frames[-1], f"needs {need.owner}.{need.name}"))
        return steps

    def _step(self, frame: Frame, does: str) -> Step:
        lines = self.programs.lines(frame.home.path)
        text = lines[frame.line - 1].strip() if 0 < frame.line <= len(lines) else ""
        return Step(frame.home.name, frame.home.path, frame.line, text, does)

    def _bound_at(self, need: Need, line: int) -> Statement | None:
        summary = need.of.summary if need.owner == need.of.name else None
        for bound in summary.bounds if summary else ():
            if bound.name == need.name and bound.statement.end_line >= line:
                return bound.statement
        return None
