"""Which of many path entries may hold a module: the folders' names, each read once and kept true.

CPython asks every entry's finder for every name. With 300 folders on the path that is 300 calls of Python
code for each import; here it is 300 comparisons of a time stamp, or none for folders of installed packages.
"""

from __future__ import annotations

import os
import sys
import time
from importlib.machinery import FileFinder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

__all__ = ["PathIndex"]

# A folder that changed less than this before it was read may change again under the same time stamp:
# ext4 stamps in steps of some milliseconds, others in whole seconds, FAT in two.
_TICK = 20_000_000
_COARSE_TICK = 2_100_000_000

# How long a folder of installed packages is believed without a look; a name that is found nowhere
# makes it look at once.
_INSTALLED_TRUST = 1_000_000_000

_FOLDS_CASE = sys.platform in {"win32", "darwin", "cygwin"}


class PathIndex:
    """The first parts of all file names in each folder.

    `_listings` maps a folder to what was read there: ``{"/app/lib": _Listing({"shop", "cart"}, ...)}``. A row
    is replaced when the folder's time stamp moves, and dies with `clear`.
    """

    def __init__(self) -> None:
        self._listings: dict[str, _Listing] = {}

    def clear(self) -> None:
        """Forget every folder."""
        self._listings = {}

    def candidates(self, tail: str, finders: list[Any]) -> Iterator[Any]:
        """Yield, in order, the finders that may know the module whose last name part is `tail`.

        A finder of unknown kind always may. When no folder seems to hold the name, those that were not looked
        at just now are, so that a module installed a moment ago is found.
        """
        if _FOLDS_CASE and "PYTHONCASEOK" in os.environ:
            yield from finders
            return
        now = time.monotonic_ns()
        found = False
        for finder in finders:
            if self._may_hold(tail, finder, now, trust=True):
                found = found or type(finder) is FileFinder
                yield finder
        if not found:
            for finder in finders:
                if type(finder) is FileFinder and self._may_hold(tail, finder, now, trust=False):
                    yield finder

    def _may_hold(self, tail: str, finder: Any, now: int, *, trust: bool) -> bool:
        if type(finder) is not FileFinder:
            return True
        listing = self._listings.get(finder.path)
        if listing is None or not listing.holds_still(finder.path, now, trust=trust):
            listing = self._listings[finder.path] = _Listing(finder.path, now)
            finder.invalidate_caches()
        return tail in listing.stems or listing.unreadable


class _Listing:
    """What one folder held when it was read."""

    __slots__ = ("checked", "installed", "settled", "stamp", "stems", "unreadable")

    def __init__(self, path: str, now: int) -> None:
        # The stamp is taken first: a change between the two reads makes it old, never the names.
        self.stamp = _stamp(path)
        try:
            names = os.listdir(path)
            self.unreadable = False
        except OSError:
            names = []
            # A folder that can be entered but not listed is for its own finder to judge.
            self.unreadable = self.stamp is not None
        self.stems = {name.partition(".")[0] for name in names}
        self.checked = now
        self.settled = _is_settled(self.stamp)
        self.installed = "site-packages" in path or "dist-packages" in path

    def holds_still(self, path: str, now: int, *, trust: bool) -> bool:
        """Return whether the folder is as it was read, as far as its time stamp can tell."""
        if trust and self.installed and now - self.checked < _INSTALLED_TRUST:
            return True
        if not self.settled or _stamp(path) != self.stamp:
            return False
        self.checked = now
        return True


def _stamp(path: str) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ino


def _is_settled(stamp: tuple[int, int] | None) -> bool:
    if stamp is None:
        return True
    changed = stamp[0]
    tick = _COARSE_TICK if changed % 1_000_000_000 == 0 else _TICK
    return time.time_ns() - changed > tick
