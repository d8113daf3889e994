"""Lists of what to leave out, in the notation of ``.gitignore``."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Ignore"]


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One line: `keeps` for one that starts with ``!``; `anchored` if a slash ties it to the list's own folder."""

    match: re.Pattern[str]
    keeps: bool
    anchored: bool
    only_folders: bool


@dataclass(frozen=True, slots=True)
class Ignore:
    """The patterns of one folder; the last that fits a path decides.

    Understood are names, ``*``, ``?``, ``[...]``, ``**``, a leading or inner slash, a slash at the end (folders
    only) and ``!``. Not read are the user's own exclude files outside the project.
    """

    folder: str
    patterns: tuple[_Pattern, ...]

    @classmethod
    def parse(cls, folder: str, lines: Iterable[str]) -> Ignore | None:
        """Return what `lines` say about the files in `folder`; None if they say nothing."""
        patterns = tuple(pattern for line in lines if (pattern := _pattern(line.strip())))
        return cls(folder, patterns) if patterns else None

    def verdict(self, path: str, *, is_folder: bool) -> bool | None:
        """Return whether to leave `path` out; None where no pattern fits."""
        name = os.path.basename(path)
        inner = path[len(self.folder) :].lstrip(os.sep)
        if os.sep != "/":
            inner = inner.replace(os.sep, "/")
        for pattern in reversed(self.patterns):
            if pattern.only_folders and not is_folder:
                continue
            if pattern.match.fullmatch(inner if pattern.anchored else name):
                return not pattern.keeps
        return None


def _pattern(line: str) -> _Pattern | None:
    if not line or line.startswith("#"):
        return None
    keeps = line.startswith("!")
    body = line.removeprefix("!").removeprefix("\\")
    only_folders = body.endswith("/")
    body = body.rstrip("/")
    anchored = "/" in body
    if not body:
        return None
    try:
        match = re.compile(_regex(body.lstrip("/")))
    except re.error:
        return None
    return _Pattern(match, keeps, anchored, only_folders)


def _regex(pattern: str) -> str:
    """Return the regular expression for a pattern; ``**/`` stands for any number of folders."""
    return "".join(_piece(part) for part in re.findall(r"\*\*/|/\*\*|\*+|\?|\[[^\]]+\]|.", pattern))


def _piece(part: str) -> str:
    if part.startswith("[") and len(part) > 1:
        return _set(part)
    return _PARTS.get(part) or re.escape(part)


_PARTS = {"**/": "(?:.*/)?", "/**": "/.*", "*": "[^/]*", "**": ".*", "?": "[^/]"}


def _set(part: str) -> str:
    inner = part[1:-1]
    negated = inner.startswith("!")
    return (
        f"[{'^' if negated else ''}{re.escape(inner[1:] if negated else inner).replace(chr(92) + '-', '-')}]"
    )
