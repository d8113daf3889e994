"""What speaks against a change: one Objection for each name, effect or loop that would be another one."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["KINDS", "Objection"]

KINDS = {
    "unreadable": "a file does not compile any more",
    "origin": "a name means something else",
    "lost": "a name is gone that is still asked for",
    "appeared": "a name appears that was not there",
    "exports": "`__all__` is another one",
    "moved": "an effect happens at another time, or not at all",
    "crash": "an import crashes that worked",
}


@dataclass(frozen=True, slots=True)
class Objection:
    """One of KINDS, about a `name` of a `module`; `sentence` says what was and what would be.

    `path` and `line` are where it shows, as the files are after the change. `maybe` is set where a name is lost that
    nobody is seen to ask for, and says what may find it all the same: ``may be found by eval()``.
    """

    kind: str
    module: str
    name: str
    sentence: str
    path: str = ""
    line: int = 0
    maybe: str = ""

    def __str__(self) -> str:
        return f"{self.module}: {self.sentence}"
