"""The whole project as the rules see it: its modules, and who takes what from whom."""

from __future__ import annotations

import os
from contextlib import contextmanager
from functools import cached_property, partial
from typing import TYPE_CHECKING

from loadstone.check.lines import Lines
from loadstone.check.memory import Memory
from loadstone.check.module import Module
from loadstone.check.reachable import Reachable
from loadstone.errors import BadModuleName, LoadstoneError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from loadstone.check.assigned import Assigned
    from loadstone.check.config.settings import Settings
    from loadstone.check.diagnostic import Place
    from loadstone.check.importers import Importers
    from loadstone.check.keeping.change import Fact
    from loadstone.check.loading import Loaded
    from loadstone.check.taken import Taken, Taker
    from loadstone.source.origins import Binding
    from loadstone.source.statements import Import, Statement
    from loadstone.source.tree import Project

__all__ = ["Whole"]


class Whole(Reachable):
    """A project, with what several rules ask about it; each part is imported and worked out when it is asked for."""

    def __init__(self, project: Project, settings: Settings) -> None:
        super().__init__(project.library)
        self.project = project
        self.settings = settings
        self.lines = Lines(self.library.inputs)
        # What is being checked, and by that what it has asked the whole project: {"shop": {("taken", "VAT")}}.
        self._checked = ""
        self.asked: dict[str, set[Fact]] = {}
        # What is known of modules from a check before, and what is asked for them now.
        self.memories: dict[str, Memory] = {}
        self._modules: dict[str, Module] = {}
        # Whether a file has comments for Loadstone, as far as that is known.
        self.commented: dict[str, bool] = {}
        # (package, name) of a missing module to the name that was probably meant; empty where none is near.
        self.meant: dict[tuple[str, str], str] = {}

    @contextmanager
    def answering(self, name: str) -> Iterator[None]:
        """Take what is asked meanwhile as asked for the findings of a module, or by a rule."""
        self._checked = name
        with self.library.notes.answering(name):
            yield

    def module(self, name: str) -> Module | None:
        """Return a module of the project; None for any other."""
        self.library.notes.asks(name)
        if name not in self._modules:
            path = self.project.modules.get(name)
            # Beside a compiled extension of the same name a source file is not what Python loads.
            if path is None or self.library.summary(name) is None:
                return None
            self._modules[name] = Module(self, name, path, self.memories.setdefault(name, Memory()))
        return self._modules[name]

    @cached_property
    def modules(self) -> tuple[Module, ...]:
        """All modules of the project that can be compiled."""
        with self.library.notes.answering(""):  # to go over all of them is to look into none
            every = [self.module(name) for name in self.project.modules]
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

    def is_taken(self, module: str, name: str) -> bool:
        """Whether any module of the project takes a name from another one."""
        return self._taken.has(module, name)

    def stars_of(self, module: str) -> Iterator[tuple[Module, Statement]]:
        """Yield the star imports of a module in the project, each with the module that has it."""
        self._ask("stars", module)
        for other in self.modules:
            with other.answering():
                statements = [star.statement for star in other.stars if star.target == module]
            for statement in statements:
                yield other, statement

    # Any module, also one that is installed.

    def names(self, module: str) -> Mapping[str, Binding]:
        """Return the namespace of a module; empty where it cannot be read."""
        from loadstone.source.origins import namespace

        own = self.module(module)
        try:
            return own.namespace if own else namespace(self.library, module)
        except (LoadstoneError, SyntaxError):
            return {}

    def names_of(self, module: str) -> tuple[str, ...]:
        """Return the names that could be imported from a module: its own, and its submodules."""
        own = (name for name in self.names(module) if not name.startswith("__"))
        return (*own, *self.library.submodules(module))

    def is_set(self, module: str, name: str) -> bool:
        """Whether code of the project, or of the module's own package, assigns the name from outside of the module."""
        if self.is_own(module):
            self._ask("set", name)
            self._ask("set", "*")
            return self._assigned.has(module, name)
        from loadstone.check.assigned import assigns
        from loadstone.check.loading import loads

        top = module.partition(".")[0]
        loaded = {module, *(one.module for start in (top, module) for one in loads(self.library, start))}
        return any(
            assigns(self.library, other, module, name)
            for other in loaded
            if other == top or other.startswith(f"{top}.")
        )

    def importers(self, which: str) -> Iterator[Loaded]:
        """Yield the first import of each module in the project that runs or may run, with the packages on the way.

        `which` says what is sought among them: ":namespace", ":twice" and ":standard" are the modules of these kinds
        (keeping/ripples.py tells them), and "shop." is all that is in a package.
        """
        return self._importers.every(which)

    def importers_of(self, module: str) -> tuple[Loaded, ...]:
        """Return the imports of one module in the project, the first in each importer; empty where there are none."""
        return self._importers.of(module)

    def importer_of(self, module: str) -> Loaded | None:
        """Return the first of them."""
        return next(iter(self.importers_of(module)), None)

    def standard_imports(self) -> tuple[str, ...]:
        """Return the standard modules that the project imports, each once."""
        names = (one.module for one in self.importers(":standard"))
        return tuple(name for name in names if self.library.is_standard(name))

    def tops_with_paths(self) -> Iterator[tuple[str, str]]:
        """Yield the modules and packages that lie directly in a source root, with their files."""
        roots = {*self.project.source_roots}
        for path in self.project.owners:
            folder, file = os.path.split(path)
            name = file.removesuffix(".py")
            if name == "__init__":
                folder, name = os.path.split(folder)
            if folder in roots:
                yield name, path

    def relative(self, path: str) -> str:
        """Return a path as seen from the root of the project, where it lies in it."""
        inside = self.project.root.rstrip(os.sep) + os.sep
        return path.removeprefix(inside)

    def is_commented(self, path: str) -> bool:
        """Whether a file may have comments that silence findings."""
        if path not in self.commented:
            self.commented[path] = any("loadstone:" in line for line in self.lines.of(path))
        return self.commented[path]

    def definition(self, module: str, name: str) -> Place | None:
        """Return where a name of a module is bound; None where no statement does."""
        binding = self.names(module).get(name)
        if binding is None or binding.statement is None:
            return None
        return self.lines.name(binding.statement, name, f"{module}:{name}")

    @cached_property
    def _taken(self) -> Taken:
        from loadstone.check.taken import Taken

        with self.library.notes.answering(""):
            return Taken(self.modules, partial(self._ask, "taken"))

    @cached_property
    def _assigned(self) -> Assigned:
        from loadstone.check.assigned import Assigned

        return Assigned(self.modules)

    @cached_property
    def _importers(self) -> Importers:
        from loadstone.check.importers import Importers

        return Importers(self.modules, partial(self._ask, "imports"))

    def _ask(self, kind: str, name: str = "") -> None:
        self.asked.setdefault(self._checked, set()).add((kind, name))
