"""All modules of a project, in any layout, found without importing any of them."""

from __future__ import annotations

import os
from types import MappingProxyType
from typing import TYPE_CHECKING

from loadstone.source.inputs import Inputs
from loadstone.source.layout.environment import installed_path
from loadstone.source.layout.naming import name_modules
from loadstone.source.layout.place import absolute, project_root, within
from loadstone.source.layout.project import Project
from loadstone.source.layout.roots import source_roots as find_roots
from loadstone.source.layout.settings import Settings
from loadstone.source.probe import Probe
from loadstone.source.project import Library

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from loadstone.source.layout.walk import Folder
    from loadstone.source.store import Store

__all__ = ["Project", "find_project"]


def find_project(
    paths: Sequence[str] = (),
    *,
    root: str | None = None,
    source_roots: Sequence[str] | None = None,
    exclude: Sequence[str] = (),
    python: str | None = None,
    running: Sequence[str] | None = None,
    store: Store | None = None,
) -> Project:
    """Return the project that `paths` (by default the current folder) belong to.

    `source_roots` and `exclude` add to, or replace, what ``[tool.loadstone]`` in pyproject.toml says; `python` is the
    interpreter or virtual environment whose installed packages count, `running` the running interpreter's path where
    it is no longer `sys.path`. `store` keeps what is read between runs. A project without modules is no error.
    Raises FileMissing, BadOptions, and NoInterpreter.
    """
    asked, inputs = absolute(paths), Inputs()
    top_path, whole = (os.path.abspath(root), True) if root else project_root(asked)
    left_out = (*Settings.read(top_path).exclude, *exclude)
    top, troubles = within(top_path, asked, left_out, whole=whole, inputs=inputs)
    roots = tuple(map(os.path.abspath, source_roots)) if source_roots is not None else find_roots(top)
    _note(top, inputs)
    names = name_modules(top, roots)
    owners = {path: name for name, path in names.modules.items()}
    return Project(
        root=top_path,
        source_roots=roots,
        modules=MappingProxyType(names.modules),
        owners=MappingProxyType(owners),
        selected=_selected(owners, asked, top_path),
        library=Library(
            tuple(dict.fromkeys((*roots, *installed_path(python, near=top_path, running=running)))),
            main=names.main,
            names_of=Probe(),
            store=store,
            inputs=inputs,
        ),
        troubles=tuple(troubles),
    )


def _note(top: Folder, inputs: Inputs) -> None:
    """Note the settings that were read, and the virtual environments that would have counted."""
    for folder in top.every():
        if "pyproject.toml" in folder.marks or folder is top:
            inputs.read(os.path.join(folder.path, "pyproject.toml"))
    for name in (".venv", "venv"):
        inputs.exists(os.path.join(top.path, name, "pyvenv.cfg"))


def _selected(owners: Mapping[str, str], asked: Sequence[str], root: str) -> tuple[str, ...]:
    if any(path == root or root.startswith(path + os.sep) for path in asked):
        return tuple(owners.values())
    folders = tuple(path + os.sep for path in asked)
    return tuple(name for path, name in owners.items() if path in asked or path.startswith(folders))
