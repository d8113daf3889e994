"""The whole project as the rules see it: its modules, and who takes what from whom."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from loadstone.check.lines import Lines
from loadstone.check.module import Module
from loadstone.check.taken import Taken
from loadstone.errors import BadModuleName

if TYPE_CHECKING:
    from loadstone.check.config.settings import Settings
    from loadstone.check.taken import Taker
    from loadstone.source.statements import Import
    from loadstone.source.tree import Project

__all__ = ["Whole"]


class Whole:
    """A project, with what several rules ask about it; each part is worked out when it is first asked for."""

    def __init__(self, project: Project, settings: Settings) -> None:
        self.project = project
        self.settings = settings
        self.library = project.library
        self.lines = Lines()
        self._modules: dict[str, Module] = {}

    def module(self, name: str) -> Module | None:
        """Return a module of the project; None for any other."""
        if name not in self._modules:
            path = self.project.modules.get(name)
            if path is None:
                return None
            self._modules[name] = Module(self, name, path)
        return self._modules[name]

    @cached_property
    def modules(self) -> tuple[Module, ...]:
        """All modules of the project that can be compiled."""
        every = (self.module(name) for name in self.project.modules)
        return tuple(one for one in every if one and one.summary.error is None)

    @cached_property
    def tops(self) -> frozenset[str]:
        """The top-level names of the project."""
        return frozenset(name.partition(".")[0] for name in self.project.modules)

    def is_own(self, module: str) -> bool:
        """Whether a module name starts as one of the project's."""
        return module.partition(".")[0] in self.tops

    def target(self, one: Import, package: str) -> str:
        """Return the absolute name of the module that an import means; empty where it has none."""
        try:
            return str(one.target(package))
        except BadModuleName:
            return ""

    def takers(self, module: str, name: str) -> tuple[Taker, ...]:
        """Return the modules of the project that take a name from another one."""
        return self._taken.of(module, name)

    @cached_property
    def _taken(self) -> Taken:
        return Taken(self.modules)
