"""A finder for one folder that knows what the folder holds, and notices every change."""

from __future__ import annotations

import os
import sys
import time
from importlib.machinery import FileFinder

from loadstone.runtime.sites import FOLDERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec
    from typing import Any

__all__ = ["FolderFinder", "Listing", "any_case", "stamp", "stamps"]

# A folder that changed less than this before it was read may change again under the same time stamp: ext4
# stamps in steps of some milliseconds, others in whole seconds, FAT in two.
_TICK = 20_000_000
_COARSE_TICK = 2_100_000_000

# Elsewhere the time of creation bears this name; and a program cannot set a ctime, as it can an mtime.
_CHANGED = "st_mtime_ns" if sys.platform == "win32" else "st_ctime_ns"

_FOLDS_CASE = sys.platform in {"win32", "darwin", "cygwin"}


class Listing:
    """What one folder held when it was read: the first parts of its file names, and the folder's time stamp.

    A listing that is not `settled` was read so soon after a change that its stamp cannot tell the next one.
    """

    __slots__ = ("settled", "stamp", "stems")

    def __init__(self, path: str) -> None:
        # The stamp is taken first: a change between the two reads makes it old, never the names.
        self.stamp = stamp(path)
        try:
            names = os.listdir(path)
        except (FileNotFoundError, PermissionError, NotADirectoryError):
            names = []
        self.stems = {name.partition(".")[0] for name in names}
        self.settled = _is_settled(self.stamp)

    def __repr__(self) -> str:
        return f"<Listing of {len(self.stems)} names{'' if self.settled else ', unsettled'}>"


class FolderFinder(FileFinder):
    """CPython's finder for a folder, asked only when the folder holds a name that begins as it should.

    CPython's own trusts the folder's time stamp even when the folder has just changed, and then misses a
    module that was written a moment ago (see the note at `importlib.invalidate_caches`).
    """

    def __init__(self, path: str, *loaders: Any) -> None:
        super().__init__(path, *loaders)
        self._listing: Listing | None = None
        self.installed = any(f"{os.sep}{name}{os.sep}" in self.path + os.sep for name in FOLDERS)

    def find_spec(self, fullname: str, target: Any = None) -> ModuleSpec | None:
        """Return the spec of the module `fullname` in this folder, or None."""
        if fullname.rpartition(".")[2] not in self.look().stems and not any_case():
            return None
        return super().find_spec(fullname, target)

    def look(self) -> Listing:
        """Return what the folder holds now."""
        listing = self._listing
        if listing is None or not listing.settled or stamp(self.path) != listing.stamp:
            self.invalidate_caches()
            listing = self._listing = Listing(self.path)
        return listing


def stamp(path: str) -> tuple[int, int] | None:
    """Return what changes when the folder `path` does, or gives way to another; None when there is none."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return getattr(status, _CHANGED), status.st_ino


def stamps(paths: list[str]) -> list[tuple[int, int] | None]:
    """Return the stamp of each folder; for 300 folders at each import, so without a call for each."""
    try:
        return [(getattr(status, _CHANGED), status.st_ino) for status in map(os.stat, paths)]
    except OSError:
        return [stamp(path) for path in paths]


def _is_settled(stamp: tuple[int, int] | None) -> bool:
    if stamp is None:
        return True
    changed = stamp[0]
    tick = _COARSE_TICK if changed % 1_000_000_000 == 0 else _TICK
    return time.time_ns() - changed > tick


def any_case() -> bool:
    """Return whether names of files are to be compared without regard to case (see PYTHONCASEOK)."""
    return _FOLDS_CASE and not sys.flags.ignore_environment and "PYTHONCASEOK" in os.environ
