"""The user's own source files around a place, found by walking its folder, at most a few hundred."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["importing"]

_SKIPPED = frozenset({"__pycache__", "node_modules", "site-packages", "dist-packages", "build", "dist"})
_MOST = 400  # files
_FOLDERS = 200
_LARGEST = 500_000  # bytes
_READ = 60  # files that are worth parsing
_ASCII = range(128)  # what is beyond may be a letter of a name
_APART = bytes(
    ord(" ") if code in _ASCII and not (chr(code).isalnum() or chr(code) == "_") else code
    for code in range(256)
)


def source_files(root: str) -> Iterator[str]:
    """Yield the ``.py`` files under `root` in order; environments, hidden folders and built copies are left out."""
    files = 0
    for count, (folder, folders, names) in enumerate(os.walk(root)):
        if count >= _FOLDERS:
            return
        folders[:] = sorted(name for name in folders if _entered(folder, name))
        for name in sorted(names):
            if name.endswith(".py"):
                yield os.path.join(folder, name)
                files += 1
                if files >= _MOST:
                    return


def importing(root: str, word: str) -> Iterator[str]:
    """Yield the source files under `root` that have the word in a line with ``import``: few are worth reading."""
    found = 0
    for path in source_files(root):
        if any(word.encode() in line and word.encode() in _words(line) for line in _import_lines(path)):
            yield path
            found += 1
            if found >= _READ:
                return


def _import_lines(path: str) -> list[bytes]:
    return [line for line in _bytes(path).splitlines() if b"import" in line]


def _words(line: bytes) -> list[bytes]:
    return line.translate(_APART).split()


def _entered(folder: str, name: str) -> bool:
    if name.startswith(".") or name in _SKIPPED:
        return False
    return not os.path.isfile(os.path.join(folder, name, "pyvenv.cfg"))


def _bytes(path: str) -> bytes:
    try:
        if not os.path.isfile(path) or os.path.getsize(path) > _LARGEST:
            return b""
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""
