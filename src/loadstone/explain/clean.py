"""Importing what the explainer needs where the user's files hide the standard library.

An `enum.py` or `types.py` beside the script is just what is to be explained, and it must not be executed for
that, nor be what our own `import dataclasses` gets. This file itself imports nothing that can be hidden.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

__all__ = ["StandardLibraryFirst"]

_STDLIB = os.path.dirname(os.path.abspath(os.__file__))


class StandardLibraryFirst:
    """A context in which standard-library names mean the standard library, then all is as it was.

    Nothing is taken off the path, and nothing happens at all where no file hides a standard module: another
    thread that imports meanwhile finds all it would have found, at most in the right place.
    """

    def __enter__(self) -> None:
        names = _hidden(sys.path)
        self._entries = [entry for entry in sys.path if _standard(entry)] if names else []
        self._aside = {name: sys.modules[name] for name in _loaded(names) if not _genuine(name)}
        self._names = names - {name for name in _loaded(names) if _genuine(name)}
        sys.path[:0] = self._entries
        for name in self._aside:
            sys.modules.pop(name, None)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for name in _loaded(self._names):
            sys.modules.pop(name, None)
        sys.modules.update(self._aside)
        for entry in self._entries:
            if entry in sys.path:
                sys.path.remove(entry)


def _hidden(path: Iterable[object]) -> set[str]:
    """Return the standard names that an entry before the standard library has a file for, loaded or not."""
    names: set[str] = set()
    for entry in path:
        if not isinstance(entry, str):
            continue
        if _standard(entry):
            break
        names.update(name.partition(".")[0] for name in _listed(entry or os.curdir))
    return names & sys.stdlib_module_names


def _loaded(names: set[str]) -> list[str]:
    return [name for name in list(sys.modules) if name.partition(".")[0] in names]


def _genuine(name: str) -> bool:
    file = getattr(sys.modules[name], "__file__", None)
    return file is None or (isinstance(file, str) and _standard(os.path.abspath(file)))


def _standard(entry: object) -> bool:
    if not isinstance(entry, str):
        return False
    return (entry == _STDLIB or entry.startswith(_STDLIB + os.sep)) and "-packages" not in entry


def _listed(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except (OSError, ValueError):
        return []
