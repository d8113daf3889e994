"""Edits made to a text."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from loadstone.explain.explanation import Edit

__all__ = ["edited"]


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return `text` with the edits made; raise ValueError where it does not have the lines they replace."""
    lines = text.split("\n")
    for edit in sorted(edits, key=lambda edit: (-edit.line, not edit.old)):
        old = edit.old.split("\n") if edit.old else []
        start = edit.line - 1
        if lines[start : start + len(old)] != old:
            raise ValueError(f"line {edit.line} is not {edit.old!r}")
        lines[start : start + len(old)] = edit.new.split("\n") if edit.new else []
    return "\n".join(lines)
