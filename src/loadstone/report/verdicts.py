"""The outcome of a proof for people and programs."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from loadstone.report.text import PLAIN
from loadstone.words import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.fix.verify import Verdict
    from loadstone.report.text import Style

__all__ = ["as_json", "as_text"]

_MOST = 5
"""Names that are listed where nobody asks for them."""


def as_text(verdict: Verdict, root: str, style: Style = PLAIN) -> str:
    """Return a line for each objection, what was dropped without harm, and the verdict; paths are seen from `root`."""
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
                }
                for one in verdict.objections
            ],
            "dropped": [{"module": module, "name": name} for module, name in verdict.dropped],
        },
        indent=2,
    )


def _lines(verdict: Verdict, root: str, style: Style) -> Iterator[str]:
    for one in verdict.objections:
        at = f"{_inside(one.path, root)}:{one.line}: " if one.path else ""
        yield f"{style.bad(one.kind)}: {at}{one.module}: {one.sentence}"
    if verdict.dropped:
        names = [f"{module}:{name}" for module, name in verdict.dropped]
        more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
        yield f"{style.mild('dropped')}: nobody in the project asks for {', '.join(names[:_MOST])}{more}"
    changed = plural(len(verdict.changed), "module") + " changed"
    if verdict.holds:
        yield f"{changed}: every name, every effect and every loop of imports is as it was"
    else:
        yield f"{changed}: {plural(len(verdict.objections), 'objection')}"


def _inside(path: str, root: str) -> str:
    return path.removeprefix(root.rstrip(os.sep) + os.sep)
