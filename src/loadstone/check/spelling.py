"""What was probably meant: names that are spelled nearly alike."""

from __future__ import annotations

import difflib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["nearest"]

_MOST = 20_000
"""Names that are compared; more would take longer than the answer is worth."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that is most like `name`, None where none is near; case counts least."""
    names = list(dict.fromkeys(known))[:_MOST]
    by_case = {one.lower(): one for one in reversed(names)}
    if name.lower() in by_case:
        return by_case[name.lower()]
    found = difflib.get_close_matches(name, names, 1, 0.8)
    return found[0] if found else None
