"""Modules that are imported, shown as they are now."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from loadstone.explain.similar import similar_name
from loadstone.report.about import About, about
from loadstone.report.asking import module_why
from loadstone.report.provenance import Provenance
from loadstone.report.show import Shown
from loadstone.report.users import users
from loadstone.runtime.namespace import Live
from loadstone.source.project import Library
from loadstone.trace import Step

if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

    from loadstone.report.resolution import Resolved
    from loadstone.report.targets import Target

__all__ = ["module_live", "name_live", "show_live"]


def show_live(module: ModuleType, *, everything: bool = False) -> Shown:
    """Return what a module holds now: what its source says, confirmed by identity; the rest is *dynamic*."""
    world, live = _live(module)
    name = module.__name__
    file = getattr(module, "__file__", None)
    main = {name: os.path.abspath(file)} if isinstance(file, str) and file.endswith((".py", ".pyw")) else {}
    library = Library([os.path.abspath(entry) for entry in world.path], main=main)
    return Shown(
        name,
        _about(library, module),
        live.namespace(name),
        live.uses(name),
        users(name, main.get(name), _place(library, name, main)),
        everything,
    )


def name_live(module: ModuleType, name: str) -> Provenance:
    """Return where a name of an imported module comes from, as it is now."""
    names = _live(module)[1].namespace(module.__name__)
    link = names.get(name)
    title = f"{module.__name__}:{name}"
    if link is None:
        return Provenance(title, name, (), suggestion=similar_name(names, name))
    conflict = next((one for one in names.conflicts if one.name == name), None)
    return Provenance(title, name, (link,), conflict)


def module_live(module: ModuleType, asked: Target) -> Resolved:
    """Return how the module was found, with the file that it was really loaded from."""
    said = module_why(asked)
    real = getattr(module, "__file__", None)
    if not isinstance(real, str) or said.resolution.path in (None, real):
        return said
    loaded = Step("really loaded", "used", "not where the finders that Python starts with would lead", real)
    way = replace(said.resolution, path=real, steps=(*said.resolution.steps, loaded))
    return replace(said, resolution=way)


def _live(module: ModuleType) -> tuple[Any, Live]:
    """Return the `sys` that the module itself would import, a space's for a module of a space, and its reader."""
    builtins = vars(module).get("__builtins__", sys.modules["builtins"])
    names = builtins if isinstance(builtins, dict) else vars(builtins)
    world = names["__import__"]("sys")
    return world, Live({**world.modules, module.__name__: module}, world.path)


def _about(library: Library, module: ModuleType) -> About:
    location = library.locate(module.__name__)
    if location is not None:
        return about(library, location)
    origin = getattr(getattr(module, "__spec__", None), "origin", None)
    return About("module", origin or getattr(module, "__file__", None), ())


def _place(library: Library, name: str, main: dict[str, str]) -> str:
    own = name in main and library.is_own(name.partition(".")[0])
    return main[name] if own else os.getcwd()
