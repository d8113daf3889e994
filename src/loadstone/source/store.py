"""What was read of files, and what came out of it, kept between runs.

A Store is a cache: whatever is wrong with its file (damaged, locked, read-only, of another version, no place for it at
all), it is empty, or forgets, and never raises. The table and the life of its rows are described in `database`.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from loadstone.source.digests import blake2b

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import TracebackType
    from typing import Self

    from loadstone.source.database import Database

__all__ = ["Store", "default_path"]


class Store:
    """Values by kind and key; new ones are written by `close`, together. Without a `path` nothing is kept."""

    def __init__(self, path: str | None = None) -> None:
        self.path = path
        self._new: dict[tuple[str, bytes], bytes] = {}
        self._database = _database(path) if path else None
        self._left: Database | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def keeps(self) -> bool:
        """Whether anything is kept at all."""
        return self._database is not None

    def get(self, kind: str, key: bytes) -> bytes | None:
        """Return a value; None where there is none, or it is damaged."""
        return self._new.get((kind, key)) or self.get_all(kind, [key]).get(key)

    def get_all(self, kind: str, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Return the values that are there, by key."""
        if self._database is None:
            return {}
        return self._database.get_all(kind, dict.fromkeys(keys))

    def put(self, kind: str, key: bytes, value: bytes) -> None:
        """Keep a value, for those who come later."""
        if self._database is not None:
            self._new[kind, key] = value

    def new(self) -> dict[tuple[str, bytes], bytes]:
        """Return what is not written yet."""
        return self._new

    def add(self, rows: Mapping[tuple[str, bytes], bytes]) -> None:
        """Keep what another Store has as new."""
        for (kind, key), value in rows.items():
            self.put(kind, key, value)

    def part(self) -> None:
        """Begin anew in a copy of the process: with nothing new, and a connection of its own.

        A connection that was there before the copy was made must be neither used nor closed in it
        (https://www.sqlite.org/howtocorrupt.html, "Carrying an open database file across a fork").
        """
        self._new = {}
        self._left, self._database = self._database, _database(self.path) if self.path else None

    def close(self) -> None:
        """Write what is new; where that cannot be done, it is forgotten."""
        if self._database is not None:
            self._database.write(self._new)
            self._database.close()
            self._database = None


def default_path() -> str | None:
    """Return the file of this version of Python and Loadstone in the user's cache folder; None without such a folder.

    The folder is what LOADSTONE_CACHE names, else ``loadstone`` where the system keeps caches.
    """
    folder = os.environ.get("LOADSTONE_CACHE") or _folder()
    return os.path.join(folder, f"{sys.implementation.cache_tag}-{_version()}.sqlite") if folder else None


def _database(path: str) -> Database | None:
    try:
        from loadstone.source.database import Database
    except ImportError:  # a Python without sqlite3
        return None
    return Database(path)


def _folder() -> str | None:
    home = os.path.expanduser("~")
    if os.name == "nt":
        above = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        above = os.path.join(home, "Library", "Caches")
    else:
        above = os.environ.get("XDG_CACHE_HOME") or os.path.join(home, ".cache")
    return os.path.join(above, "loadstone") if os.path.isabs(above) else None


def _version() -> str:
    """Return what tells this code from any other: an editable install changes without a new number."""
    seen = blake2b(sys.version.encode(), digest_size=8)
    package = os.path.dirname(os.path.dirname(__file__))
    for part in ("source", "check"):
        for folder, _, names in sorted(os.walk(os.path.join(package, part))):
            for name in sorted(names):
                if name.endswith(".py"):
                    found = os.stat(os.path.join(folder, name))
                    seen.update(f"{name} {found.st_size} {found.st_mtime_ns}\n".encode())
    return seen.hexdigest()
