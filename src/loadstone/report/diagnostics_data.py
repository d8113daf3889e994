"""Findings for programs: JSON, and the commands of a GitHub workflow."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from loadstone.report.text import relative

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loadstone.check.diagnostic import Diagnostic, Edit, Place

__all__ = ["as_github", "as_json"]


def as_json(found: Sequence[Diagnostic], files: int) -> str:
    """Return all findings as one JSON object; lines and columns start at 1, paths are absolute."""
    counts = Counter(one.level for one in found)
    return json.dumps(
        {
            "findings": [_finding(one) for one in found],
            "files": files,
            "errors": counts["error"],
            "warnings": counts["warning"],
            "notes": counts["note"],
        },
        indent=2,
    )


def as_github(found: Diagnostic) -> str:
    """Return the workflow command that makes GitHub show a finding beside its line."""
    level = "notice" if found.level == "note" else found.level
    facts = {
        "file": relative(found.path),
        "line": found.line,
        "endLine": found.line,
        "col": found.column,
        "endColumn": found.end_column,
        "title": f"loadstone {found.rule}",
    }
    settings = ",".join(f"{key}={_escaped(str(value), properties=True)}" for key, value in facts.items())
    said = [found.message, *found.notes, *([str(found.edit)] if found.edit else [])]
    text = _escaped("\n".join(said))
    return f"::{level} {settings}::{text}"


def _finding(one: Diagnostic) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "level": one.level,
        **_place(one.place),
        "message": one.message,
        "related": [_place(place) for place in one.related],
        "notes": list(one.notes),
        "edit": _edit(one.edit) if one.edit else None,
    }


def _place(one: Place) -> dict[str, Any]:
    return {
        "path": one.path,
        "line": one.line,
        "column": one.column,
        "end_column": one.end_column,
        "label": one.label,
    }


def _edit(one: Edit) -> dict[str, Any]:
    """Lines `first` to `last` become `lines`; nothing is replaced where `last` is before `first`."""
    return {
        "title": one.title,
        "path": one.path,
        "first": one.first,
        "last": one.last,
        "lines": list(one.lines),
    }


def _escaped(text: str, *, properties: bool = False) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if properties else text
