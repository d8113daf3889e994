"""Repairs for people and programs: what was done, what was not and why, as text, as a patch, and as JSON."""

from __future__ import annotations

import difflib
import json
import os
from io import BytesIO
from typing import TYPE_CHECKING, Any

from loadstone.fix.document import Document
from loadstone.report.text import PLAIN, relative
from loadstone.words import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.fix.plan import Plan
    from loadstone.fix.repair import Refusal, Repair
    from loadstone.report.text import Style

__all__ = ["as_diff", "as_json", "as_patch", "as_text", "refusals", "summary"]


def as_text(plan: Plan, style: Style = PLAIN) -> str:
    """Return a line for each repair, then one for each that is refused; empty where there are none."""
    done = [f"{_at(one)}: {style.good(one.title)} {style.dim(f'[{one.rule}]')}" for one in plan.repairs]
    return "\n".join([*done, *_refused(plan, style)])


def refusals(plan: Plan, style: Style = PLAIN) -> str:
    """Return a line for each repair that is refused, with the reason; empty where there are none."""
    return "\n".join(_refused(plan, style))


def summary(plan: Plan, *, written: bool) -> str:
    """Return the last line of a report."""
    if not plan.repairs and not plan.refusals:
        return "nothing to fix"
    verb = "written" if written else "would be written"
    done = f"{plural(len(plan.repairs), 'repair')} in {plural(len(plan.after), 'file')} {verb}"
    left = f"; {len(plan.refusals)} not fixed, for the reasons above" if plan.refusals else ""
    return f"{done}{left}"


def as_patch(plan: Plan) -> bytes:
    """Return the plan as a patch in the unified format, in the encodings of its files; empty where nothing changes."""
    return b"".join(line for path in sorted(plan.after) for line in _diff(plan, path))


def as_diff(plan: Plan, style: Style = PLAIN) -> str:
    """Return the same for people to read, who have one encoding for all."""
    return "".join(_painted(plan, path, style) for path in sorted(plan.after))


def as_json(plan: Plan, *, written: bool) -> str:
    """Return the plan as one JSON object; lines start at 1, paths are absolute."""
    return json.dumps(
        {
            "written": written,
            "files": sorted(plan.after),
            "repairs": [{**_facts(one), "title": one.title} for one in plan.repairs],
            "refused": [{**_facts(one), "reason": one.reason} for one in plan.refusals],
        },
        indent=2,
    )


def _refused(plan: Plan, style: Style) -> list[str]:
    return [
        f"{_at(one)}: {style.warn('not fixed:')} {one.reason} {style.dim(f'[{one.rule}]')}"
        for one in plan.refusals
    ]


def _diff(plan: Plan, path: str) -> Iterator[bytes]:
    """Yield the lines of a patch; as for git, nothing but a line feed ends a line."""
    before, after = (BytesIO(one[path]).readlines() for one in (plan.before, plan.after))
    name = os.fsencode(relative(path).replace(os.sep, "/"))
    for line in difflib.diff_bytes(difflib.unified_diff, before, after, b"a/" + name, b"b/" + name):
        yield line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n"


def _painted(plan: Plan, path: str, style: Style) -> str:
    encoding = Document(path, plan.before[path]).encoding
    paint = {b"+": style.good, b"-": style.bad}
    return "".join(
        paint.get(line[:1], str)(line.removesuffix(b"\n").decode(encoding, "replace")) + "\n"
        for line in _diff(plan, path)
    )


def _at(one: Repair | Refusal) -> str:
    return f"{relative(one.path)}:{one.line}"


def _facts(one: Repair | Refusal) -> dict[str, Any]:
    return {"rule": one.rule, "path": one.path, "line": one.line}
