"""The modules whose names begin with what has been typed so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.explain.similar import top_modules

if TYPE_CHECKING:
    from loadstone.source.project import Library

__all__ = ["modules"]


def modules(library: Library, prefix: str) -> list[str]:
    """Return the module names that begin with `prefix`, sorted; behind a dot the submodules of that package."""
    parent, dot, tail = prefix.rpartition(".")
    names = library.submodules(parent) if dot else top_modules(library)
    shown = sorted(name for name in names if name.startswith(tail) and (tail or not name.startswith("_")))
    return [f"{parent}.{name}" for name in shown] if dot else shown
