"""A Repair: the edits that settle one finding, and all that they mean to change. A Refusal: why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loadstone.fix.edits import Edit
    from loadstone.source.origins import Origin

__all__ = ["NOTHING", "Meant", "Refusal", "Repair"]


@dataclass(frozen=True, slots=True)
class Meant:
    """What a change means to change; everything else must stay as it is.

    `gone` are names that may leave a module, as (module, name), if nothing asks for them; `new` names that may appear.
    `turned` are changes of origin, (before, after), and follow the name wherever it is passed on. `exports` are the
    modules whose `__all__` may change, `loads` those that may import more.
    """

    gone: frozenset[tuple[str, str]] = frozenset()
    new: frozenset[tuple[str, str]] = frozenset()
    turned: frozenset[tuple[Origin, Origin]] = frozenset()
    exports: frozenset[str] = frozenset()
    loads: frozenset[str] = frozenset()

    def __or__(self, other: Meant) -> Meant:
        return Meant(
            self.gone | other.gone,
            self.new | other.new,
            self.turned | other.turned,
            self.exports | other.exports,
            self.loads | other.loads,
        )


NOTHING = Meant()


@dataclass(frozen=True, slots=True)
class Repair:
    """One finding settled: what is done, at which line, by which edits."""

    rule: str
    module: str
    path: str
    line: int
    title: str
    edits: tuple[Edit, ...]
    meant: Meant = NOTHING

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.title} [{self.rule}]"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A finding that is left as it is, and the reason, as a sentence without its full stop."""

    rule: str
    path: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: not fixed: {self.reason} [{self.rule}]"
