"""What the rules have asked for one module, and what they were told: an edit that nobody sees changes none of it."""

from __future__ import annotations

import marshal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from typing import TypeVar

    T = TypeVar("T", bound="Answer")

__all__ = ["Answer", "Memory", "Question"]

Answer = bool | str | tuple[object, ...] | None

Question = tuple[str, ...]
"""What is asked, and of what: ("missing_name.lacks", "shop.money", "VAT")."""


class Memory:
    """The questions of one module with their answers: those known from an earlier check, and all that are asked.

    A question is worth keeping if its answer is a plain value that costs a look into other modules, and changes only
    with what these say and what they see of this one. Names of this module that count are among its words.
    """

    def __init__(self, known: Mapping[Question, Answer] | None = None) -> None:
        self._known = known or {}
        self._asked: dict[Question, Answer] = {}

    @classmethod
    def read(cls, kept: bytes, without: Collection[str]) -> Memory:
        """Return what was kept, but for questions in which some names are mentioned."""
        known: dict[Question, Answer] = marshal.loads(kept)  # noqa: S302  # ours, as .pyc files are
        return cls({one: answer for one, answer in known.items() if not _mentions(one, without)})

    def kept(self) -> bytes:
        """Return what is to be kept: all that was asked this time."""
        return marshal.dumps(self._asked)

    def ask(self, question: Question, work: Callable[[], T]) -> T:
        """Return the answer to a question, which takes some work if it was not asked before."""
        if question not in self._asked:
            self._asked[question] = self._known[question] if question in self._known else work()
        return self._asked[question]  # type: ignore[return-value]  # one question always has answers of one type


def _mentions(question: Question, names: Collection[str]) -> bool:
    return any(part in names for word in question for part in word.split("."))
