"""Small words for messages: lists of names, numbers, import statements, and what a report looks for in them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["NOT_INSTALLED", "in_words", "quoted", "wrapped_import"]

NOT_INSTALLED = "and none is installed"
"""With this a message speaks of a package that the environment does not have."""

WIDTH = 88
"""Columns of an import statement that stays on one line."""


def quoted(names: Sequence[str], most: int = 3) -> str:
    """Return names as a sentence has them: ```a`, `b` and 3 more``; `most` of them are named."""
    shown = [f"`{name}`" for name in names[:most]]
    rest = len(names) - len(shown)
    if rest:
        return f"{', '.join(shown)} and {rest} more"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def in_words(number: int) -> str:
    """Return ``two`` for 2, up to ten; figures from there on."""
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return words[number] if number < len(words) else str(number)


def wrapped_import(module: str, names: Sequence[str], indent: str = "") -> tuple[str, ...]:
    """Return the lines of ``from module import names``, one name a line where one line is too short."""
    line = f"{indent}from {module} import {', '.join(names)}"
    if len(line) <= WIDTH:
        return (line,)
    return (f"{indent}from {module} import (", *(f"{indent}    {name}," for name in names), f"{indent})")
