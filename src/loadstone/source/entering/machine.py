"""The import system of the simulation: modules are entered, run, and left half made while others run.

The rules are those of importlib: the packages on the way first, a module is in `sys.modules` before its first statement
runs, it becomes an attribute of its package only after its last, and it is taken out again if it fails.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loadstone.source.entering.state import (
    External,
    Failing,
    Frame,
    Need,
    Scope,
    State,
)

if TYPE_CHECKING:
    from loadstone.source.entering.lowering.lowering import Block
    from loadstone.source.entering.programs import Programs
    from loadstone.source.entering.state import Instance, Value

__all__ = ["GaveUp", "Machine"]

STEPS = 300_000
"""Statements and expressions that one entry goes through at most; a program that needs more is not judged."""

DEEPEST = 60
"""Modules and calls under way at once: Python's own limit is near where ours would be."""


class GaveUp(Exception):
    """The program is too large, or too deep, to be gone through."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A machine between two imports."""

    modules: dict[str, State | External]
    states: dict[State, State]
    returned: dict[tuple[object, ...], Value]
    made: dict[tuple[object, ...], Instance]
    planted: int
    left: int


class Machine:
    """One fresh interpreter, in thought; only the `risky` modules are gone through, the others work."""

    def __init__(self, programs: Programs, risky: frozenset[str] = frozenset()) -> None:
        from loadstone.source.entering.execute import STATEMENTS  # whose functions take a machine

        self.statements = STATEMENTS
        self.programs = programs
        self.risky = risky
        # Module to its state, as sys.modules; External for what is not gone through. A failed module is taken out.
        self.modules: dict[str, State | External] = {}
        self.frames: list[Frame] = []
        self.doubt = 0
        self.guards = 0
        self.calls: list[object] = []
        # What a function returned, by its scope, code and arguments: called alike again it is not gone through again.
        self.returned: dict[tuple[object, ...], Value] = {}
        # The objects that classes made, by class and arguments, likewise.
        self.made: dict[tuple[object, ...], Instance] = {}
        # Attributes that were set on classes and objects, with what they were before.
        self.planted: list[tuple[dict[str, Value], str, Value | None]] = []
        self.left = STEPS

    def step(self) -> None:
        """Count one statement or call; raise GaveUp when it is one too many."""
        self.left -= 1
        if self.left < 0:
            raise GaveUp

    # Going back.

    def checkpoint(self) -> Checkpoint:
        """Return what `restore` needs to come back to this moment; nothing may be under way."""
        return Checkpoint(
            dict(self.modules),
            {state: state.copy() for state in self.modules.values() if isinstance(state, State)},
            dict(self.returned),
            dict(self.made),
            len(self.planted),
            self.left,
        )

    def restore(self, moment: Checkpoint) -> None:
        """Go back to an earlier moment; those between it and now are lost."""
        self.frames, self.calls, self.doubt, self.guards = [], [], 0, 0
        self.modules, self.left = dict(moment.modules), moment.left
        self.returned, self.made = dict(moment.returned), dict(moment.made)
        for state, before in moment.states.items():
            state.become(before)
        while len(self.planted) > moment.planted:
            names, name, value = self.planted.pop()
            if value is None:
                names.pop(name, None)
            else:
                names[name] = value

    def plant(self, names: dict[str, Value], name: str, value: Value) -> None:
        """Set an attribute of a class or an object."""
        self.planted.append((names, name, names.get(name)))
        names[name] = value

    # Entering.

    def start(self, name: str, path: str) -> None:
        """Run the file as ``python path`` does: as ``__main__``, so that importing it by its name runs it again."""
        summary = self.programs.summary(name)
        package = summary._replace(name="__main__", is_package=False) if summary else None
        state = State("__main__", path, package, main=True)
        self.modules["__main__"] = state
        self._run(state, name)

    def run_alone(self, name: str) -> State | External:
        """Run a harmless module for what its functions do; what it imports is not gone through."""
        return self._run_new(name)

    def load(self, name: str) -> State | External:
        """Import a module, the packages above it first; return what `sys.modules` then has under the name."""
        if name in self.modules:
            return self.modules[name]
        package, _, tail = name.rpartition(".")
        above = self.load(package) if package else None
        if name in self.modules:  # the package has imported it on its way
            return self.modules[name]
        if not self.programs.exists(name):
            if self.guards:
                self.fail("ModuleNotFoundError")
            return External(name)
        module = self._enter(name)
        if isinstance(above, State):
            above.names[tail] = module
        return module

    def _enter(self, name: str) -> State | External:
        if name not in self.risky:
            self.modules[name] = External(name)
            return self.modules[name]
        return self._run_new(name)

    def _run_new(self, name: str) -> State | External:
        summary = self.programs.summary(name)
        state = State(name, summary.path if summary else "", summary)
        self.modules[name] = state
        try:
            self._run(state, name)
        except Failing:
            del self.modules[name]
            raise
        return self.modules[name]

    def _run(self, state: State, name: str) -> None:
        program = self.programs.program(name)
        if program is None or state.summary is None:
            raise GaveUp
        state.loose = bool(state.summary.dynamic)
        if len(self.frames) > DEEPEST:
            raise GaveUp
        self.frames.append(Frame(state, "<module>"))
        try:
            self.block(Scope("module", state, state.names), program)
        finally:
            self.frames.pop()
        state.finished = True

    def block(self, scope: Scope, body: Block) -> str | None:
        """Go through statements; return "return" or "leave" (the body of a loop) where they end early.

        Raises Failing where they fail.
        """
        frame = self.frames[-1]
        for node in body:
            self.step()
            frame.line = node[1]
            if frame.function == "<module>":
                frame.home.line = node[1]
            ended = self.statements[node[0]](self, scope, node)
            if ended:
                return ended
        return None

    def fail(self, error: str, need: Need | None = None) -> None:
        """Raise an error of the program, with the code under way."""
        frames = tuple(frame.copy() for frame in self.frames)
        raise Failing(error, self.doubt, need, frames)
