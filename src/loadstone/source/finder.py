"""Where Python's path finder would find a module: the same order of folders and suffixes, and nothing imported."""

from __future__ import annotations

import importlib.machinery
import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from loadstone.source.inputs import Inputs

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Finder", "Location"]

_EXTENSIONS = tuple(importlib.machinery.EXTENSION_SUFFIXES)
_SOURCES = tuple(importlib.machinery.SOURCE_SUFFIXES)
_BYTECODES = tuple(importlib.machinery.BYTECODE_SUFFIXES)
_SUFFIXES = (
    *((suffix, "extension") for suffix in _EXTENSIONS),
    *((suffix, "module") for suffix in _SOURCES),
    *((suffix, "bytecode") for suffix in _BYTECODES),
)


class Location(NamedTuple):
    """Where a module is.

    `kind` is "module", "package", "namespace", "extension", "built-in", "frozen" (without a source file), "bytecode",
    or "space": a module of a declared space. `path` is its file: for a package ``__init__``'s, None where there is no
    file. `search` are the folders in which its submodules are looked for; empty unless it is a package of some kind.
    """

    name: str
    path: str | None
    kind: str
    search: tuple[str, ...] = ()

    @property
    def is_package(self) -> bool:
        """Whether the module can have submodules."""
        return bool(self.search)

    @property
    def has_source(self) -> bool:
        """Whether there is a source file to read."""
        return self.path is not None and self.path.endswith(_SOURCES)

    def __str__(self) -> str:
        return f"{self.name}: {self.kind} ({self.path or ', '.join(self.search) or 'no file'})"


class Finder:
    """Looks modules up in folders; each folder is listed once, so one Finder is one moment in time."""

    def __init__(self, inputs: Inputs | None = None) -> None:
        self.inputs = inputs or Inputs()
        # Folder to the names in it: {"/app": {"shop", "report.py"}}; a folder that cannot be listed is empty.
        self._listings: dict[str, frozenset[str]] = {}

    def find(self, name: str, folders: Iterable[str]) -> Location | None:
        """Return where `name` is in the first of the folders that has it, None where none has."""
        portions = []
        for folder in folders:
            found = self._in_folder(name, folder)
            if isinstance(found, Location):
                return found
            if found:
                portions.append(found)
        return Location(name, None, "namespace", tuple(portions)) if portions else None

    def listing(self, folder: str) -> frozenset[str]:
        """Return the names in a folder, spelled as on disk; empty where it cannot be read."""
        names = self._listings.get(folder)
        if names is None:
            names = self._listings[folder] = frozenset(self.inputs.listing(folder or os.curdir))
        return names

    def modules(self, folder: str) -> set[str]:
        """Return the names of the modules and packages of a folder; a folder without ``__init__`` is not one."""
        found = set()
        for entry in self.listing(folder):
            tail, dot, _ = entry.partition(".")
            if dot and any(entry == tail + suffix for suffix, _ in _SUFFIXES) and tail != "__init__":
                found.add(tail)
            elif not dot and self._file(os.path.join(folder, entry), "__init__"):
                found.add(entry)
        return {name for name in found if name.isidentifier()}

    def _in_folder(self, name: str, folder: str) -> Location | str | None:
        """Return the module, or the path of a folder of that name (a portion of a namespace package), or None."""
        tail = name.rpartition(".")[2]
        inner = os.path.join(folder, tail)
        is_folder = tail in self.listing(folder) and os.path.isdir(inner)
        if is_folder:
            found = self._file(inner, "__init__")
            if found:
                path, kind = found
                return Location(name, path, "package" if kind == "module" else kind, (inner,))
        found = self._file(folder, tail)
        if found:
            return Location(name, *found)
        return inner if is_folder else None

    def _file(self, folder: str, stem: str) -> tuple[str, str] | None:
        names = self.listing(folder)
        for suffix, kind in _SUFFIXES:
            if stem + suffix in names and os.path.isfile(path := os.path.join(folder, stem + suffix)):
                return path, kind
        return None


def standard_library() -> str:
    """Return the folder of the standard library of the running interpreter."""
    return os.path.dirname(os.__file__)


def is_frozen(name: str) -> bool:
    """Whether the interpreter carries the module inside itself, as it does `os`; such a name is never looked for."""
    return importlib.machinery.FrozenImporter.find_spec(name) is not None


def is_built_in(name: str) -> bool:
    """Whether the module is compiled into the interpreter, as `sys` is."""
    return name in sys.builtin_module_names
