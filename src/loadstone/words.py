"""Words that messages share: a count with its noun, and what was meant by a name that is none of those known."""

from __future__ import annotations

from loadstone.spelling import nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["listed", "meant", "plural", "unknown"]

_FEW = 10
_LISTED = {"rule": "loadstone check --explain lists them"}
"""What lists the names of a kind of which there are more than a few."""


def plural(count: int, noun: str, nouns: str = "") -> str:
    """Return the count with its noun: ``1 name``, ``2 names``; `nouns` where an s does not make the plural."""
    return f"{count} {noun if count == 1 else nouns or f'{noun}s'}"


def meant(name: str, known: Iterable[str]) -> str:
    """Return ``: did you mean star?`` for a name that is nearly a known one; else nothing."""
    near = nearest(name, known)
    return f": did you mean {near}?" if near else ""


def listed(values: Iterable[str]) -> list[str]:
    """Return the words of an option that takes several, apart by commas or given more than once."""
    return [word.strip() for value in values for word in value.split(",") if word.strip()]


def unknown(kind: str, name: object, known: Iterable[str]) -> str:
    """Return the sentence about a name that is none of the known ones, with the one that was meant if it is near."""
    known = sorted(known)
    near = nearest(str(name), known)
    if near:
        return f"unknown {kind} {name!r}: did you mean {near!r}?"
    listing = _LISTED.get(kind) if len(known) > _FEW else None
    return f"unknown {kind} {name!r}: {listing or ', '.join(known)}"
