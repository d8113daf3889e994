"""Names that two statements give to one module, and that a star import decides."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loadstone.source.origins import Binding

__all__ = ["Conflict", "conflict"]


class Conflict(NamedTuple):
    """One name that a star import took from another statement, with a different origin.

    `winner` is the binding that Python uses, `candidates` are all of them in the order of the text. `settle`
    is the line to add and `after_line` where. `used` tells whether the module uses or exports the name.
    """

    name: str
    winner: Binding
    candidates: tuple[Binding, ...]
    settle: str
    after_line: int
    used: bool

    def __str__(self) -> str:
        return (
            f"{self.name} is bound {self._by()}. Python uses {self.winner.origin}. "
            f"To settle it add, after line {self.after_line}: {self.settle}"
        )

    def _by(self) -> str:
        explicit = [one.statement.line for one in self.candidates if one.how != "star" and one.statement]
        stars = [one.statement.line for one in self.candidates if one.how == "star" and one.statement]
        if not explicit:
            return f"{_times(len(stars))} by star imports"
        return f"in {_lines(explicit)} and then by a star import in {_lines(stars)}"


def _lines(numbers: list[int]) -> str:
    """Return ``line 3``, or ``lines 3 and 5``."""
    return f"{'line' if len(numbers) == 1 else 'lines'} {' and '.join(map(str, numbers))}"


def conflict(winner: Binding, *, used: bool) -> Conflict | None:
    """Return the conflict that a star's binding won; None where it hides nothing but a builtin."""
    if winner.how != "star" or winner.statement is None or not _certain(winner):
        return None
    hidden = [one for one in winner.hides if one.statement is not None and _certain(one)]
    if not hidden:
        return None
    return Conflict(
        winner.name,
        winner,
        (*reversed(hidden), winner),
        _settling(winner, hidden),
        winner.statement.end_line,
        used,
    )


def _certain(binding: Binding) -> bool:
    """What comes from a module that cannot be read may be one and the same thing."""
    return not binding.missing and binding.kind not in {"dynamic", "unknown"}


def _settling(winner: Binding, hidden: Iterable[Binding]) -> str:
    """The hidden one if it can be imported, since adding nothing already means the winner; else the winner."""
    lines = (line_for(one) for one in hidden)
    return next((line for line in lines if line), None) or line_for(winner) or f"del {winner.name}"


def line_for(binding: Binding) -> str | None:
    """Return the import statement that gives the name to this binding alone; None for a definition."""
    if binding.how == "definition" or binding.statement is None:
        return None
    if binding.how == "import":
        return f"import {binding.source_module}" + (f" as {binding.alias}" if binding.alias else "")
    spelled = re.match(r"from\s*(.+?)\s*\bimport\b", binding.statement.text)
    module = spelled[1].replace(" ", "") if spelled else binding.source_module
    if binding.alias:
        return f"from {module} import {binding.member} as {binding.alias}"
    return f"from {module} import {binding.name}"


def _times(count: int) -> str:
    return {2: "twice", 3: "three times"}.get(count, f"{count} times")
