"""What was asked of modules while a library was in use, and for which: an edit may change those answers."""

from __future__ import annotations

from contextlib import contextmanager

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from loadstone.source.entering.lowering.lowering import Body

    Place = tuple[int, int]

__all__ = ["Notes"]


class Notes:
    """Collects questions; nothing is ever taken out.

    `asked` are the modules that were looked into, by the module for whose answer that was done: {"shop.cart":
    {"shop.db"}}. What a module imports is not always among these: that may have been worked out for another one.
    `tangled` are those that were looked into half done: which of a loop these are depends on what is asked for first.
    `starred` are the modules all of whose public names were asked for, `programs` those whose small programs were.
    `claimed` are names that machine code says to have from modules with source.
    `entered` are the functions that were gone through, by file and place: {"/app/shop.py": {(3, 0)}};
    `functions` are all of such a file. `spare` is by how many steps the longest of these journeys stayed below the
    limit; less than 0 where one did not. `crashing` are the modules of loops in which an entry crashes, `byways`
    the names by which files of the project are imported and that are not those of their modules. `tops` are all
    top-level names that were looked for, whether they were there or not.
    """

    def __init__(self) -> None:
        self.asked: dict[str, set[str]] = {}
        self.tangled: set[str] = set()
        self._asker = ""
        self._asking: set[str] = set()
        self.starred: set[str] = set()
        self.programs: set[str] = set()
        self.claimed: set[str] = set()
        self.entered: dict[str, set[Place]] = {}
        self.functions: dict[str, Mapping[Place, Body]] = {}
        self.spare = 1 << 30
        self.crashing: set[str] = set()
        self.byways: set[str] = set()
        self.tops: set[str] = set()

    @contextmanager
    def answering(self, module: str) -> Iterator[None]:
        """Take what is asked meanwhile as asked for the answers about this module."""
        before = self._asker, self._asking
        self._asker, self._asking = module, self.asked.setdefault(module, set())
        try:
            yield
        finally:
            self._asker, self._asking = before

    def asks(self, module: str) -> None:
        """Note that a module is looked into."""
        self._asking.add(module)

    def tangles(self, module: str) -> None:
        """Note that a module is looked into before it has run to its end, unless it does that itself."""
        if module != self._asker:
            self.tangled.add(module)

    def enters(self, path: str, place: Place, functions: Mapping[Place, Body]) -> None:
        """Note a function that is gone through, of all that its file has."""
        self.entered.setdefault(path, set()).add(place)
        self.functions[path] = functions

    def steps(self, left: int) -> None:
        """Note how many steps were left at the end of a journey."""
        self.spare = min(self.spare, left)

    def add(self, other: Notes) -> None:
        """Note what was asked elsewhere."""
        for asker, names in other.asked.items():
            self.asked.setdefault(asker, set()).update(names)
        self.tangled |= other.tangled
        self.starred |= other.starred
        self.programs |= other.programs
        self.claimed |= other.claimed
        for path, places in other.entered.items():
            self.entered.setdefault(path, set()).update(places)
        self.functions.update(other.functions)
        self.spare = min(self.spare, other.spare)
        self.crashing |= other.crashing
        self.byways |= other.byways
        self.tops |= other.tops
