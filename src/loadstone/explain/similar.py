"""What somebody may have meant by a name that leads nowhere."""

from __future__ import annotations

import builtins
import os
import sys
from typing import TYPE_CHECKING

from loadstone.source.origins import namespace
from loadstone.spelling import closest

if TYPE_CHECKING:
    from loadstone.source.origins import Namespace
    from loadstone.source.project import Library

__all__ = ["name_in", "similar_file", "similar_module", "similar_name", "top_modules"]


def similar_module(library: Library, name: str) -> str:
    """Return the module on the library's path whose name is most like `name`; empty for none.

    The first part that leads nowhere is the one that is looked at: ``jsn.decoder`` gives ``json.decoder`` if
    that exists, else ``json``.
    """
    parent, _, tail = name.rpartition(".")
    if parent and library.locate(parent) is None:
        above = similar_module(library, parent)
        whole = f"{above}.{tail}"
        return whole if above and library.locate(whole) else above
    names = library.submodules(parent) if parent else top_modules(library)
    close = closest(tail, names)
    return f"{parent}.{close}" if parent and close else close


def name_in(library: Library, name: str) -> str:
    """Return ``json:JSONDecoder`` for json.JSONDecoder, which is no module but a name of one; empty for another.

    What follows the name is left out: ``json.JSONDecoder.decode`` gives ``json:JSONDecoder``.
    """
    module, _, tail = name.rpartition(".")
    if not module:
        return ""
    home = library.world.canonical(module)
    if library.locate(home) is None:
        return name_in(library, module)
    try:
        return f"{module}:{tail}" if tail in namespace(library, home) else ""
    except SyntaxError:
        return ""


def similar_name(names: Namespace, name: str) -> str:
    """Return the name of a module, or the builtin, that is most like `name`; empty for none."""
    return closest(name, names) or closest(name, vars(builtins))


def similar_file(path: str) -> str:
    """Return the file beside a missing one that is named most like it; empty for none."""
    folder, name = os.path.split(path)
    try:
        close = closest(name, os.listdir(folder))
    except OSError:
        return ""
    return os.path.join(folder, close) if close else ""


def top_modules(library: Library) -> set[str]:
    """Return the top-level modules of the path: files, packages, folders of code, and those inside Python."""
    names = {*sys.builtin_module_names, *sys.stdlib_module_names}
    for entry in library.path:
        names.update(_modules_in(entry))
    return names


def _modules_in(entry: str) -> set[str]:
    try:
        with os.scandir(entry) as found:
            return {name for one in found if (name := _module_of(one))}
    except OSError:
        return set()


def _module_of(one: os.DirEntry[str]) -> str:
    stem, dot, suffix = one.name.partition(".")
    if not stem.isidentifier():
        return ""
    if not dot:
        return stem if os.path.isfile(os.path.join(one.path, "__init__.py")) else ""
    return stem if suffix.rpartition(".")[2] in ("py", "so", "pyd") else ""
