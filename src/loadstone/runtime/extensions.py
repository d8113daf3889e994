"""Extension modules in a space: each file belongs to one space, and is initialised in the import window."""

from __future__ import annotations

import _imp
import os
import sys
import weakref
from importlib import machinery
from importlib.machinery import EXTENSION_SUFFIXES, SOURCE_SUFFIXES, SourceFileLoader

from loadstone.errors import ExtensionTaken
from loadstone.runtime.window import Opened

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec
    from typing import Any

    from loadstone.runtime.importlib_bootstrap.private import PrivateImporter

__all__ = ["ExtensionFileLoader", "owner_by_builtins", "owner_of", "owners", "serve"]

# Which space has an extension file, by device and inode: ``{(65025, 393301): <PrivateImporter>}``. One for the
# process, as the dynamic loader's own table is, which knows files by the same numbers and never unloads one. A row
# dies with its space.
_OWNERS: weakref.WeakValueDictionary[tuple[int, int], PrivateImporter] = weakref.WeakValueDictionary()
# The same by path, as the dynamic loader names its files.
_FILES: weakref.WeakValueDictionary[str, PrivateImporter] = weakref.WeakValueDictionary()


def serve(importer: PrivateImporter, spec: ModuleSpec) -> None:
    """Give the `spec` of an extension a loader that initialises it in the import window.

    An extension that stands beside its own source gives way to it where the space prefers source: Cython leaves
    both in many wheels, and only the source's import statements reach the space at any time.
    """
    path = spec.loader.path  # type: ignore[union-attr]  # the caller looked
    source = _source_beside(path) if importer.prefer_source else None
    if source is None:
        spec.loader = ExtensionFileLoader(importer, spec.name, path)
    else:
        spec.loader, spec.origin = SourceFileLoader(spec.name, source), source
        spec.cached = None  # worked out anew, from the origin


class ExtensionFileLoader(machinery.ExtensionFileLoader):
    """Loads an extension module into one space; it looks like Python's own."""

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
    return list({id(importer): importer for importer in _OWNERS.values()}.values())


def owner_of(file: str) -> PrivateImporter | None:
    """Return the importer of the space that the library `file` belongs to, or None.

    It is a space's extension, or stands in one of a space's folders (a library that an extension links to).
    """
    owner = _FILES.get(file)
    if owner is None:
        for importer in owners():
            if any(file.startswith(entry + os.sep) for entry in importer.state.path):
                return importer
    return owner


def owner_by_builtins(builtins: Any) -> PrivateImporter | None:
    """Return the importer of the space, one that has extensions, whose code runs with these builtins; or None."""
    return next((importer for importer in owners() if importer.builtins is builtins), None)


def _claim(importer: PrivateImporter, name: str, path: str) -> None:
    from loadstone.runtime.importlib_bootstrap.called import serve_host

    try:
        status = os.stat(path)
    except OSError:
        return  # the loader says it best
    key = (status.st_dev, status.st_ino)
    owner = _OWNERS.setdefault(key, importer)
    if owner is not importer:
        raise ExtensionTaken(name=name, path=path, space=importer.name, owner=f"space {owner.name!r}")
    native = getattr(sys.modules.get(name), "__file__", None)
    if isinstance(native, str) and _key(native) == key:
        del _OWNERS[key]
        raise ExtensionTaken(name=name, path=path, space=importer.name, owner="the host")
    if importer not in list(_FILES.values()):
        weakref.finalize(importer, _released)
    _FILES[os.path.normpath(path)] = importer
    serve_host()


def _released() -> None:
    from loadstone.runtime.importlib_bootstrap.called import leave_host

    if not owners():
        leave_host()


def _key(path: str) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _source_beside(path: str) -> str | None:
    stem = next(path.removesuffix(suffix) for suffix in EXTENSION_SUFFIXES if path.endswith(suffix))
    return next((stem + suffix for suffix in SOURCE_SUFFIXES if os.path.isfile(stem + suffix)), None)
