"""Which of many path entries may hold a module: the folders' names, each read once and kept true.

CPython asks every entry's finder for every name. With 300 folders on the path that is 300 calls of Python
code for each import; here it is 300 comparisons of a time stamp, or none for folders of installed packages.
"""

from __future__ import annotations

import time
from _operator import is_

from loadstone.runtime.folders import FolderFinder, any_case, stamps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator
    from typing import Any

    from loadstone.runtime.importlib_bootstrap.state import State

__all__ = ["PathIndex"]

# How long folders of installed packages are believed without a look. A name that is found nowhere makes the
# index look at once, so that a module installed a moment ago is found.
_INSTALLED_TRUST = 1_000_000_000


class PathIndex:
    """Answers which finders along a path may know a module; it knows one path at a time.

    Like CPython's finders it is used under the import lock.

    `finder_of` gives the finder of a path entry, or None, and keeps it in the state's cache.
    """

    def __init__(self, finder_of: Callable[[str], Any], state: State) -> None:
        self._finder_of = finder_of
        self._state = state
        self.clear()

    def clear(self) -> None:
        """Forget every folder."""
        self._table = _Table([])

    @property
    def entries(self) -> list[str]:
        """The path that it knows."""
        return self._table.entries

    def candidates(self, tail: str, entries: list[str]) -> Iterator[Any]:
        """Yield, in order, the finders of `entries` that may know the module whose last name part is `tail`.

        A finder of a kind that is not ours always may; and each may where case is of no account.
        """
        if any_case():
            yield from (finder for finder in map(self._finder_of, entries) if finder is not None)
            return
        table = self._table = self._current(entries)
        start = 0
        while start < len(entries):
            at = self._next(table, tail, start)
            if not table.refresh(start, at + 1):
                if at < len(entries):
                    yield table.finders[at]
                start = at + 1

    def look_again(self) -> bool:
        """Read the folders of installed packages that have changed; return whether there was one."""
        return self._table.refresh_installed(time.monotonic_ns())

    def _current(self, entries: list[str]) -> _Table:
        table = self._table
        if entries is not table.entries and entries != table.entries:
            return _Table(entries)
        if not self._holds(table):
            return _Table(entries)
        now = time.monotonic_ns()
        if now - table.looked > _INSTALLED_TRUST:
            table.refresh_installed(now)
        return table

    def _holds(self, table: _Table) -> bool:
        """Return whether the table's finders still are those of its entries: programs empty the cache."""
        try:
            known = map(self._state.path_importer_cache.__getitem__, table.entries[: len(table.finders)])
            return all(map(is_, known, table.finders))
        except KeyError:
            return False

    def _next(self, table: _Table, tail: str, start: int) -> int:
        """Return where the next finder stands that may know `tail`, or the path's length."""
        for at, names in enumerate(table.names[start:], start):
            if tail in names:
                return at
        for at in range(max(start, len(table.names)), len(table.entries)):
            table.extend(self._finder_of(table.entries[at]))
            if tail in table.names[at]:
                return at
        return len(table.entries)


class _Table:
    """What stands along one path, as far as it was walked: lists of equal length, one item a path entry.

    ``entries  ["/app/lib",       "/app/lib.zip",  "/gone"]``
    ``finders  [FolderFinder,     zipimporter,     None]``     None: no path hook takes the entry
    ``names    [{"shop", "cart"}, everything,      nothing]``  what to ask the finder for
    ``stamps   [(172..., 1204),   None,            None]``     what the names of a folder are true for

    `own` and `installed` say where the user's own folders stand, and those of installed packages. The table
    dies when the path or its finders change.
    """

    def __init__(self, entries: list[str]) -> None:
        self.entries = entries
        self.finders: list[Any] = []
        self.names: list[Container[str]] = []
        self.stamps: list[tuple[int, int] | None] = []
        self.own: list[int] = []
        self.installed: list[int] = []
        self.looked = time.monotonic_ns()

    def extend(self, finder: Any) -> None:
        """Add the finder of the next entry, or None."""
        at = len(self.finders)
        self.finders.append(finder)
        self.names.append(() if finder is None else _EVERYTHING)
        self.stamps.append(None)
        if type(finder) is FolderFinder:
            (self.installed if finder.installed else self.own).append(at)
            self._look(at)

    def refresh(self, start: int, stop: int) -> bool:
        """Read the user's own folders from `start` to `stop` that have changed; return whether names have."""
        places = [at for at in self.own if start <= at < stop]
        then = [self.stamps[at] for at in places]
        now = stamps([self.finders[at].path for at in places])
        if now == then:
            return False
        stale = [at for at, new, old in zip(places, now, then, strict=True) if new != old]
        changed = [self._look(at) for at in stale]
        return any(changed)

    def refresh_installed(self, now: int) -> bool:
        """Read the folders of installed packages that have changed; return whether names have."""
        self.looked = now
        changed = [self._look(at) for at in self.installed]
        return any(changed)

    def _look(self, at: int) -> bool:
        """Note what a folder holds now; return whether its names have changed."""
        listing = self.finders[at].look()
        changed: bool = listing.stems != self.names[at]
        self.names[at] = listing.stems
        self.stamps[at] = listing.stamp if listing.settled else _UNSETTLED
        return changed


class _Everything:
    """Holds every name."""

    def __contains__(self, name: object) -> bool:
        return True


_EVERYTHING = _Everything()
_UNSETTLED = (0, 0)
