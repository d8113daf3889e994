"""The folders of a project and the source files in them, read once from disk."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loadstone.source.inputs import Inputs
from loadstone.source.layout.ignore import Ignore

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Folder", "Trouble", "walk"]

MARKS = frozenset(("pyproject.toml", "setup.py", "setup.cfg"))
"""Files that say: a project of its own starts in this folder."""

_NEVER = frozenset(("__pycache__", "node_modules", "site-packages", "dist-packages"))
_BUILT = frozenset(("build", "dist"))
"""Left out unless they are packages: there is a distribution named build."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A file or folder that could not be read, and why."""

    path: str
    reason: str

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


@dataclass(slots=True)
class Folder:
    """One folder: the names of its source files, sorted, its folders by name, and which MARKS it has."""

    path: str
    files: list[str] = field(default_factory=list)
    inner: dict[str, Folder] = field(default_factory=dict)
    marks: set[str] = field(default_factory=set)

    @property
    def is_package(self) -> bool:
        """Whether it has an ``__init__.py``."""
        return "__init__.py" in self.files

    def every(self) -> Iterator[Folder]:
        """Yield this folder and all that lie in it, parents first, by name."""
        waiting = [self]
        while waiting:
            folder = waiting.pop()
            yield folder
            waiting.extend(reversed(folder.inner.values()))

    def __str__(self) -> str:
        return f"{self.path}: {len(self.files)} files, {len(self.inner)} folders"


def walk(
    top: str, exclude: tuple[str, ...] = (), inputs: Inputs | None = None
) -> tuple[Folder, list[Trouble]]:
    """Return the folder `top`, and what could not be read in it.

    Left out are virtual environments, hidden folders, ``node_modules``, ``build`` and ``dist``, what a
    ``.gitignore`` on the way names, and what `exclude` names in the same notation. A folder without any source
    file below it is left out too. `top` itself is read whatever its name. `inputs` notes what was read.
    """
    walker = _Walker(inputs or Inputs())
    patterns = Ignore.parse(top, exclude)
    folder = walker.folder(top, (patterns,) if patterns else (), (_identity(top),))
    return folder or Folder(top), walker.troubles


class _Walker:
    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs
        self.troubles: list[Trouble] = []
        # Real folders that a symbolic link has led to: a second link to one is not followed, or a handful of
        # links to one another would be a tree of factorial size.
        self.linked: set[tuple[int, int]] = set()

    def folder(
        self, path: str, ignores: tuple[Ignore, ...], chain: tuple[tuple[int, int], ...]
    ) -> Folder | None:
        """Return a folder; None for a virtual environment, and where nothing can be read."""
        entries = self.entries(path)
        if any(entry.name == "pyvenv.cfg" for entry in entries):
            return None
        if any(entry.name == ".gitignore" for entry in entries):
            ignores = (*ignores, *self.gitignore(path))
        found = Folder(path)
        for entry in entries:
            self.entry(found, entry, ignores, chain)
        return found

    def entries(self, path: str) -> list[os.DirEntry[str]]:
        try:
            found = os.stat(path)
            with os.scandir(path) as entries:
                every = sorted(entries, key=lambda entry: entry.name)
            self.inputs.folder(path, (entry.name for entry in every), found)
            return every
        except OSError as error:
            self.troubles.append(Trouble(path, error.strerror or str(error)))
            return []

    def gitignore(self, path: str) -> list[Ignore]:
        content = self.inputs.read(os.path.join(path, ".gitignore"))
        found = Ignore.parse(path, content.decode("utf-8", "replace").splitlines())
        return [found] if found else []

    def entry(
        self,
        found: Folder,
        entry: os.DirEntry[str],
        ignores: tuple[Ignore, ...],
        chain: tuple[tuple[int, int], ...],
    ) -> None:
        name = entry.name
        if name.startswith("."):
            return
        if name in MARKS:
            found.marks.add(name)
        if name.endswith(".py"):
            if not _ignored(ignores, entry.path, is_folder=False) and _is_file(entry):
                found.files.append(name)
        elif name not in _NEVER and _is_folder(entry):
            self.inner(found, entry, ignores, chain)

    def inner(
        self,
        found: Folder,
        entry: os.DirEntry[str],
        ignores: tuple[Ignore, ...],
        chain: tuple[tuple[int, int], ...],
    ) -> None:
        if _ignored(ignores, entry.path, is_folder=True):
            return
        if entry.is_symlink():
            real = _identity(entry.path)
            if real in chain or real in self.linked:
                return
            self.linked.add(real)
            chain = (*chain, real)
        inner = self.folder(entry.path, ignores, chain)
        if inner is None or (entry.name in _BUILT and not inner.is_package):
            return
        if inner.files or inner.inner:
            found.inner[entry.name] = inner


def _ignored(ignores: tuple[Ignore, ...], path: str, *, is_folder: bool) -> bool:
    """Ask the innermost list that says anything, as git does."""
    for ignore in reversed(ignores):
        verdict = ignore.verdict(path, is_folder=is_folder)
        if verdict is not None:
            return verdict
    return False


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:
        return False


def _identity(path: str) -> tuple[int, int]:
    try:
        found = os.stat(path)
    except OSError:
        return (0, 0)
    return found.st_dev, found.st_ino
