"""One state of a project: what each module binds, asked for as it is needed; and the same with some files changed."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING

from loadstone.check.config.settings import Settings
from loadstone.check.whole import Whole
from loadstone.fix.document import Document
from loadstone.fix.proof.reading import readings
from loadstone.fix.proof.senses import senses
from loadstone.fix.proof.timeline import Timeline
from loadstone.source.entering.programs import Programs
from loadstone.source.graph import graph

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from loadstone.check.module import Module
    from loadstone.fix.proof.reading import Reading
    from loadstone.fix.proof.senses import Sense
    from loadstone.source.origins import Binding
    from loadstone.source.tree import Project

__all__ = ["Model"]


class Model:
    """A project with the bytes of its files; `contents` are those that differ from the disk, by path.

    `base` is the state that it was made from by a change, of which it takes over what is the same.
    """

    def __init__(
        self, project: Project, contents: Mapping[str, bytes] | None = None, base: Model | None = None
    ) -> None:
        self.project = project
        self.library = project.library
        self.contents = dict(contents or {})
        self.base = base
        self.whole = Whole(project, Settings(root=project.root))
        self._documents: dict[str, Document] = {}
        self._senses: dict[str, Mapping[str, Sense]] = {}
        self._readings: dict[str, tuple[Reading, ...]] = {}
        self._timelines: dict[tuple[tuple[str, str], ...], Timeline] = {}

    def changed(self, contents: Mapping[str, bytes]) -> Model:
        """Return the same project with other bytes in some of its files."""
        texts = {path: _text(path, content) for path, content in contents.items()}
        project = self.project._replace(library=self.library.changed(texts))
        return Model(project, {**self.contents, **contents}, self)

    def document(self, path: str) -> Document:
        """Return a file; raise OSError where it cannot be read."""
        if path not in self._documents:
            known = path in self.contents
            self._documents[path] = Document(path, self.contents[path]) if known else Document.read(path)
        return self._documents[path]

    def content(self, module: str) -> bytes:
        """Return the bytes of a module's file; empty where it cannot be read."""
        try:
            return self.document(self.project.modules[module]).content
        except OSError:
            return b""

    @cached_property
    def compiled(self) -> frozenset[str]:
        """The modules of the project that Python could compile."""
        return frozenset(module.name for module in self.whole.modules)

    # Names.

    def names(self, module: str) -> Mapping[str, Binding]:
        """Return the names of a module of the project when it has run; empty where it does not compile."""
        one = self.whole.module(module)
        return one.namespace if one and module in self.compiled else {}

    def senses(self, module: str) -> Mapping[str, Sense]:
        """Return what each of these names stands for; worked out once."""
        if module not in self._senses:
            one = self.whole.module(module) if module in self.compiled else None
            self._senses[module] = senses(one) if one else {}
        return self._senses[module]

    def readings(self, module: Module) -> tuple[Reading, ...]:
        """Return what the statements of one of its modules read while it is imported; worked out once."""
        if module.name not in self._readings:
            self._readings[module.name] = readings(module)
        return self._readings[module.name]

    def exports(self, module: str) -> tuple[str, ...] | None:
        """Return the `__all__` of a module, if it has one that can be read."""
        one = self.whole.module(module)
        return one.namespace.exports if one and module in self.compiled else None

    # Effects.

    def timeline(self, same: Mapping[str, str]) -> Timeline:
        """Return what its modules do when they are imported; `same` are full names that stand for others."""
        key = tuple(sorted(same.items()))
        if key not in self._timelines:
            self._timelines[key] = Timeline(self, same, self.base.timeline(same) if self.base else None)
        return self._timelines[key]

    @cached_property
    def programs(self) -> Programs:
        """What entering its modules in thought goes through."""
        texts = {path: self.document(path).text for path in self.contents}
        return Programs(self.library, self.project.modules, texts)

    # Who depends on whom.

    @cached_property
    def importers(self) -> dict[str, set[str]]:
        """Module to the modules of the project that import it, at whatever time; a package has its modules there."""
        found: dict[str, set[str]] = {}
        for edge in graph(self.project).edges:
            found.setdefault(edge.imported, set()).add(edge.importer)
        for name in self.project.modules:
            parent = name.rpartition(".")[0]
            if parent in self.project.modules:
                found.setdefault(parent, set()).add(name)
        return found

    def reached_from(self, changed: Iterable[str]) -> set[str]:
        """Return the modules whose names can depend on these, themselves included."""
        found = set(changed)
        waiting = list(found)
        while waiting:
            for name in self.importers.get(waiting.pop(), ()):
                if name not in found:
                    found.add(name)
                    waiting.append(name)
        return found & self.project.modules.keys()

    def relative(self, path: str) -> str:
        """Return a path as seen from the project's root."""
        return path.removeprefix(self.project.root.rstrip(os.sep) + os.sep)


def _text(path: str, content: bytes) -> str:
    try:
        return Document(path, content).text
    except (SyntaxError, UnicodeDecodeError):
        # Left to the parser, which says what is wrong with it.
        return "\0"
