"""A star import: what it brings, and how much of that is used.

What
    Every `from module import *` that runs, with the number of names it brings into the namespace and the number
    of those that this module uses, exports, or passes on to other modules of the project.

Why
    A reader cannot see where a name comes from, and every name that the other module adds later appears here as
    well: it may hide one that is in use. A star is no mistake by itself, so this is a note.

Example
        from os.path import *           # brings some 40 names, 1 of them is used

        print(join("a", "b"))

Instead
    Name what is used:

        from os.path import join

        print(join("a", "b"))

    `loadstone fix` writes that line where it can prove that nothing else changes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from loadstone.check.diagnostic import Diagnostic, Edit
from loadstone.check.uses import is_used
from loadstone.check.words import wrapped_import
from loadstone.words import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.check.module import Module
    from loadstone.source.acts import Bound

__all__ = ["LEVELS", "in_module"]

LEVELS = ("note",)

_MOST = 20
"""Names that a proposed import spells out; `loadstone fix` spells out more."""


def in_module(module: Module) -> Iterator[Diagnostic]:
    """Yield a note for each star import."""
    for star in module.stars:
        if module.whole.is_there(star.target):
            yield _finding(module, star)


def _finding(module: Module, star: Bound) -> Diagnostic:
    kept = [name for name in module.brought(star) if is_used(module, name)]
    return Diagnostic(
        "star",
        "note",
        module.whole.lines.statement(star.statement),
        _message(module, star, len(kept)),
        edit=_explicit(module, star, kept),
    )


def _message(module: Module, star: Bound, used: int) -> str:
    names = module.run.stars[star]
    if star in module.run.unread and not names:
        return f"this star brings all names of {star.target}, which cannot be read"
    if not names:
        return f"this star brings no names from {star.target}"
    more = "at least " if star in module.run.unread else ""
    using = "none of them is used" if not used else f"{used} of them {'is' if used == 1 else 'are'} used"
    if len(names) == used:
        using = "all are used" if used > 1 else "it is used"
    return f"this star brings {more}{plural(len(names), 'name')} from {star.target}; {using}"


def _explicit(module: Module, star: Bound, kept: list[str]) -> Edit | None:
    """Return the star as an import of names; None where more could be meant than is known."""
    statement = star.statement
    line = module.whole.lines.line(module.path, statement.line)
    indent = line[: statement.column - 1]
    alone = not indent.strip() and line[statement.column - 1 :].strip() == statement.text
    spelled = re.match(r"from (\S+) import", statement.text)
    if not alone or not spelled or not kept or len(kept) > _MOST or star in module.run.unread:
        return None
    lines = wrapped_import(spelled[1], kept, indent)
    return Edit(module.path, statement.line, statement.end_line, lines, "name what is used")
