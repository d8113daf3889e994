"""The sentence about a word that is none of the known ones."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["unknown"]

_FEW = 10

# What lists the names of a kind of which there are many.
_LISTED = {"rule": "loadstone check --explain lists them"}


def unknown(kind: str, name: object, known: Iterable[str]) -> str:
    """Return the sentence about a name that is none of the known ones, with the one that was meant if it is near."""
    known = sorted(known)
    near = difflib.get_close_matches(str(name), known, 1, 0.6)
    if near:
        return f"unknown {kind} {name!r}: did you mean {near[0]!r}?"
    listing = _LISTED.get(kind) if len(known) > _FEW else None
    return f"unknown {kind} {name!r}: {listing or ', '.join(known)}"
