"""A module under its Python 2 name, or one that the standard library has no longer."""

from __future__ import annotations

import sys

from loadstone.explain.commands import install, quoted
from loadstone.explain.explanation import Evidence, Explanation, Repair
from loadstone.explain.tables.removed import REMOVED, RENAMED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from loadstone.explain.failure import Failure
    from loadstone.explain.tables.removed import Removed
    from loadstone.source.statements import Import

__all__ = ["explain"]


def explain(failure: Failure) -> Explanation | None:
    """Return what the module is called now, or what does its work; None for a module that never was there."""
    missing, wanted = failure.missing_module, failure.wanted_module
    if not missing:
        return None
    for name in _from_missing(missing, wanted):
        if name in RENAMED:
            return _renamed(failure, name, RENAMED[name])
        if name in REMOVED and sys.version_info[:2] >= REMOVED[name].version:
            return _removed(failure, name, REMOVED[name])
    return None


def _from_missing(missing: str, wanted: str) -> list[str]:
    """Return the names that may be known: what is missing, and longer ones that the statement goes on to."""
    parts, count = wanted.split("."), missing.count(".") + 1
    return [".".join(parts[:end]) for end in range(count, len(parts) + 1)]


def _renamed(failure: Failure, old: str, new: str) -> Explanation | None:
    if failure.modules.locate(new) is None and new not in sys.builtin_module_names:
        return None
    summary = f"{old!r} is the Python 2 name; in Python 3 the module is {new}"
    facts = {"module": old, "use": new}
    return _explanation(failure, "python-2-name", summary, (_in_its_place(failure, old, new),), facts)


def _removed(failure: Failure, name: str, known: Removed) -> Explanation:
    version = ".".join(map(str, known.version))
    summary = f"{name!r} was removed from the standard library in Python {version}; this is {_mine()}"
    repairs = []
    if known.use and failure.modules.locate(known.use) is not None:
        repairs.append(Repair(f"use {known.use}" + (f" ({known.say})" if known.say else "")))
    elif known.say and not known.install:
        repairs.append(Repair(known.say))
    if known.install:
        say = f"keep using it: the distribution {known.install} brings it back"
        repairs.append(Repair(say, install(failure.state, quoted(known.install))))
    facts = {
        "module": name,
        "removed_in": version,
        "use": known.use or None,
        "install": known.install or None,
    }
    return _explanation(failure, "removed-module", summary, tuple(repairs), facts)


def _in_its_place(failure: Failure, old: str, new: str) -> Repair:
    """Return the same statement with the new name, where the new module has all that it asks for."""
    for one in failure.imports:
        if one.module != old:
            continue
        if (
            one.names
            and not one.star
            and any(failure.modules.has(new, alias.name) is False for alias in one.names)
        ):
            return Repair(f"look for it in {new}")
        text = _rewritten(one, old, new)
        return Repair(
            f"write `{text}`",
            edits=failure.files.rewritten(one.statement, text) if len(failure.imports) == 1 else (),
        )
    return Repair(f"import {new} in its place")


def _rewritten(one: Import, old: str, new: str) -> str:
    if one.names or one.star:
        return one.statement.text.replace(f"from {old} ", f"from {new} ", 1)
    # Keeping the old name as an alias leaves the rest of the file as it is.
    return f"import {new} as {one.alias.bound if one.alias else old}"


def _mine() -> str:
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def _explanation(
    failure: Failure, kind: str, summary: str, repairs: tuple[Repair, ...], facts: Mapping[str, object]
) -> Explanation:
    statement = failure.imports[0].statement if failure.imports else None
    shown = (Evidence("", statement.path, statement.line, statement.text),) if statement else ()
    return Explanation(kind, summary, shown, repairs, facts, failure.state.folder)
