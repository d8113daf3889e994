"""Modules that can import one another, and those that do: only among them does the order of imports matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.errors import BadModuleName
from loadstone.source.graphs.cycles import components

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.source.project import Library
    from loadstone.source.statements import Import

__all__ = ["Rings"]


class Rings:
    """The strongly connected groups of modules of one program, found as far as they are asked for."""

    def __init__(self, library: Library) -> None:
        self.library = library
        # (top-level name, another) to whether they belong to one program: {("shop", "tools"): True}.
        self._programs: dict[tuple[str, str], bool] = {}
        # Module to the first name of its group; everything that a module in here can reach is in here too.
        self._groups: dict[str, str] = {}

    def together(self, one: str, other: str) -> bool:
        """Whether each of two modules imports the other, directly or through others, at import time.

        Installed modules are read only as far as it takes to tell: most loops are those of modules and their package.
        """
        if one == other:
            return False
        if one not in self._groups and self._leads(one, other) and self._leads(other, one):
            return True
        if other not in self._groups:
            self._explore(other)
        return self._groups.get(one) == self._groups[other]

    def _leads(self, module: str, to: str) -> bool:
        """Whether one module imports the other directly, or as a part of a package around that."""
        imported = {*self._imported(module)}
        around = (package for package in imported if to.startswith(f"{package}."))
        return to in imported or any(to in self._imported(package) for package in around)

    def inside(self, module: str, entry: str) -> bool:
        """Whether two modules belong to one program, so that `module` may import `entry` back.

        True inside one top-level package, and between the program's own modules that share a folder of the path.
        """
        tops = module.partition(".")[0], entry.partition(".")[0]
        if tops not in self._programs:
            self._programs[tops] = self._are_one_program(*tops)
        return self._programs[tops]

    def _are_one_program(self, top: str, other: str) -> bool:
        if top == other:
            return True
        folder = self.library.root(top)
        return folder is not None and folder == self.library.root(other) and self.library.is_own(top)

    def _explore(self, start: str) -> None:
        follow: dict[str, list[str]] = {}
        waiting = [start]
        while waiting:
            module = waiting.pop()
            if module not in follow and module not in self._groups:
                follow[module] = list(dict.fromkeys(self._imported(module)))
                waiting.extend(follow[module])
        self._groups.update((module, module) for module in follow)
        for group in components(follow):
            self._groups.update(dict.fromkeys(group, group[0]))

    def _imported(self, module: str) -> Iterator[str]:
        summary = self.library.summary(module)
        for one in summary.imports if summary else ():
            if one.when == "import":
                for name in self._loaded(one, summary.package if summary else ""):
                    if name != module and self.inside(name, module) and self.library.locate(name):
                        yield name

    def _loaded(self, one: Import, package: str) -> Iterator[str]:
        """Yield the modules that one import may load: the packages on the way, the module, its submodules."""
        try:
            target = one.target(package)
        except BadModuleName:
            return
        yield from target.lineage()
        yield from (f"{target}.{alias.name}" for alias in one.names)
