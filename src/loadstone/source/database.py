"""The SQLite file of a Store: whatever is wrong with it, it is made anew, or passed over for this run."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Database"]

# The key is a kind and a digest of all that the value depends on: for "summary" and "program" the name, the path and
# the content of one source file; for "findings", "record" and "listings" the paths, the settings and the environment of
# one check, whose rows are written together; for "memory" the value itself. The value is pickled or marshalled; a row
# whose value fails its `checksum` does not count. A sample row:
#
#   ("summary", b"\x9c\x1f...", b"\x80\x05...", 2774183927, 20584)
#
# A row dies when it was not `used` for 30 days, counted from 1970. The version of Python and of Loadstone's own code is
# in the name of the file: another version has another file, and a file dies as a row does.
_TABLE = """
CREATE TABLE IF NOT EXISTS kept (
    kind TEXT, key BLOB, value BLOB, checksum INTEGER, used INTEGER,
    PRIMARY KEY (kind, key)
) WITHOUT ROWID
"""
_DAYS = 30
_DAY = 86400
_WAIT = 2.0
"""Seconds to wait for another process that is writing."""
_AT_ONCE = 500
"""Keys that one question to SQLite names."""


class Database:
    """The rows of one file. Nothing here raises: after a failure there are no rows, and nothing is written."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._today = int(time.time()) // _DAY
        self._old: set[tuple[str, bytes]] = set()
        self._connection = _opened(path)

    def get_all(self, kind: str, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Return the values that are there and whole."""
        found = {}
        for key, value, checksum, used in self._rows(kind, list(keys)):
            if isinstance(value, bytes) and zlib.crc32(value) == checksum:
                found[key] = value
                if used < self._today - _DAYS // 4:
                    self._old.add((kind, key))
        return found

    def write(self, values: Mapping[tuple[str, bytes], bytes]) -> None:
        """Write values, all or none, note which were used, and take out what nobody has used."""
        if self._connection is None or not (values or self._old):
            return
        rows = [(kind, key, value, zlib.crc32(value), self._today) for (kind, key), value in values.items()]
        used = [(self._today, kind, key) for kind, key in self._old]
        with contextlib.suppress(sqlite3.Error), self._connection as connection:
            connection.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?, ?)", rows)
            connection.executemany("UPDATE kept SET used = ? WHERE kind = ? AND key = ?", used)
            self._forget(connection)

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def _rows(self, kind: str, keys: list[bytes]) -> Iterator[tuple[bytes, object, int, int]]:
        try:
            for start in range(0, len(keys), _AT_ONCE):
                if self._connection is not None:
                    yield from _some(self._connection, kind, keys[start : start + _AT_ONCE])
        except sqlite3.OperationalError:  # locked for long, or the disk is gone
            self.close()
        except sqlite3.DatabaseError:  # damaged
            self.close()
            self._connection = _anew(self.path)

    def _forget(self, connection: sqlite3.Connection) -> None:
        """Take out what nobody has used, once a day: that goes through all rows."""
        [(last,)] = connection.execute("PRAGMA user_version")
        if last != self._today:
            connection.execute("DELETE FROM kept WHERE used < ?", (self._today - _DAYS,))
            connection.execute(f"PRAGMA user_version = {self._today}")
            self._forget_others()

    def _forget_others(self) -> None:
        folder = os.path.dirname(self.path)
        with contextlib.suppress(OSError):
            for name in os.listdir(folder):
                other = os.path.join(folder, name)
                if name.endswith(".sqlite") and os.stat(other).st_mtime < (self._today - _DAYS) * _DAY:
                    os.remove(other)


def _some(
    connection: sqlite3.Connection, kind: str, keys: list[bytes]
) -> Iterator[tuple[bytes, object, int, int]]:
    marks = ",".join("?" * len(keys))
    question = f"SELECT key, value, checksum, used FROM kept WHERE kind = ? AND key IN ({marks})"  # noqa: S608  # question marks
    yield from connection.execute(question, (kind, *keys))


def _opened(path: str) -> sqlite3.Connection | None:
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        return _connected(path)
    except sqlite3.OperationalError as error:
        # Locked, read-only, or no file can be made; or it is a table of other columns.
        return _anew(path) if "column" in str(error) else None
    except sqlite3.DatabaseError:  # damaged, or no database at all
        return _anew(path)
    except OSError:
        return None


def _connected(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_WAIT)
    try:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(_TABLE)
        connection.execute("SELECT kind, key, value, checksum, used FROM kept LIMIT 1").fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def _anew(path: str) -> sqlite3.Connection | None:
    """Return an empty file in the place of one that is of no use."""
    try:
        os.remove(path)
        return _connected(path)
    except (OSError, sqlite3.Error):
        return None
