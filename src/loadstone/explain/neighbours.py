"""The user's own source files around a place, found by walking its folder, at most a few hundred."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["importing", "project_root", "shared_folders", "source_files"]

_MARKS = ("pyproject.toml", "setup.py", "setup.cfg", ".git", ".hg")
_SKIPPED = frozenset({"__pycache__", "node_modules", "site-packages", "dist-packages", "build", "dist"})
_ABOVE = 6  # folders above, of which the project may be
_MOST = 400  # files
_FOLDERS = 200
_LARGEST = 500_000  # bytes
_READ = 60  # files that are worth parsing
_ASCII = range(128)  # what is beyond may be a letter of a name
_APART = bytes(
    ord(" ") if code in _ASCII and not (chr(code).isalnum() or chr(code) == "_") else code
    for code in range(256)
)


def project_root(folder: str) -> str:
    """Return the nearest folder, this one or above, that is marked as a project; else `folder` itself."""
    here = folder
    for _ in range(_ABOVE):
        if here in shared_folders():
            break
        if any(os.path.exists(os.path.join(here, mark)) for mark in _MARKS):
            return here
        here = os.path.dirname(here)
    return folder


def shared_folders() -> set[str]:
    """Return folders that hold many people's or many projects' things: being near there means nothing."""
    temporary = [os.path.join(os.sep, "tmp"), os.path.join(os.sep, "var", "tmp")]
    temporary += [os.environ[name] for name in ("TMPDIR", "TEMP", "TMP") if os.environ.get(name)]
    return {os.sep, os.path.expanduser("~"), *map(os.path.realpath, temporary)}


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
