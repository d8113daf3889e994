"""Extension modules in a space: each file belongs to one space, and is initialised in the import window."""

from __future__ import annotations

import _imp
import os
import sys
import weakref
from importlib import machinery
from importlib.machinery import EXTENSION_SUFFIXES, SOURCE_SUFFIXES, SourceFileLoader

from loadstone.errors import ExtensionTaken
from loadstone.runtime.importlib_bootstrap.native_locks import finder_lock
from loadstone.runtime.window import Opened

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec
    from typing import Any

    from loadstone.runtime.importlib_bootstrap.private import PrivateImporter

__all__ = [
    "ExtensionFileLoader",
    "has_top",
    "owner_by_builtins",
    "owner_of",
    "owners",
    "serve",
    "source_beside",
]

# Which space has an extension file, by device and inode: ``{(65025, 393301): <weak reference to its importer>}``. One
# for the process, as the dynamic loader's own table is, which knows files by the same numbers and never unloads one.
# A row counts for nothing when its space is gone.
_OWNERS: dict[tuple[int, int], weakref.ref[PrivateImporter]] = {}
# The same by path, as the dynamic loader names its files.
_FILES: dict[str, weakref.ref[PrivateImporter]] = {}
# Who has extensions; a new tuple for each change, for threads read it at any time.
_open: tuple[weakref.ref[PrivateImporter], ...] = ()
# Held while that changes, and with it what stands in the host. Re-entrant, for a space may die at any point; and a fork
# takes it, so that no child has the half of a change, or waits for a thread that it does not have.
_changing = finder_lock()


def serve(importer: PrivateImporter, spec: ModuleSpec) -> None:
    """Give the `spec` of an extension a loader that initialises it in the import window.

    An extension that stands beside its own source gives way to it where the space prefers source: Cython leaves
    both in many wheels, and only the source's import statements reach the space at any time.
    """
    path = spec.loader.path  # type: ignore[union-attr]  # the caller looked
    source = source_beside(path) if importer.prefer_source else None
    if source is None:
        spec.loader = ExtensionFileLoader(importer, spec.name, path)
    else:
        spec.loader, spec.origin = SourceFileLoader(spec.name, source), source
        spec.cached = None  # worked out anew, from the origin


class ExtensionFileLoader(machinery.ExtensionFileLoader):
    """Loads an extension module into one space; it looks like Python's own."""

    how = "window"  # what events say of its imports

    def __init__(self, importer: PrivateImporter, name: str, path: str) -> None:
        super().__init__(name, path)
        self._importer = importer

    def create_module(self, spec: ModuleSpec) -> Any:
        """Return the module; its file is this space's from now on. Raises ExtensionTaken where it is another's."""
        _claim(self._importer, spec.name, self.path)
        with Opened(self._importer, spec.name):
            return self._importer.call(_imp.create_dynamic, spec)

    def exec_module(self, module: Any) -> None:
        """Execute the module, from a frame whose imports are the space's."""
        with Opened(self._importer, module.__spec__.name):
            self._importer.call(_imp.exec_dynamic, module)


def owners() -> list[PrivateImporter]:
    """Return the importers of all spaces that have extensions."""
    return [importer for reference in _open if (importer := reference()) is not None]


def has_top(name: str) -> bool:
    """Return whether a space that has extensions has the package of `name` too."""
    return any(importer.has_top(name) for importer in owners())


def owner_of(file: str) -> PrivateImporter | None:
    """Return the importer of the space that the library `file` belongs to, or None.

    It is a space's extension, or stands in one of a space's folders (a library that an extension links to).
    """
    known = _FILES.get(file)
    if known is not None:
        return known()
    for importer in owners():
        if any(file.startswith(entry + os.sep) for entry in importer.state.path):
            return importer
    return None


def owner_by_builtins(builtins: Any) -> PrivateImporter | None:
    """Return the importer of the space, one that has extensions, whose code runs with these builtins; or None."""
    return next((importer for importer in owners() if importer.builtins is builtins), None)


def _claim(importer: PrivateImporter, name: str, path: str) -> None:
    from loadstone.runtime.importlib_bootstrap.called import serve_host

    key = _key(path)
    if key is None:
        return  # it is not there: the loader says it best
    with _changing:
        reference = _register(importer)
        serve_host()
    owner = _owner(key, reference)
    if owner is not importer:
        raise ExtensionTaken(name=name, path=path, space=importer.name, owner=f"space {owner.name!r}")
    native = getattr(sys.modules.get(name), "__file__", None)
    if isinstance(native, str) and _key(native) == key:
        del _OWNERS[key]
        raise ExtensionTaken(name=name, path=path, space=importer.name, owner="the host")
    _FILES[os.path.normpath(path)] = reference


def _owner(key: tuple[int, int], reference: weakref.ref[PrivateImporter]) -> PrivateImporter:
    """Return who has the file: whoever has it already, else whom `reference` means."""
    while True:
        known = _OWNERS.setdefault(key, reference)
        owner = known()
        if owner is not None:
            return owner
        if _OWNERS.get(key) is known:
            _OWNERS.pop(key, None)


def _register(importer: PrivateImporter) -> weakref.ref[PrivateImporter]:
    """Return a reference to `importer`, one for all its extensions; with the last, the host has its import back."""
    global _open  # noqa: PLW0603  # one for the process
    for known in _open:
        if known() is importer:
            return known
    reference = weakref.ref(importer, _released)
    _open = (*_open, reference)
    return reference


def _released(reference: weakref.ref[PrivateImporter]) -> None:
    global _open  # noqa: PLW0603  # one for the process
    if getattr(sys, "meta_path", None) is None:
        return  # Python is shutting down, and nothing can be imported any more
    from loadstone.runtime.importlib_bootstrap.called import leave_host

    with _changing:
        _open = tuple(known for known in _open if known is not reference)
        if not _open:
            leave_host()


def _key(path: str) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def source_beside(path: str) -> str | None:
    """Return the source file that stands beside an extension, or None."""
    stem = next(path.removesuffix(suffix) for suffix in EXTENSION_SUFFIXES if path.endswith(suffix))
    return next((stem + suffix for suffix in SOURCE_SUFFIXES if os.path.isfile(stem + suffix)), None)
