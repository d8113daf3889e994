"""The outcome of a proof for people and programs."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from loadstone.check.words import quoted
from loadstone.report.text import PLAIN
from loadstone.words import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loadstone.fix.proof.objection import Objection
    from loadstone.fix.verify import Verdict
    from loadstone.report.text import Style

__all__ = ["as_json", "as_text"]

_MOST = 5
"""Names that are listed in one line."""


def as_text(verdict: Verdict, root: str, style: Style = PLAIN) -> str:
    """Return a line for each objection, what was dropped without harm, and the verdict; paths are seen from `root`.

    Names that one and the same call may find, such as an `eval`, share a line.
    """
    return "\n".join(_lines(verdict, root, style))


def as_json(verdict: Verdict, root: str) -> str:
    """Return the verdict as one JSON object; paths are seen from the root of the changed project."""
    return json.dumps(
        {
            "holds": verdict.holds,
            "changed": list(verdict.changed),
            "objections": [
                {
                    "kind": one.kind,
                    "module": one.module,
                    "name": one.name,
                    "sentence": one.sentence,
                    "path": _inside(one.path, root),
                    "line": one.line,
                    "certain": not one.maybe,
                }
                for one in verdict.objections
            ],
            "dropped": [{"module": module, "name": name} for module, name in verdict.dropped],
        },
        indent=2,
    )


def _lines(verdict: Verdict, root: str, style: Style) -> Iterator[str]:
    for group in _grouped(verdict.objections):
        one = group[0]
        kind = style.warn("caution") if one.maybe else style.bad(one.kind)
        at = f"{_inside(one.path, root)}:{one.line}: " if one.path else ""
        yield f"{kind}: {at}{one.module}: {_sentence(group)}"
    if verdict.dropped:
        names = [f"{module}:{name}" for module, name in verdict.dropped]
        yield f"{style.mild('dropped')}: nobody in the project asks for {quoted(names, _MOST)}"
    changed = plural(len(verdict.changed), "module") + " changed"
    if verdict.holds:
        yield f"{changed}: every name, every effect and every loop of imports is as it was"
    else:
        yield f"{changed}: {_counted(verdict.objections)}"


def _grouped(objections: Sequence[Objection]) -> list[list[Objection]]:
    """Return the objections in their order, those together that one thing may make of several names."""
    groups: dict[object, list[Objection]] = {}
    for number, one in enumerate(objections):
        key = (one.path, one.line, one.maybe) if one.maybe else number
        groups.setdefault(key, []).append(one)
    return list(groups.values())


def _sentence(group: Sequence[Objection]) -> str:
    if len(group) == 1:
        return group[0].sentence
    return f"loses {quoted([one.name for one in group], _MOST)}, each of which {group[0].maybe}"


def _counted(objections: Sequence[Objection]) -> str:
    """Return how much speaks against the change, and how many names may be missed."""
    certain = sum(not one.maybe for one in objections)
    names = plural(len(objections) - certain, "name") + " may be missed"
    if certain == len(objections):
        return plural(certain, "objection")
    return f"{plural(certain, 'objection')}, and {names}" if certain else names


def _inside(path: str, root: str) -> str:
    return path.removeprefix(root.rstrip(os.sep) + os.sep)
