"""What was asked of modules beyond single names, while a library was in use: an edit may change those answers too."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from loadstone.source.entering.lowering.lowering import Body

    Place = tuple[int, int]

__all__ = ["Notes"]


class Notes:
    """Collects questions; nothing is ever taken out.

    `starred` are the modules all of whose public names were asked for, `programs` those whose small programs were.
    `claimed` are names that machine code says to have from modules with source.
    `entered` are the functions that were gone through, by file and place: {"/app/shop.py": {(3, 0)}};
    `functions` are all of such a file. `spare` is by how many steps the longest of these journeys stayed below the
    limit; less than 0 where one did not.
    """

    def __init__(self) -> None:
        self.starred: set[str] = set()
        self.programs: set[str] = set()
        self.claimed: set[str] = set()
        self.entered: dict[str, set[Place]] = {}
        self.functions: dict[str, Mapping[Place, Body]] = {}
        self.spare = 1 << 30

    def enters(self, path: str, place: Place, functions: Mapping[Place, Body]) -> None:
        """Note a function that is gone through, of all that its file has."""
        self.entered.setdefault(path, set()).add(place)
        self.functions[path] = functions

    def steps(self, left: int) -> None:
        """Note how many steps were left at the end of a journey."""
        self.spare = min(self.spare, left)

    def add(self, other: Notes) -> None:
        """Note what was asked elsewhere."""
        self.starred |= other.starred
        self.programs |= other.programs
        self.claimed |= other.claimed
        for path, places in other.entered.items():
            self.entered.setdefault(path, set()).update(places)
        self.functions.update(other.functions)
        self.spare = min(self.spare, other.spare)
