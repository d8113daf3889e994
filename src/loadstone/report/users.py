"""Who uses a module: the modules of a project that import it, with the lines."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loadstone.errors import BadModuleName, BadOptions
from loadstone.source.layout.naming import name_modules
from loadstone.source.layout.place import project_root, within
from loadstone.source.layout.roots import source_roots
from loadstone.source.layout.settings import Settings
from loadstone.source.reading import parse
from loadstone.source.statements import imports

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loadstone.source.statements import Import

__all__ = ["User", "users"]


@dataclass(frozen=True, slots=True)
class User:
    """A module that imports the one asked about, and the lines on which it does."""

    module: str
    path: str
    lines: tuple[int, ...]

    def __str__(self) -> str:
        numbers = ", ".join(map(str, self.lines))
        return f"{self.path} line{'s' * (len(self.lines) > 1)} {numbers}"


def users(name: str, file: str | None, place: str) -> tuple[User, ...]:
    """Return the modules that import `name`, in the project that the file or folder `place` belongs to, by path.

    `file` is the module's own: it may have another name inside the project. Files that do not parse use nothing.
    """
    modules = _modules(place)
    wanted = {name, *(own for own, path in modules.items() if path == file)}
    found = []
    for module, path in sorted(modules.items(), key=lambda item: item[1]):
        lines = _lines(module, path, wanted) if path != file else ()
        if lines:
            found.append(User(module, path, lines))
    return tuple(found)


def _modules(place: str) -> Mapping[str, str]:
    root, whole = project_root([place])
    if root in (os.path.expanduser("~"), os.path.abspath(os.sep)):
        return {}  # not a project: reading all of it could take minutes
    try:
        top, _ = within(root, [root], Settings.read(root).exclude, whole=whole)
        return name_modules(top, source_roots(top)).modules
    except BadOptions:  # it is not this command that the settings are for
        return {}


def _lines(module: str, path: str, wanted: set[str]) -> tuple[int, ...]:
    try:
        with open(path, "rb") as file:
            code = file.read()
        # Parsing takes a thousand times as long as looking for the word.
        if not any(name.rpartition(".")[2].encode() in code for name in wanted):
            return ()
        statements = imports(parse(code, path))
    except (OSError, SyntaxError):
        return ()
    package = module if path.endswith("__init__.py") else module.rpartition(".")[0]
    return tuple(sorted({one.statement.line for one in statements if _means(one, package, wanted)}))


def _means(one: Import, package: str, wanted: set[str]) -> bool:
    """Whether a statement brings the module in: by its own name, or as a member of its package."""
    try:
        target = one.target(package)
    except BadModuleName:
        return False
    if one.star or one.names:
        return target in wanted or any(f"{target}.{alias.name}" in wanted for alias in one.names)
    # `import shop.cart` binds shop, unless it has an alias.
    lineage = [target] if one.alias and one.alias.asname else target.lineage()
    return any(name in wanted for name in lineage)
