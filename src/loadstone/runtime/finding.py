"""The path finder of a private space: standard path hooks over a path of its own."""

from __future__ import annotations

import os
import warnings
from _operator import is_
from importlib.machinery import (
    BYTECODE_SUFFIXES,
    EXTENSION_SUFFIXES,
    SOURCE_SUFFIXES,
    ExtensionFileLoader,
    ModuleSpec,
    SourceFileLoader,
    SourcelessFileLoader,
)
from zipimport import zipimporter

from loadstone.runtime.folders import FolderFinder
from loadstone.runtime.importlib_bootstrap.locks import finder_lock
from loadstone.runtime.path_index import PathIndex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from loadstone.runtime.importlib_bootstrap.state import State

__all__ = ["STANDARD_HOOKS", "NamespacePath", "PathFinder"]

STANDARD_HOOKS: tuple[Callable[[str], Any], ...] = (
    zipimporter,
    FolderFinder.path_hook(
        (ExtensionFileLoader, EXTENSION_SUFFIXES),
        (SourceFileLoader, SOURCE_SUFFIXES),
        (SourcelessFileLoader, BYTECODE_SUFFIXES),
    ),
)

# Below this many entries asking each finder is as quick as the index.
_WORTH_INDEXING = 3


class PathFinder:
    """Finds modules along the path of one state, as CPython's PathFinder does along `sys.path`."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._index = PathIndex(self.finder_of, state)
        self.epoch = 0

    def __repr__(self) -> str:
        return f"<PathFinder of {len(self._state.path)} path entries>"

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """Return the spec of `name` along `path` (the state's own by default), or None."""
        spec = self._search(name, self._state.path if path is None else path, target)
        if spec is None or spec.loader is not None:
            return spec
        portions = spec.submodule_search_locations
        if not portions:
            return None
        spec.submodule_search_locations = NamespacePath(name, portions, self)  # type: ignore[assignment]
        return spec

    def invalidate_caches(self) -> None:
        """Forget what was read of every folder."""
        self._index.clear()
        self.epoch += 1
        for entry, finder in list(self._state.path_importer_cache.items()):
            if finder is None or not os.path.isabs(entry):
                self._state.path_importer_cache.pop(entry, None)
            elif hasattr(finder, "invalidate_caches"):
                finder.invalidate_caches()

    def find_distributions(self, context: Any = None) -> Iterable[Any]:
        """Return the distributions along the path, for the `importlib.metadata` of this state."""
        import importlib.metadata

        metadata = self._state.modules.get("importlib.metadata", importlib.metadata)
        finder = metadata.MetadataPathFinder
        return finder.find_distributions(*([] if context is None else [context]))  # type: ignore[no-any-return]

    def finder_of(self, entry: str) -> Any:
        """Return the path entry finder of one entry, from the cache or the first hook that takes it; or None."""
        cache = self._state.path_importer_cache
        try:
            return cache[entry]
        except KeyError:
            finder = cache[entry] = self._hooked(entry)
            return finder

    def parent_path(self, name: str) -> Any:
        """Return the path on which the module `name` is looked for: its parent's, or the state's own."""
        parent = name.rpartition(".")[0]
        return self._state.modules[parent].__path__ if parent else self._state.path

    def _hooked(self, entry: str) -> Any:
        hooks = self._state.path_hooks
        if not hooks:
            warnings.warn("sys.path_hooks is empty", ImportWarning, stacklevel=2)
        if tuple(hooks) == STANDARD_HOOKS:
            # No folder is a zip file, and nearly all entries are folders.
            hooks = hooks[::-1]
        for hook in hooks:
            try:
                return hook(entry)
            except ImportError:
                continue
        return None

    def _search(self, name: str, path: Any, target: Any) -> ModuleSpec | None:
        """Return the first spec with a loader, or one with all portions of a namespace package, or None."""
        if path is self._state.path and len(path) >= _WORTH_INDEXING:
            with finder_lock():
                entries = self._index.entries
                # Nearly always the path is what it was, text by text: then there is nothing to look into.
                if len(path) != len(entries) or not all(map(is_, path, entries)):
                    entries = self._entries(path)
                return self._indexed(name, entries, target)
        finders = map(self.finder_of, self._entries(path))
        return _first(name, (finder for finder in finders if finder is not None), target)

    def _indexed(self, name: str, entries: list[str], target: Any) -> ModuleSpec | None:
        tail = name.rpartition(".")[2]
        spec = _first(name, self._index.candidates(tail, entries), target)
        if (spec is None or spec.loader is None) and self._index.look_again():
            spec = _first(name, self._index.candidates(tail, entries), target)
        return spec

    def _entries(self, path: Any) -> list[str]:
        """Return the entries of `path` that are text; an empty one stands for the current folder, if any."""
        # One glance at the types of 300 entries is cheaper than 300 questions.
        plain = (
            list(path) if {str}.issuperset(map(type, path)) else [at for at in path if isinstance(at, str)]
        )
        if "" not in plain:
            return plain
        try:
            here = os.getcwd()
        except FileNotFoundError:
            return [entry for entry in plain if entry]
        return [entry or here for entry in plain]


def _first(name: str, finders: Iterable[Any], target: Any) -> ModuleSpec | None:
    """Return the first spec with a loader; or one with all portions of a namespace package; or None."""
    portions: list[str] = []
    for finder in finders:
        spec: ModuleSpec | None = finder.find_spec(name, target)
        if spec is None:
            continue
        if spec.loader is not None:
            return spec
        if spec.submodule_search_locations is None:
            raise ImportError("spec missing loader")
        portions.extend(spec.submodule_search_locations)
    if not portions:
        return None
    spec = ModuleSpec(name, None)
    spec.submodule_search_locations = portions
    return spec


class NamespacePath:
    """The ``__path__`` of a namespace package, recomputed when the path above it changes (PEP 420).

    CPython's own reads the interpreter's `sys.modules` to find the path above.
    """

    def __init__(self, name: str, portions: list[str], finder: PathFinder) -> None:
        self._name = name
        self._portions = portions
        self._finder = finder
        self._seen = self._mark()

    def _mark(self) -> tuple[Any, ...]:
        return self._finder.epoch, tuple(self._finder.parent_path(self._name))

    def _current(self) -> list[str]:
        mark = self._mark()
        if mark != self._seen:
            spec = self._finder._search(self._name, mark[1], None)  # noqa: SLF001  # its own file
            if spec is not None and spec.loader is None and spec.submodule_search_locations:
                self._portions = spec.submodule_search_locations
            self._seen = mark
        return self._portions

    def __iter__(self) -> Iterator[str]:
        return iter(self._current())

    def __getitem__(self, index: int) -> str:
        return self._current()[index]

    def __setitem__(self, index: int, path: str) -> None:
        self._portions[index] = path

    def __len__(self) -> int:
        return len(self._current())

    def __contains__(self, path: object) -> bool:
        return path in self._current()

    def append(self, path: str) -> None:
        """Add a portion."""
        self._portions.append(path)

    def __repr__(self) -> str:
        # importlib.resources tells a namespace path by this word.
        return f"_NamespacePath({self._portions!r})"
