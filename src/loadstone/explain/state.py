"""The interpreter's import state at the time of a failure, as a value: nothing below asks `sys` for it."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field, replace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import ModuleType

__all__ = ["STDLIB", "State", "is_foreign", "module_file", "origin_of", "ours", "same_file"]

STDLIB = os.path.dirname(os.path.abspath(os.__file__))
_HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_INSTALLED = ("site-packages", "dist-packages")


@dataclass(frozen=True, slots=True)
class State:
    """Where modules are looked for, which there are, and what was started from which folder.

    `script` is the main program's file, empty for ``-c`` and the prompt; `how` is "script", "module"
    (``-m``, a folder or a zip file) or "command". `in_space` tells that these are a space's path and modules.
    """

    path: tuple[str, ...]
    modules: Mapping[str, ModuleType] = field(repr=False)
    folder: str
    script: str = ""
    how: str = "command"
    in_space: bool = False

    @classmethod
    def host(
        cls, path: Iterable[object] | None = None, modules: Mapping[str, ModuleType] | None = None
    ) -> State:
        """Return the state of Python itself: as it is now, or with the path and modules of a moment ago."""
        return cls._of(sys.path if path is None else path, sys.modules if modules is None else modules)

    @classmethod
    def of_space(cls, path: Iterable[object], modules: Mapping[str, ModuleType]) -> State:
        """Return the state of a space with this path: the standard library is the host's, and comes first."""
        standard = [entry for entry in sys.path if origin_of(os.path.join(entry, "")) == "standard library"]
        return replace(cls._of([*dict.fromkeys(standard), *path], modules), in_space=True)

    @classmethod
    def _of(cls, path: Iterable[object], modules: Mapping[str, ModuleType]) -> State:
        folder = _folder()
        script, how = _main(modules.get("__main__"), folder)
        # An empty entry is the folder the program runs in; other kinds of object are not ours to read.
        entries = [entry for entry in path if isinstance(entry, str) and "\0" not in entry]
        return cls(
            path=tuple(os.path.join(folder, entry) if entry else folder for entry in entries),
            modules=modules,
            folder=folder,
            script=script,
            how=how,
        )

    def file_of(self, name: str) -> str:
        """Return the file of the loaded module `name`; empty if it is not loaded or has none."""
        return module_file(self.modules.get(name))


def module_file(module: object) -> str:
    """Return the absolute path of a live module's file, or an empty text; no module code runs for it."""
    names = getattr(module, "__dict__", None)
    file = names.get("__file__") if isinstance(names, dict) else None
    return os.path.abspath(file) if isinstance(file, str) and file else ""


def origin_of(path: str) -> str:
    """Return whose file `path` is: "standard library", "installed", or "own" for the user's."""
    parts = path.split(os.sep)
    if any(part in parts for part in _INSTALLED):
        return "installed"
    return "standard library" if _inside(path, STDLIB) else "own"


def is_foreign(path: str) -> bool:
    """Return whether `path` is not the user's own code: the standard library's, or installed."""
    return bool(path) and origin_of(path) != "own"


def ours(path: str) -> bool:
    """Return whether `path` is a file of Loadstone itself."""
    return _inside(path, _HERE)


def same_file(one: str, other: str) -> bool:
    """Return whether two paths are one file; a path that is not there is itself only."""
    if os.path.normcase(one) == os.path.normcase(other):
        return True
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False


def _inside(path: str, folder: str) -> bool:
    return os.path.normcase(path).startswith(os.path.normcase(folder) + os.sep)


def _folder() -> str:
    try:
        return os.getcwd()
    except OSError:  # removed under our feet
        return ""


def _main(main: object, folder: str) -> tuple[str, str]:
    file = module_file(main)
    if not file:
        return "", "command"
    spec = getattr(main, "__spec__", None)
    return os.path.join(folder, file), "script" if spec is None else "module"
