"""An import gone through in thought: which names are bound when, and where it stumbles.

A repair of a loop is offered only if the program, rehearsed with its edits, gets through, and rehearsed without
them stumbles just where it did. Only the user's own files are gone through; a name from anywhere else is there.
Branches that cannot be decided are all taken, so that a repair is refused rather than wrongly praised.
"""

from __future__ import annotations

from loadstone.explain.rehearsal.world import Stumble, World

__all__ = ["Stumble", "World"]
