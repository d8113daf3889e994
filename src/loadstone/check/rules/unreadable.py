"""A file that Python could not compile, or that cannot be read.

What
    Syntax errors, bytes that are no text in the file's encoding, and files and folders that the system does not
    let us read. The file counts as empty for all other rules; the rest of the project is checked.

Why
    Importing the file fails, and what other rules say about its users is less than it could be: names from it
    count as unknown.

Example
        # templates/total.py
        def total(items)
            return sum(items)

Instead
    Mend the file, or leave it out of the check:

        [tool.loadstone]
        exclude = ["templates/"]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.check.diagnostic import Diagnostic, Place
from loadstone.source.facts import UNREAD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.check.whole import Whole

__all__ = ["LEVELS", "in_project"]

LEVELS = ("error", "warning")


def in_project(whole: Whole) -> Iterator[Diagnostic]:
    """Yield the files that do not compile, then what could not be read on the way."""
    for name in whole.project.selected:
        module = whole.module(name)
        if module and module.summary.error:
            error = module.summary.error
            yield Diagnostic("unreadable", "error", _place(module.path, error), _message(error))
    for trouble in whole.project.troubles:
        place = Place(trouble.path, 1, 1, 2)
        yield Diagnostic("unreadable", "warning", place, f"this cannot be read: {trouble.reason}")


def _message(error: SyntaxError) -> str:
    unread = error.msg.startswith(UNREAD)
    return f"this file {error.msg}" if unread else f"this file cannot be compiled: {error.msg}"


def _place(path: str, error: SyntaxError) -> Place:
    column = max(error.offset or 1, 1)
    same_line = error.end_lineno in (None, error.lineno)
    end = error.end_offset if same_line and error.end_offset and error.end_offset > column else column + 1
    return Place(path, max(error.lineno or 1, 1), column, end)
