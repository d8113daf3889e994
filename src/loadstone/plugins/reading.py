"""What a directory of plugins says of each: its requirements, and its module."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from loadstone.declared.declaration import HOST, Declaration
from loadstone.settings.tables import TableReader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["declared", "folders", "module_of"]

_TABLE = ("tool", "loadstone", "plugin")


def folders(directory: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the path of each plugin in a directory, by name."""
    for name in sorted(os.listdir(directory)):
        folder = os.path.join(directory, name)
        if name[0] not in "._" and _has_module(folder):
            yield name, folder


def declared(name: str, folder: str, share: Iterable[str], program: Mapping[str, Declaration]) -> Declaration:
    """Return the declaration of a plugin: the program's own of that name, else what its ``pyproject.toml`` says.

    Raises BadOptions with all mistakes of that file.
    """
    own = program.get(name) or _own(name, folder)
    path = own.path if _is_package(folder) or folder in own.path else (folder, *own.path)
    return replace(own, path=path, share={**dict.fromkeys(share, HOST), **own.share})


def module_of(folder: str) -> str:
    """Return the file of a package that is the plugin, or the name of the module that it imports."""
    if _is_package(folder):
        return os.path.join(folder, "__init__.py")
    table = TableReader.open(os.path.join(folder, "pyproject.toml"), *_TABLE)
    return "plugin" if table is None else str(table.table().get("module", "plugin"))


def _has_module(folder: str) -> bool:
    files = ("__init__.py", "plugin.py", "pyproject.toml")
    return any(os.path.isfile(os.path.join(folder, file)) for file in files)


def _is_package(folder: str) -> bool:
    return os.path.isfile(os.path.join(folder, "__init__.py"))


def _own(name: str, folder: str) -> Declaration:
    source = os.path.join(folder, "pyproject.toml")
    table = TableReader.open(source, *_TABLE)
    directory = os.path.dirname(folder)
    plain = Declaration(
        name=name,
        source=source,
        line=1,
        base=os.path.join(directory, ".loadstone"),
        lock=os.path.join(folder, "pylock.toml"),
        plugins=directory,
    )
    return plain if table is None else _filled(plain, table)


def _filled(plain: Declaration, table: TableReader) -> Declaration:
    for key, value in table.known(table.table(), ["module"], _TABLE):
        if not isinstance(value, str):
            table.problem((*_TABLE, key), 'it must be the name of a module, such as "main"')
    project: Any = table.data.get("project", {})
    place = ("project", "dependencies")
    found = project.get("dependencies", []) if isinstance(project, dict) else []
    requirements = table.a_list(place, found, 'requirements, such as ["pydantic<2"]')
    table.finish()
    python = project.get("requires-python") if isinstance(project, dict) else None
    return replace(
        plain,
        line=table.line(place),
        dependencies=requirements,
        requires_python=python if isinstance(python, str) else None,
    )
