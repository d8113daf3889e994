"""What the machine holds: modules half made and finished, scopes, and the values that matter to a loop of imports."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from loadstone.source.bindings import Summary

__all__ = [
    "MAYBE",
    "UNKNOWN",
    "Class",
    "Const",
    "External",
    "Failing",
    "Frame",
    "Function",
    "Half",
    "Instance",
    "Need",
    "Pending",
    "Scope",
    "State",
    "Value",
]


class _Mark:
    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name


UNKNOWN = _Mark("UNKNOWN")
"""A value of which nothing is known: it has every attribute."""

MAYBE = _Mark("MAYBE")
"""What a name stands for that some way through the program leaves unbound."""


@dataclass(slots=True, eq=False)
class State:
    """A module as far as it has run: `line` is where it stands, `halves` the stars that took from half-made modules.

    `loose` is true where names may be there that nobody can read: `globals()`, a module `__getattr__`, a star
    import of such a module.
    """

    name: str
    path: str
    summary: Summary | None
    names: dict[str, Value] = field(default_factory=dict)
    line: int = 0
    finished: bool = False
    loose: bool = False
    main: bool = False
    halves: list[Half] = field(default_factory=list)

    @property
    def is_package(self) -> bool:
        """Whether it can have submodules."""
        return self.summary is not None and self.summary.is_package

    def copy(self) -> State:
        """Return the module as it is now, for `become`."""
        return replace(self, names=dict(self.names), halves=list(self.halves))

    def become(self, other: State) -> None:
        """Go back to what a copy has kept."""
        self.names.clear()
        self.names.update(other.names)
        self.line, self.finished, self.loose = other.line, other.finished, other.loose
        self.halves[:] = other.halves

    def __repr__(self) -> str:
        return f"<{self.name} at line {self.line}{', finished' if self.finished else ''}>"


@dataclass(frozen=True, slots=True)
class Half:
    """A star import at `line` that took what `source` had, when that stood at `at`."""

    line: int
    source: State
    at: int


# This and the next are never changed; frozen, making them would take most of the time.
@dataclass(slots=True, unsafe_hash=True)
class External:
    """Something of a module that is not gone through: the module itself, or ``module.name``."""

    module: str
    name: str = ""


@dataclass(slots=True, unsafe_hash=True)
class Const:
    """A plain value that a test may ask about."""

    value: object


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A function with the scope around it; `bound` is the first argument of a method."""

    home: State
    code: tuple[Any, ...]
    scope: Scope
    bound: Value | None = None

    @property
    def name(self) -> str:
        """Its name; ``<lambda>`` for one without."""
        return str(self.code[0])


@dataclass(frozen=True, slots=True, eq=False)
class Class:
    """A class: the names that its body bound, and its bases."""

    home: State
    name: str
    names: dict[str, Value]
    bases: tuple[Value, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Instance:
    """An object of a class of the program."""

    of: Class
    names: dict[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Pending:
    """A generator that has been made and not been asked for anything yet."""

    scope: Scope
    block: Any
    name: str


Value = _Mark | State | External | Const | Function | Class | Instance | Pending | tuple[Any, ...]


@dataclass(slots=True, eq=False)
class Scope:
    """Where names are looked up; `own` are those of a function, None for a module or a class."""

    kind: str
    home: State
    names: dict[str, Value]
    around: Scope | None = None
    own: frozenset[str] = frozenset()
    globals: frozenset[str] = frozenset()

    def bind(self, name: str, value: Value) -> None:
        """Let a name stand for a value."""
        names = self.home.names if name in self.globals else self.names
        names[name] = value

    def lookup(self, name: str) -> Value | None:
        """Return what a name stands for; None where it is bound nowhere."""
        inner: Scope | None = self
        if name in self.globals:
            return self.home.names.get(name)
        while inner is not None:
            if inner.kind == "function" and name in inner.own:
                return inner.names.get(name, UNKNOWN)
            if (inner.kind == "module" or inner is self) and name in inner.names:
                return inner.names[name]
            inner = inner.around
        return self.home.names.get(name)


@dataclass(slots=True)
class Frame:
    """Code under way: `function` is "<module>" for a module's own."""

    home: State
    function: str
    line: int = 0

    def copy(self) -> Frame:
        """Return it as it is now."""
        return Frame(self.home, self.function, self.line)


@dataclass(frozen=True, slots=True)
class Need:
    """What was asked for too early: `name` of the module `owner`, which it has when `of`, half made, goes on.

    The two are one, unless `name` is a submodule: its package has it when the submodule has run to its end.
    """

    of: State
    name: str
    owner: str


class Failing(Exception):
    """An error that the program would raise; `doubt` is how uncertain the way to it was."""

    def __init__(
        self, error: str, doubt: int, need: Need | None = None, frames: tuple[Frame, ...] = ()
    ) -> None:
        super().__init__(error)
        self.error = error
        self.doubt = doubt
        self.need = need
        self.frames = frames
