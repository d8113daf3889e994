"""The source roots of a project: the folders that stand on `sys.path` when its modules are imported."""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from typing import TYPE_CHECKING

from loadstone.source.layout.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.source.layout.walk import Folder

__all__ = ["source_roots"]

_MOST = 60
"""Files of a package that are asked which name they use for it."""


def source_roots(top: Folder) -> tuple[str, ...]:
    """Return the source roots below `top`, in the order in which Python is taken to search them.

    For each project (`top`, and every folder with a pyproject.toml, setup.py or setup.cfg) these are its configured
    ``source-roots``, otherwise its ``src`` where that is no package, and the folder itself. A package elsewhere, such
    as ``lib/plot``, adds its folder if its own files import it as ``plot``; else it is part of a namespace package.
    Raises BadOptions for settings that cannot be understood.
    """
    roots: dict[str, None] = {}
    for folder in _projects(top):
        roots.update(dict.fromkeys(_of_project(folder)))
    for root in [root for package in _loose_packages(top, roots) if (root := _own_root(package, top, roots))]:
        roots.setdefault(root)
    return tuple(roots)


def _projects(top: Folder) -> Iterator[Folder]:
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        if folder is top or folder.marks:
            yield folder
        if folder is top or not folder.is_package:
            waiting.extend(reversed(folder.inner.values()))


def _of_project(folder: Folder) -> Iterator[str]:
    settings = Settings.read(folder.path) if "pyproject.toml" in folder.marks else Settings()
    if settings.source_roots is not None:
        yield from settings.source_roots
        return
    source = folder.inner.get("src")
    if source is not None and not source.is_package:
        yield source.path
    yield os.path.dirname(folder.path) if folder.is_package else folder.path


def _loose_packages(top: Folder, roots: dict[str, None]) -> Iterator[Folder]:
    """Yield the outermost packages that do not lie directly in a source root."""
    waiting = [(inner, top.path in roots) for inner in top.inner.values()]
    while waiting:
        folder, in_root = waiting.pop()
        if not folder.is_package:
            waiting.extend((inner, folder.path in roots) for inner in folder.inner.values())
        elif not in_root:
            yield folder


def _own_root(package: Folder, top: Folder, roots: dict[str, None]) -> str | None:
    """Return the folder that the package's own imports start from; None if that is a source root already."""
    above = _above(package.path, top.path, roots)
    kept = _kept(package, above)
    return _climb(package.path, kept + 1) if kept is not None and kept < len(above) else None


def _kept(package: Folder, above: list[str]) -> int | None:
    """Return how many of the folders above a package its own files name in front of it, as most do; None for none."""
    optional = b"".join(rb"(?:" + re.escape(part.encode()) + rb"\.)?" for part in above)
    name = os.path.basename(package.path)
    used = re.compile(
        rb"^[ \t]*(?:from|import)[ \t]+(" + optional + rb")" + re.escape(name.encode()) + rb"\b", re.MULTILINE
    )
    votes = Counter(
        found[1].count(b".") for path in _some_files(package) for found in used.finditer(_content(path))
    )
    if name in sys.stdlib_module_names:  # poetry/json: `import json` means another
        del votes[0]
    return max(votes, key=lambda kept: (votes[kept], kept), default=None)


def _above(path: str, top: str, roots: dict[str, None]) -> list[str]:
    """Return the names of the folders between a package and the source root around it, outermost first."""
    parts: list[str] = []
    folder = os.path.dirname(path)
    while folder not in roots and len(folder) > len(top):
        parts.insert(0, os.path.basename(folder))
        folder = os.path.dirname(folder)
    return parts


def _some_files(package: Folder) -> Iterator[str]:
    count = 0
    for folder in package.every():
        for name in folder.files:
            yield os.path.join(folder.path, name)
            count += 1
            if count == _MOST:
                return


def _content(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""


def _climb(path: str, count: int) -> str:
    for _ in range(count):
        path = os.path.dirname(path)
    return path
