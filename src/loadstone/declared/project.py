"""Where declarations are: above the program that runs, and in installed packages."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from loadstone.declared.packages import shipped
from loadstone.declared.reading import read
from loadstone.errors import BadOptions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from loadstone.declared.declaration import Declaration

__all__ = ["above", "installed", "of_project", "program_folder"]

FILE = "pyproject.toml"
_OURS = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))


def program_folder() -> str:
    """Return the folder to look from: that of the program's file, and the current one where it has none.

    A command that is installed with the interpreter, such as pytest, works on the current folder, and so does
    ``python -m loadstone`` wherever it is installed. In a child of multiprocessing ``__main__`` has no file until it
    has been imported, and `sys.argv` is the parent's.
    """
    main = sys.modules.get("__main__")
    for file in (getattr(main, "__file__", None), sys.argv[0] if sys.argv else None):
        if isinstance(file, str) and os.path.isfile(file):
            folder = os.path.dirname(os.path.realpath(file))
            if folder != _OURS and not _is_inside(folder, (sys.prefix, sys.base_prefix)):
                return folder
    return os.getcwd()


def above(folder: str) -> str | None:
    """Return the nearest ``pyproject.toml`` in `folder` or above it, or None."""
    folder = os.path.abspath(folder)
    while True:
        path = os.path.join(folder, FILE)
        if os.path.isfile(path):
            return path
        folder, last = os.path.dirname(folder), folder
        if folder == last:
            return None


def of_project(path: str) -> dict[str, Declaration]:
    """Return the spaces declared in a ``pyproject.toml``; what they require is installed beside it."""
    folder = os.path.dirname(path)
    return read(path, os.path.join(folder, ".loadstone"), folder)


def installed(path: Sequence[str] | None = None) -> dict[str, Declaration]:
    """Return the spaces that installed packages declare; `path` is where to look for packages.

    They are installed into ``.loadstone`` of the environment; a package may ship their lock files beside its
    declaration. Raises BadOptions for what cannot be read, and for a name that two packages declare.
    """
    found: dict[str, Declaration] = {}
    for file in shipped(path):
        for name, space in _of_package(file).items():
            other = found.setdefault(name, space)
            if other is not space:
                problem = (
                    f"{space.source}:{space.line}: {other.source}:{other.line} declares {name!r} as well"
                )
                raise BadOptions(problems=(problem,))
    return found


def _of_package(file: str) -> dict[str, Declaration]:
    base = os.path.join(sys.prefix, ".loadstone")
    shipped = read(file, base, os.path.dirname(file))
    return {
        name: space
        if os.path.exists(space.lock)
        else replace(space, lock=os.path.join(base, os.path.basename(space.lock)))
        for name, space in shipped.items()
    }


def _is_inside(folder: str, places: Iterable[str]) -> bool:
    """Whether `folder` holds what is installed: beside the interpreter, or in its library."""
    scripts = [
        os.path.realpath(os.path.join(place, name)) for place in places for name in ("bin", "Scripts", "lib")
    ]
    return any(folder == place or folder.startswith(place + os.sep) for place in scripts)
