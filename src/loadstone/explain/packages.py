"""Which package a file is in, and what its module is called from which folder."""

from __future__ import annotations

import os
from dataclasses import dataclass

__all__ = ["Home", "home", "is_package"]


@dataclass(frozen=True, slots=True)
class Home:
    """A module's place: imported as `name` where `root` is on the module path."""

    root: str
    name: str
    package: str

    def __str__(self) -> str:
        return f"{self.name} from {self.root}"


def home(path: str, least: int = 0) -> Home | None:
    """Return where the module in `path` belongs: below the outermost folder in a row with ``__init__.py``.

    At least `least` folders become packages, with ``__init__.py`` or without. None where a folder or the
    file has a name that cannot be imported.
    """
    folder, file = os.path.split(path)
    stem = file.removesuffix(".py")
    parts: list[str] = []
    while is_package(folder) or len(parts) < least:
        folder, part = os.path.split(folder)
        parts.insert(0, part)
    names = parts if parts and stem in {"__init__", "__main__"} else [*parts, stem]
    if not folder or not all(name.isidentifier() for name in names):
        return None
    return Home(folder, ".".join(names), ".".join(parts))


def is_package(folder: str) -> bool:
    """Return whether `folder` is a regular package, whose folder above could be a root."""
    return os.path.isfile(os.path.join(folder, "__init__.py")) and os.path.dirname(folder) != folder
