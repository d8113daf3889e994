"""A name of the standard library that lives in another module now, or under another name."""

from __future__ import annotations

import builtins
import sys

from loadstone.explain.explanation import Evidence, Explanation, Repair
from loadstone.explain.state import origin_of
from loadstone.explain.tables.moved import MOVED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from loadstone.explain.failure import Failure
    from loadstone.source.statements import Import

__all__ = ["explain"]


def explain(failure: Failure) -> Explanation | None:
    """Return where the name is now; None for a name that never was there, or a module that is not Python's own."""
    module, name = failure.missing_name
    owner, attribute = failure.missing_attribute
    if owner is not None:
        module, name = owner.__name__, attribute
    version, now = MOVED.get(f"{module}:{name}", ((99, 0), ""))
    if sys.version_info[:2] < version or not _standard(failure, module):
        return None
    home, colon, new = now.partition(":")
    if colon and " " not in now and not _is_there(failure, home, new):
        return None
    return _explanation(failure, module, name, version, now)


def _standard(failure: Failure, module: str) -> bool:
    path = failure.modules.file(module)
    return module in sys.builtin_module_names or (bool(path) and origin_of(path) == "standard library")


def _is_there(failure: Failure, home: str, name: str) -> bool:
    return failure.modules.has(home, name) is True if home else hasattr(builtins, name)


def _explanation(failure: Failure, module: str, name: str, version: tuple[int, int], now: str) -> Explanation:
    since = "Python 3" if version == (3, 0) else f"Python {version[0]}.{version[1]}"
    home, colon, new = now.partition(":")
    if " " in now or not colon:
        summary, repair = f"{module}.{name} is gone since {since}", Repair(now)
    else:
        there = f"{home}.{new}" if home else f"the builtin {new}"
        summary = f"{module}.{name} is {there} since {since}"
        repair = _repair(failure, module, name, home, new)
    facts = {"name": f"{module}:{name}", "now": now, "since": since}
    return Explanation("moved-name", summary, _shown(failure), (repair,), facts, failure.state.folder)


def _repair(failure: Failure, module: str, name: str, home: str, new: str) -> Repair:
    for one in failure.imports:
        if one.module == module and any(alias.name == name for alias in one.names):
            text = _split(one, name, home, new)
            return Repair(
                f"write `{text.replace(chr(10), '; ')}`", edits=failure.files.rewritten(one.statement, text)
            )
    if home in {"", module}:
        return Repair(f"write `{module}.{new}`" if home else f"write `{new}`")
    return Repair(f"write `{home}.{new}`, after `import {home}`")


def _split(one: Import, name: str, home: str, new: str) -> str:
    """Return the statement without that name, and a statement of its own for it."""
    lines = []
    rest = [str(alias) for alias in one.names if alias.name != name]
    if rest:
        lines.append(f"from {one.module} import {', '.join(rest)}")
    bound = next(alias.bound for alias in one.names if alias.name == name)
    renamed = new if bound == new else f"{new} as {bound}"
    if home:
        lines.append(f"from {home} import {renamed}")
    elif bound != new:
        lines.append(f"{bound} = {new}")
    return "\n".join(lines) or "pass"


def _shown(failure: Failure) -> tuple[Evidence, ...]:
    at = failure.at
    return (Evidence("", *failure.files.place(at.path, at.line)),) if at else ()
