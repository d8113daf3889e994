"""A name for every file of a project: the one it is imported by, or one of its own."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loadstone.source.finder import is_built_in, is_frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loadstone.source.layout.walk import Folder

__all__ = ["Names", "name_modules"]


@dataclass(slots=True)
class Names:
    """`modules` maps names to files; `main` is the part of it that no import statement finds on the source roots."""

    modules: dict[str, str] = field(default_factory=dict)
    main: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, path: str, fallback: str, *, importable: bool) -> None:
        """Name one file: `name` if it is free and leads to the file, else `fallback`."""
        if importable and name not in self.modules:
            self.modules[name] = path
            return
        while fallback in self.modules:
            fallback += "_"
        self.modules[fallback] = self.main[fallback] = path


def name_modules(top: Folder, roots: Sequence[str]) -> Names:
    """Return the names of all files of `top`, with the source roots searched in their order.

    A file that no import finds gets its path from `top` as its name: ``tools.my-script``, and with its suffix where
    that is taken too (``time.py`` beside the built-in `time`).
    """
    names = Names()
    order = {root: number for number, root in enumerate(roots)}
    found = sorted(_files(top, order), key=lambda one: one[0])
    for rank, folder, parts in found:
        for file in folder.files:
            _name(names, top, folder, parts, file, in_root=rank < len(order))
    return names


def _files(top: Folder, order: dict[str, int]) -> Iterator[tuple[int, Folder, tuple[str, ...]]]:
    """Yield every folder with the rank of its source root and the packages from there to it."""
    around = os.path.dirname(top.path)
    start = (
        (order[around], (os.path.basename(top.path),))
        if top.is_package and around in order
        else (len(order), ())
    )
    waiting: list[tuple[Folder, int, tuple[str, ...]]] = [(top, *start)]
    while waiting:
        folder, rank, parts = waiting.pop()
        if folder.path in order:
            rank, parts = order[folder.path], ()
        yield rank, folder, parts
        waiting.extend((inner, rank, (*parts, name)) for name, inner in reversed(folder.inner.items()))


def _name(
    names: Names, top: Folder, folder: Folder, parts: tuple[str, ...], file: str, *, in_root: bool
) -> None:
    path = folder.path + os.sep + file
    stem = file.removesuffix(".py")
    if stem == "__init__" and parts:
        spelled, hidden = parts, False
    else:
        spelled = (*parts, stem)
        hidden = stem in folder.inner and folder.inner[stem].is_package
    importable = in_root and not hidden and not any("." in part for part in spelled)
    if len(spelled) == 1:
        importable = importable and not _taken(spelled[0])
    names.add(".".join(spelled), path, _by_path(names, top, path, hidden=hidden), importable=importable)


def _taken(name: str) -> bool:
    """Whether Python finds another module under this top-level name before it looks into any folder."""
    return name in sys.stdlib_module_names and (is_built_in(name) or is_frozen(name) or name == "encodings")


def _by_path(names: Names, top: Folder, path: str, *, hidden: bool) -> str:
    inner = path[len(top.path) :].strip(os.sep).replace(os.sep, ".")
    short = inner.removesuffix(".__init__.py").removesuffix(".py")
    taken = hidden or short in names.modules or ("." not in short and _taken(short))
    return inner if taken else short
