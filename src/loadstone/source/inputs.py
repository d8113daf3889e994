"""What an answer was read from: files, folders, and paths of which only the existence mattered.

An answer that is kept with its Inputs can be given again for as long as none of them has `changed`.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, NamedTuple

from loadstone.source.digests import blake2b

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Input", "Inputs", "changed", "digest", "names_digest", "names_that_matter"]

_SETTLED = 2_000_000_000
"""Nanoseconds after which a file system's clock can tell a second change of a file from the first."""


class Input(NamedTuple):
    """One path as it was read: `kind` is "file", "folder" or "exists".

    `modified` is its time in nanoseconds, 0 where it was not there, and -1 where it was so young that the time proves
    nothing. `content` is a digest of a file's bytes, or of a folder's names.
    """

    kind: str
    path: str
    modified: int
    size: int
    content: bytes


class Inputs:
    """Collects what is read, each path as it was at the first time."""

    def __init__(self) -> None:
        # (kind, path) to the Input; nothing is ever taken out.
        self._seen: dict[tuple[str, str], Input] = {}

    def file(self, path: str, found: os.stat_result, content: bytes) -> None:
        """Note a file that was read; `found` is what `os.stat` said before."""
        self._add("file", path, found.st_mtime_ns, found.st_size, content)

    def folder(self, path: str, names: Iterable[str], found: os.stat_result) -> None:
        """Note a folder that was listed; `found` is what `os.stat` said before."""
        self._add("folder", path, found.st_mtime_ns, 0, names_digest(names))

    def exists(self, path: str) -> bool:
        """Return whether there is something at the path, and note that."""
        there = os.path.exists(path)
        self._add("exists", path, int(there), 0, b"")
        return there

    def read(self, path: str) -> bytes:
        """Return the content of a file, and note it; empty where it cannot be read."""
        try:
            found = os.stat(path)
            with open(path, "rb") as file:
                content = file.read()
        except OSError:
            self.exists(path)
            return b""
        self.file(path, found, digest(content))
        return content

    def machine_code(self, path: str) -> None:
        """Note a file of which another process reads what it likes: it counts as changed when its time is another."""
        try:
            self.file(path, os.stat(path), b"")
        except OSError:
            self.exists(path)

    def listing(self, path: str) -> list[str]:
        """Return the names in a folder, and note them; empty where it cannot be read."""
        try:
            found = os.stat(path)
            names = os.listdir(path)
        except OSError:
            self.exists(path)
            return []
        self.folder(path, names, found)
        return names

    def below(self, path: str) -> Iterator[tuple[str, list[str]]]:
        """Yield each folder in `path`, itself first, with the names of its files, and note them."""
        for folder, inner, files in os.walk(path):
            inner[:] = [name for name in inner if name != "__pycache__"]
            self.listing(folder)
            yield folder, files

    def every(self) -> list[Input]:
        """Return all that was noted."""
        return list(self._seen.values())

    def add(self, others: Iterable[Input]) -> None:
        """Note what was read elsewhere; what is known already stays as it was read here."""
        for one in others:
            self._seen.setdefault((one.kind, one.path), one)

    def _add(self, kind: str, path: str, modified: int, size: int, content: bytes) -> None:
        if (kind, path) not in self._seen:
            settled = kind == "exists" or modified < time.time_ns() - _SETTLED
            self._seen[kind, path] = Input(kind, path, modified if settled else -1, size, content)


def changed(inputs: Iterable[Input]) -> list[Input]:
    """Return those that would not be read as before; a file whose time alone has changed is read to find out."""
    return [one for one in inputs if not _is_unchanged(one)]


def digest(content: bytes) -> bytes:
    """Return what tells one content from another."""
    return blake2b(content, digest_size=16).digest()


def names_digest(names: Iterable[str]) -> bytes:
    """Return what tells one listing of a folder from another; names that never matter are left out."""
    return digest("\0".join(names_that_matter(names)).encode("utf-8", "surrogateescape"))


def names_that_matter(names: Iterable[str]) -> list[str]:
    """Return the names in a folder, sorted, without those that are no part of any project."""
    return sorted(name for name in names if name == ".gitignore" or not name.startswith((".", "__pycache__")))


def _is_unchanged(one: Input) -> bool:
    if one.kind == "exists":
        return os.path.exists(one.path) == bool(one.modified)
    try:
        found = os.stat(one.path)
        if found.st_mtime_ns == one.modified and (one.kind == "folder" or found.st_size == one.size):
            return True
        return _content(one) == one.content
    except OSError:
        return False


def _content(one: Input) -> bytes:
    if one.kind == "folder":
        return names_digest(os.listdir(one.path))
    with open(one.path, "rb") as file:
        return digest(file.read())
