"""The user's own source files around a place, found by walking its folder, at most a few hundred."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["mentions", "project_root", "source_files"]

_MARKS = ("pyproject.toml", "setup.py", "setup.cfg", ".git", ".hg")
_SKIPPED = frozenset({"__pycache__", "node_modules", "site-packages", "dist-packages", "build", "dist"})
_MOST = 400  # files
_FOLDERS = 200
_LARGEST = 500_000  # bytes


def project_root(folder: str, most: int = 6) -> str:
    """Return the nearest folder, this one or above, that is marked as a project; else `folder` itself."""
    here = folder
    for _ in range(most):
        if any(os.path.exists(os.path.join(here, mark)) for mark in _MARKS):
            return here
        above = os.path.dirname(here)
        if above == here:
            break
        here = above
    return folder


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


def mentions(root: str, *words: str, one_of: Iterable[str] = ()) -> Iterator[str]:
    """Yield the source files under `root` whose bytes contain every one of `words`, and one of `one_of` if given."""
    wanted, choice = [word.encode() for word in words], [word.encode() for word in one_of]
    for path in source_files(root):
        content = _bytes(path)
        if all(word in content for word in wanted) and (
            not choice or any(word in content for word in choice)
        ):
            yield path


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
