"""What a command was asked about: a file or a module's name, and the path on which Python would look."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loadstone.errors import FileMissing, NotRunnable
from loadstone.names import ModuleName

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from loadstone.source.finder import Location
    from loadstone.source.opaque import Named
    from loadstone.source.project import Library

__all__ = ["Target", "is_file_name", "target"]

SUFFIXES = (".py", ".pyw", ".pyc", ".pyi", ".so", ".pyd")


@dataclass(frozen=True, slots=True)
class Target:
    """A module to look at: its name, the path that a program beside it would have, and its file if it was named so.

    `path` starts with the folder of the file (the one that holds its outermost package), or the current one.
    """

    name: ModuleName
    path: tuple[str, ...]
    file: str | None = None

    def library(self, names_of: Callable[[Location], Mapping[str, Named] | None] | None = None) -> Library:
        """Return the modules that this one could import; `names_of` is asked about those without source."""
        from loadstone.source.project import Library

        main = {str(self.name): self.file} if self.file else {}
        return Library(self.path, main=main, names_of=names_of)

    def __str__(self) -> str:
        return self.file or self.name


def target(text: str, path: Sequence[str], *, folder: str | None = None, safe: bool = False) -> Target:
    """Return what `text` means: a file or folder when it looks like one and is there, else a module's name.

    `path` is what Python searches after the program's own folder; with `safe` (``-P``) that one is left out.
    Raises FileMissing, NotRunnable for a folder that is no package, and BadModuleName.
    """
    folder = os.getcwd() if folder is None else folder
    if is_file_name(text, folder):
        return _of_file(os.path.join(folder, text), path, safe=safe)
    return Target(ModuleName.parse(text), _path([] if safe else [folder], path))


def is_file_name(text: str, folder: str) -> bool:
    """Whether `text` means a file or folder: by its suffix or a separator, or since no import could spell it."""
    if text.endswith(SUFFIXES) or os.sep in text or (os.altsep and os.altsep in text):
        # "os.so" may be a submodule; a file has to be there, and no module called "shop.py" can be meant.
        return text.endswith((".py", ".pyw")) or os.sep in text or os.path.exists(os.path.join(folder, text))
    return not all(part.isidentifier() or not part for part in text.split("."))


def _of_file(file: str, path: Sequence[str], *, safe: bool) -> Target:
    file = os.path.abspath(file)
    if os.path.isdir(file):
        inner = os.path.join(file, "__init__.py")
        if not os.path.isfile(inner):
            raise NotRunnable(target=file, reason="it is a folder without __init__.py; name one of its files")
        file = inner
    if not os.path.isfile(file):
        raise FileMissing(path=file)
    root, name = _placed(file)
    return Target(ModuleName(name), _path([] if safe else [root], path), file)


def _placed(file: str) -> tuple[str, str]:
    """Return the folder that holds the outermost package of a file, and the module's name from there."""
    folder, base = os.path.split(file)
    stem = base.partition(".")[0] if base.endswith((".so", ".pyd")) else os.path.splitext(base)[0]
    parts = [] if stem == "__init__" else [stem]
    while os.path.isfile(os.path.join(folder, "__init__.py")) and os.path.basename(folder).isidentifier():
        folder, package = os.path.split(folder)
        parts.insert(0, package)
    return folder, ".".join(parts) or stem


def _path(first: Sequence[str], rest: Sequence[str]) -> tuple[str, ...]:
    """Return the entries in order, each once: a second mention of a folder is never reached."""
    return tuple(dict.fromkeys([*first, *(os.path.abspath(entry) for entry in rest if entry)]))
