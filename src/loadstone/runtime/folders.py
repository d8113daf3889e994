"""A finder for one folder that knows what the folder holds, and notices every change."""

from __future__ import annotations

import os
import sys
import time
from importlib._bootstrap_external import spec_from_file_location
from importlib.machinery import FileFinder, ModuleSpec
from stat import S_ISDIR

from loadstone.runtime.sites import FOLDERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container
    from typing import Any

    Stamp = tuple[int, int]

__all__ = ["FolderFinder", "Listing", "any_case", "stamp", "stamps"]

# A folder that changed less than this before it was read may change again under the same time stamp: ext4
# stamps in steps of some milliseconds, others in whole seconds, FAT in two.
_TICK = 20_000_000
_COARSE_TICK = 2_100_000_000

# Elsewhere the time of creation bears this name; and a program cannot set a ctime, as it can an mtime.
_CHANGED = "st_mtime_ns" if sys.platform == "win32" else "st_ctime_ns"

_FOLDS_CASE = sys.platform in {"win32", "darwin", "cygwin"}


class Listing:
    """What one folder held when it was read: its file names, their first parts, and the folder's time stamp.

    A listing that is not `settled` was read so soon after a change that its stamp cannot tell the next one.
    """

    __slots__ = ("names", "settled", "stamp", "stems")

    def __init__(self, path: str, stamp: Stamp | None) -> None:
        # The stamp was taken before: a change between the two reads makes it old, never the names.
        self.stamp = stamp
        try:
            self.names = frozenset(os.listdir(path))
        except (FileNotFoundError, PermissionError, NotADirectoryError):
            self.names = frozenset()
        self.stems = {name.partition(".")[0] for name in self.names}
        self.settled = _is_settled(self.stamp)

    def __repr__(self) -> str:
        return f"<Listing of {len(self.stems)} names{'' if self.settled else ', unsettled'}>"


class FolderFinder(FileFinder):
    """CPython's finder for a folder, answering from one listing for as long as that is true.

    CPython's own trusts the folder's time stamp even when the folder has just changed, and then misses a
    module that was written a moment ago (see the note at `importlib.invalidate_caches`).
    """

    @classmethod
    def path_hook(cls, *loaders: Any) -> Callable[[str], FolderFinder]:
        """Return what makes the finder of a folder; it raises ImportError for any other path."""

        def hook(path: str) -> FolderFinder:
            finder = cls(path, *loaders)
            try:
                status = os.stat(path or os.curdir)
            except (OSError, ValueError):
                status = None
            if status is None or not S_ISDIR(status.st_mode):
                raise ImportError("only directories are supported", path=path)
            finder._first = _stamp_of(status)
            return finder

        return hook

    def __init__(self, path: str, *loaders: Any) -> None:
        self._listing: Listing | None = None
        self._first: Stamp | None = None
        self._details = loaders
        if path.startswith("/"):
            self.path = path
        else:
            super().__init__(path, *loaders)
        self._prefix = os.path.join(self.path, "")
        self.installed = any(f"{os.sep}{name}{os.sep}" in self._prefix for name in FOLDERS)

    def __getattr__(self, name: str) -> Any:
        # What a FileFinder keeps serves only tools that look inside, and file names whose case is of no account:
        # made for 300 folders at once, it is a third of what the first import costs.
        if "_loaders" in self.__dict__:
            raise AttributeError(
                f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self
            )
        super().__init__(self.path, *self._details)
        return getattr(self, name)

    def find_spec(self, fullname: str, target: Any = None) -> ModuleSpec | None:
        """Return the spec of the module `fullname` in this folder, or None; a folder without code has no loader."""
        if any_case():
            return super().find_spec(fullname, target)
        tail = fullname.rpartition(".")[2]
        listing = self.look()
        if tail not in listing.stems:
            return None
        return self._spec(fullname, tail, listing.names)

    def look(self) -> Listing:
        """Return what the folder holds now."""
        listing = self._listing
        if listing is None:
            listing = self._listing = Listing(self.path, self._first or stamp(self.path))
        elif not listing.settled or stamp(self.path) != listing.stamp:
            listing = self._listing = Listing(self.path, stamp(self.path))
        return listing

    def invalidate_caches(self) -> None:
        """Forget what the folder holds."""
        self._listing = self._first = None
        super().invalidate_caches()

    def _spec(self, fullname: str, tail: str, names: Container[str]) -> ModuleSpec | None:
        base = f"{self._prefix}{tail}"
        kinds = [(suffix, loader) for loader, suffixes in self._details for suffix in suffixes]
        is_folder = tail in names and os.path.isdir(base)
        if is_folder:
            for suffix, loader in kinds:
                full = f"{base}{os.sep}__init__{suffix}"
                if os.path.isfile(full):
                    return _located(fullname, full, loader, [base])
        for suffix, loader in kinds:
            if tail + suffix in names and os.path.isfile(base + suffix):
                return _located(fullname, base + suffix, loader, None)
        if not is_folder:
            return None
        spec = ModuleSpec(fullname, None)
        spec.submodule_search_locations = [base]
        return spec


def _located(name: str, path: str, loader: Any, search: list[str] | None) -> ModuleSpec | None:
    return spec_from_file_location(name, path, loader=loader(name, path), submodule_search_locations=search)


def stamp(path: str) -> Stamp | None:
    """Return what changes when the folder `path` does, or gives way to another; None when there is none."""
    try:
        return _stamp_of(os.stat(path))
    except OSError:
        return None


def stamps(paths: list[str]) -> list[Stamp | None]:
    """Return the stamp of each folder; for 300 folders at each import, so without a call for each."""
    try:
        return [(getattr(status, _CHANGED), status.st_ino) for status in map(os.stat, paths)]
    except OSError:
        return [stamp(path) for path in paths]


def _stamp_of(status: os.stat_result) -> Stamp:
    return getattr(status, _CHANGED), status.st_ino


def _is_settled(stamp: Stamp | None) -> bool:
    if stamp is None:
        return True
    changed = stamp[0]
    tick = _COARSE_TICK if changed % 1_000_000_000 == 0 else _TICK
    return time.time_ns() - changed > tick


def any_case() -> bool:
    """Return whether names of files are to be compared without regard to case (see PYTHONCASEOK)."""
    return _FOLDS_CASE and not sys.flags.ignore_environment and "PYTHONCASEOK" in os.environ
