"""An `__all__` that names what is not there.

What
    An entry of `__all__` that the module does not bind, and that is no submodule of it; also an entry that two
    strings have become because a comma is missing. An error where a star import of the project fails because of
    it, a warning otherwise. Silent where `__all__` or the names of the module cannot be read to the end.

Why
    `from module import *` raises AttributeError, in the module that imports, and for all of its names.

Example
        __all__ = ["total" "rate"]      # one entry, totalrate

        def rate(): ...
        def total(items): ...

Instead
    Name what is there:

        __all__ = ["total", "rate"]

        def rate(): ...
        def total(items): ...
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from loadstone.check.diagnostic import Diagnostic, Place
from loadstone.spelling import closest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.check.module import Module
    from loadstone.source.statements import Statement

__all__ = ["LEVELS", "in_module"]

LEVELS = ("error", "warning")


def in_module(module: Module) -> Iterator[Diagnostic]:
    """Yield the entries that name nothing."""
    if module.recall(_is_plainly_right):
        return
    names = module.namespace
    if not names.exports or not names.exports_exact or not names.complete:
        return
    for name in dict.fromkeys(names.exports):
        if name in names or not module.whole.lacks(module.name, name):
            continue
        if not module.whole.is_set(module.name, name):
            yield _finding(module, name)


def _is_plainly_right(module: Module) -> bool:
    """Whether `__all__` is missing, or spelled out and all of it bound by the module's own statements."""
    if module.has_stars:
        return False
    if "__all__" not in module.bound_names:
        return True
    run = module.whole.library.world.run(module.name)
    exports = module.summary.exports
    return run is not None and exports is not None and run.names.keys() >= set(exports)


def _finding(module: Module, name: str) -> Diagnostic:
    star = _star(module)
    place = _place(module, name)
    joined = _joined(module, name)
    near = closest(name, (one for one in module.namespace if not one.startswith("__")))
    notes = []
    if joined:
        notes.append(f"a comma is missing: {joined[0]!r}, {joined[1]!r}")
    elif near:
        notes.append(f"did you mean {near!r}?")
    checkers = module.for_checkers.get(name)
    if checkers:
        notes.append(f"`{name}` is bound under TYPE_CHECKING only, in {checkers.statement}")
    return Diagnostic(
        "bad-all",
        "error" if star else "warning",
        place,
        f"`__all__` names {name!r}, which {module.name} does not have",
        (star,) if star else (),
        tuple(notes),
    )


def _star(module: Module) -> Place | None:
    """Return a star import of this module, which fails."""
    for other, statement in module.whole.stars_of(module.name):
        if statement not in other.guarded:
            return module.whole.lines.statement(statement, "this fails with AttributeError")
    return None


def _place(module: Module, name: str) -> Place:
    lines = module.whole.lines
    for statement in _statements(module):
        for quote in "\"'":
            place = lines.text(statement, f"{quote}{name}{quote}")
            if place:
                return place
    first = next(iter(_statements(module)), None)
    return lines.statement(first) if first else Place(module.path, 1, 1, 2)


def _statements(module: Module) -> Iterator[Statement]:
    return (bound.statement for bound in module.summary.bounds if bound.name == "__all__")


def _joined(module: Module, name: str) -> tuple[str, str] | None:
    """Return the two strings that have become one for want of a comma."""
    text = " ".join(statement.text for statement in _statements(module))
    for cut in range(1, len(name)):
        one, other = re.escape(name[:cut]), re.escape(name[cut:])
        if re.search(rf"""["']{one}["']\s*["']{other}["']""", text):
            return name[:cut], name[cut:]
    return None
