"""What mypy and pyright read for ``loadstone.spaces.NAME.package``: written by sync, in ``.loadstone/stubs``.

Two versions of a package have one name, and a type checker knows a module by its name. So each typed package of a
space is written out once more under the long name, with its own import statements rewritten to that: then
``pydantic.BaseModel`` of two spaces are two classes. A package without types becomes one whose every name is Any,
as it would be where it is installed.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from loadstone.declared.declaration import HOST
from loadstone.declared.sync.rewriting import rewritten
from loadstone.declared.sync.swap import replacing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from loadstone.declared.declaration import Declaration

__all__ = ["write_stubs"]

ANY = "from typing import Any\n\ndef __getattr__(name: str) -> Any: ...\n"

# Not this project's to check.
HEADER = "# mypy: ignore-errors\n"

# Type checkers know what these mean by their names.
_KNOWN = ("typing_extensions", "mypy_extensions", "_typeshed")

_SOURCES = (".pyi", ".py")
_MODULES = (*_SOURCES, ".so", ".pyd")


def write_stubs(space: Declaration) -> None:
    """Write what type checkers are to read for a space that has just been installed."""
    own = {name: path for folder in (space.site, *space.path) for name, path in _top(folder)}
    homes = dict.fromkeys(own, space.name)
    homes |= {name: giver for name, giver in space.share.items() if giver != HOST}
    prefixes = {name: f"loadstone.spaces.{home}" for name, home in homes.items() if name not in _KNOWN}
    os.makedirs(os.path.dirname(space.stubs), exist_ok=True)
    with replacing(space.stubs) as folder:
        _write(os.path.join(folder, "__init__.pyi"), f'"""The space {space.name!r}."""\n')
        for name, path in own.items():
            _copy(path, os.path.join(folder, name), prefixes if _is_typed(path) else None)


def _top(folder: str) -> Iterator[tuple[str, str]]:
    """Yield the modules and packages of a folder with their paths; of stubs and sources the stubs."""
    try:
        entries = sorted(os.listdir(folder))
    except OSError:  # a zip file
        return
    for entry in sorted(entries, key=lambda entry: entry.endswith(("-stubs", ".pyi"))):
        path = os.path.join(folder, entry)
        if os.path.isdir(path):
            name = entry.removesuffix("-stubs") if _holds_modules(path) else ""
        else:
            name = entry.partition(".")[0] if entry.endswith(_MODULES) else ""
        if name.isidentifier() and not name.startswith("__"):
            yield name, path


def _holds_modules(folder: str) -> bool:
    """Whether a folder has modules in it, or packages: scripts and data lie beside packages too."""
    entries = os.listdir(folder)
    return any(
        entry.endswith(_MODULES) or os.path.exists(os.path.join(folder, entry, "__init__.py"))
        for entry in entries
    )


def _is_typed(path: str) -> bool:
    """Whether a package or module says that its annotations are meant to be read (PEP 561)."""
    if os.path.isdir(path):
        return path.endswith("-stubs") or os.path.exists(os.path.join(path, "py.typed"))
    return path.endswith(".pyi")


def _copy(source: str, target: str, prefixes: Mapping[str, str] | None) -> None:
    """Write what stands for a module, package or folder; without `prefixes` there are no types in it."""
    if not os.path.isdir(source):
        return _copy_file(source, target, prefixes)
    os.makedirs(target, exist_ok=True)
    with os.scandir(source) as entries:
        for entry in entries:
            stem, suffix = os.path.splitext(entry.name)
            if entry.is_dir() and entry.name.isidentifier() and entry.name != "__pycache__":
                _copy(entry.path, os.path.join(target, entry.name), prefixes)
            elif suffix == ".pyi" or (suffix == ".py" and not os.path.exists(f"{entry.path}i")):
                _copy_file(entry.path, os.path.join(target, stem), prefixes)
    return None


def _copy_file(source: str, target: str, prefixes: Mapping[str, str] | None) -> None:
    suffix = os.path.splitext(source)[1]
    if prefixes is None or suffix not in _SOURCES:
        return _write(f"{target}.pyi", ANY)
    try:
        with open(source, encoding="utf-8") as file:
            text = rewritten(file.read(), prefixes)
    except (OSError, SyntaxError, ValueError):
        # Files for other versions of Python lie in many packages.
        return _write(f"{target}.pyi", ANY)
    return _write(target + suffix, HEADER + text)


def _write(path: str, text: str) -> None:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
