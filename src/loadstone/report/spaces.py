"""Declared spaces and their installations, as text and as data."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loadstone.report.text import relative

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from loadstone.declared.declaration import Declaration
    from loadstone.declared.installation import Installed, State
    from loadstone.report.text import Style

__all__ = ["Listed", "as_json", "as_text"]

_UNITS = ("bytes", "kB", "MB", "GB")


@dataclass(frozen=True, slots=True)
class Listed:
    """A declared space, its state, and what is installed for it: None where nothing is."""

    space: Declaration
    state: State
    installed: Installed | None


def as_text(listed: Iterable[Listed], style: Style) -> str:
    """Return a paragraph for each space, without a newline at the end; empty where there is none."""
    return "\n".join(line for one in listed for line in _lines(one, style))


def as_json(listed: Iterable[Listed]) -> str:
    """Return the same as JSON, two spaces an indent."""
    return json.dumps([_facts(one) for one in listed], indent=2, ensure_ascii=False)


def _lines(one: Listed, style: Style) -> Iterator[str]:
    space, state = one.space, one.state
    look = style.good if state.ready else style.warn
    size = f", {_size(one.installed.size)}" if one.installed else ""
    why = "" if state.ready or state.reason.endswith(state.kind) else f": {state.reason}"
    yield f"{style.bold(space.name)}  {look(state.kind)}{size}{why}"
    yield style.dim(f"  declared   {relative(space.source)}:{space.line}")
    for title, words in _rows(one):
        if words:
            yield f"  {title:9}  {', '.join(words)}"


def _rows(one: Listed) -> Iterator[tuple[str, tuple[str, ...]]]:
    space = one.space
    yield "requires", space.dependencies
    packages = one.installed.packages if one.installed else {}
    yield "installed", tuple(f"{name} {version}" for name, version in packages.items())
    yield "path", tuple(map(relative, space.path))
    yield (
        "shares",
        tuple(name if giver == "host" else f"{name} of {giver}" for name, giver in space.share.items()),
    )
    yield "denies", space.deny
    yield "imports", tuple(f"from {name}" for name in space.imports_from)


def _facts(one: Listed) -> dict[str, Any]:
    space, installed = one.space, one.installed
    return {
        "name": space.name,
        "state": one.state.kind,
        "reason": one.state.reason,
        "source": space.source,
        "line": space.line,
        "requirements": list(space.dependencies),
        "installed": dict(installed.packages) if installed else {},
        "size": installed.size if installed else 0,
        "folder": space.folder,
        "lock": space.lock,
        "path": list(space.path),
        "share": dict(space.share),
        "deny": list(space.deny),
        "imports_from": list(space.imports_from),
    }


def _size(count: float) -> str:
    for unit in _UNITS[:-1]:
        if count < 1000:  # noqa: PLR2004  # decimal units
            return f"{count:.0f} {unit}"
        count /= 1000
    return f"{count:.1f} {_UNITS[-1]}"
