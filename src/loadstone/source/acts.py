"""What the statements at the top of a module do, in order, as values: the program that `running` executes.

A body is a tuple of acts. Most bind a name (Bound); the rest say what can change that: a module is loaded, a name
is deleted, `__all__` grows, an error is raised, or control forks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.source.conditions import Test
    from loadstone.source.statements import Statement

__all__ = [
    "Act",
    "Arm",
    "Attempt",
    "Body",
    "Bound",
    "Branch",
    "Choice",
    "Export",
    "Handler",
    "Load",
    "Loop",
    "Planted",
    "Raised",
    "Reads",
    "Ref",
    "Unbound",
    "exclusive",
    "flatten",
    "inner",
]

Branch = tuple[tuple[int, int], ...]
"""The arms around an act, outermost first: (line of the fork, number of the arm)."""


class Bound(NamedTuple):
    """One act of binding at module level.

    `how` is "definition", "import", "from-import" or "star"; `kind` is "module", "function", "class",
    "variable", "dynamic", or "unknown" where another module decides it (from-imports and stars). `target` is
    the module meant, by its absolute name, and `member` the name wanted from it; a star has the name ``*``.
    `value` holds the expression of an assignment where it can decide a later test.
    """

    name: str
    kind: str
    how: str
    alias: str | None
    statement: Statement
    target: str = ""
    member: str = ""
    branch: Branch = ()
    conditional: bool = False
    value: Test = None

    def __str__(self) -> str:
        return f"{self.name}: {self.statement}"


class Unbound(NamedTuple):
    """A name that ``del``, or the end of an ``except ... as`` block, takes away."""

    name: str
    statement: Statement


class Planted(NamedTuple):
    """An attribute that is set on something else, ``module.name = value``, by its dotted path."""

    path: str
    statement: Statement


class Load(NamedTuple):
    """A module that is imported here; `members` are the names a from-import wants (each may be a submodule)."""

    target: str
    members: tuple[str, ...]
    statement: Statement


class Ref(NamedTuple):
    """A part of an `__all__` that is another module's: ``x.__all__`` is Ref("x"), a list is Ref(name, True)."""

    name: str
    plain: bool = False


class Export(NamedTuple):
    """A statement about `__all__`: `op` is "set", "extend", "remove" or "touch" (it cannot be read)."""

    op: str
    parts: tuple[str | Ref | None, ...]
    statement: Statement


class Raised(NamedTuple):
    """A ``raise`` at module level, by the name of its exception."""

    error: str
    statement: Statement


class Reads(NamedTuple):
    """The names, dotted where attributes follow, that one statement reads while the module is imported."""

    names: tuple[str, ...]
    statement: Statement


class Arm(NamedTuple):
    """One way through a Choice; `test` is None where nothing can be said about it."""

    test: Test
    body: Body


class Choice(NamedTuple):
    """``if``/``elif``/``else`` or ``match``: exactly one arm runs. An ``else`` that is not written is an empty arm."""

    arms: tuple[Arm, ...]
    statement: Statement


class Handler(NamedTuple):
    """One ``except``: the dotted names it `catches` (None: a bare ``except``), and what it does."""

    catches: tuple[str, ...] | None
    body: Body


class Attempt(NamedTuple):
    """``try``, or ``with suppress(...)``."""

    body: Body
    handlers: tuple[Handler, ...]
    otherwise: Body
    final: Body
    statement: Statement


class Loop(NamedTuple):
    """``for`` or ``while``: the body is taken to run, once; if it `breaks`, the ``else`` may not."""

    body: Body
    otherwise: Body
    breaks: bool
    statement: Statement


Act = Bound | Unbound | Planted | Load | Export | Raised | Reads | Choice | Attempt | Loop
Body = tuple[Act, ...]


def exclusive(one: Branch, other: Branch) -> bool:
    """Whether two acts can never both run, because they stand in different arms of one fork."""
    arms = dict(one)
    return any(arms.get(line, arm) != arm for line, arm in other)


def flatten(body: Body) -> Iterator[Bound]:
    """Yield every binding of the body and of what is nested in it, in the order of the text."""
    for act in body:
        if isinstance(act, Bound):
            yield act
        else:
            for part in inner(act):
                yield from flatten(part)


def inner(act: Act) -> tuple[Body, ...]:
    """Return the bodies nested in an act."""
    if isinstance(act, Choice):
        return tuple(arm.body for arm in act.arms)
    if isinstance(act, Attempt):
        return (act.body, *(handler.body for handler in act.handlers), act.otherwise, act.final)
    if isinstance(act, Loop):
        return (act.body, act.otherwise)
    return ()
