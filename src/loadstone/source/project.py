"""The modules that a program could import: found by name, read when asked for, never run."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from loadstone.source.facts import Job
from loadstone.source.files import Files
from loadstone.source.finder import Finder, Location, is_built_in, is_frozen, standard_library
from loadstone.source.inputs import Inputs
from loadstone.source.notes import Notes
from loadstone.source.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from loadstone.source.bindings import Summary
    from loadstone.source.entering.lowering.lowering import Block
    from loadstone.source.opaque import Named
    from loadstone.source.world import World

__all__ = ["Library", "Location"]

# What is below is another world's: it is there when the program runs, and none of this path.
_SPACES = "loadstone.spaces."


class Library:
    """The modules reachable by a path, as `sys.path` is one; `main` names files that are modules of their own.

    A file in `main` is found by its name alone and before the path: ``{"report": "/app/report.py"}``.
    `names_of` is asked for the names of a module that has no source: it takes the module's Location and
    returns {name: Named}, or None where it does not know. `texts` holds the source of paths in `main` that are
    no files. A `store` keeps what was read; `inputs` notes all that is read, `notes` what was asked.
    """

    def __init__(
        self,
        path: Sequence[str],
        *,
        main: Mapping[str, str] | None = None,
        names_of: Callable[[Location], Mapping[str, Named] | None] | None = None,
        texts: Mapping[str, str] | None = None,
        store: Store | None = None,
        inputs: Inputs | None = None,
    ) -> None:
        self.path = tuple(path)
        self.main = dict(main or {})
        self.names_of = names_of
        self.texts = dict(texts or {})
        self.inputs = inputs or Inputs()
        self.notes = Notes()
        self.files = Files(store or Store(), self.texts, self.inputs)
        self._finder = Finder(self.inputs)
        self._locations: dict[str, Location | None] = {}
        self._summaries: dict[str, Summary | None] = {}
        self._world: World | None = None

    def changed(self, texts: Mapping[str, str]) -> Library:
        """Return the library as it would be with other text in some files, by path.

        The rest is not read again, and of the modules that the change cannot reach nothing is worked out again.
        """
        from loadstone.source.reach import importers, reached

        kept = {name: one for name, one in self._summaries.items() if one is None or one.path not in texts}
        other = self._like({**self.texts, **texts}, kept)
        other.world.opaque = self.world.opaque
        summaries = self.summaries()
        changed = [one.name for one in summaries if one.path in texts]
        other.world.take_over(self.world, other_than=reached(changed, importers(summaries)))
        return other

    def with_summaries(self, summaries: Iterable[Summary]) -> Library:
        """Return the library as it would be if some of its modules said something else."""
        return self._like(self.texts, {**self._summaries, **{one.name: one for one in summaries}})

    def _like(self, texts: Mapping[str, str], summaries: dict[str, Summary | None]) -> Library:
        """Return a library that finds the same files, and has read some of them."""
        store = self.files.store
        other = Library(self.path, main=self.main, names_of=self.names_of, texts=texts, store=store)
        other.files.share(self.files)
        other._finder = self._finder
        other._locations = self._locations
        other._summaries = summaries
        other.notes.tops = self.notes.tops  # what one has located, the other does not look for
        return other

    @property
    def world(self) -> World:
        """What the modules of this library come to; made once, when it is first asked for."""
        if self._world is None:
            from loadstone.source.world import World

            self._world = World(self)
        return self._world

    def locate(self, name: str) -> Location | None:
        """Return where the module is, without importing it; None where Python would find nothing."""
        if name not in self._locations:
            self._locations[name] = self._locate(name)
        return self._locations[name]

    def summary(self, name: str) -> Summary | None:
        """Return what the module binds; None where there is no source to read.

        A file that cannot be compiled or read has its SyntaxError in the summary's `error`.
        """
        self.notes.asks(name)
        if name not in self._summaries:
            job = self._job(name)
            self._summaries[name] = self.files.summary(job) if job else None
        return self._summaries[name]

    def summaries(self) -> tuple[Summary, ...]:
        """Return all summaries that were asked for so far."""
        return tuple(filter(None, self._summaries.values()))

    def program(self, name: str) -> Block | None:
        """Return the small program of a module, for entering it in thought; None where there is no source to read."""
        job = self._job(name)
        return self.files.program(job) if job else None

    def prepare(
        self,
        names: Iterable[str],
        progress: Callable[[int, int, str], None] | None = None,
        *,
        ahead: bool = False,
    ) -> None:
        """Read the source of many modules, before they are asked for one by one; `ahead`: and of what they import."""
        from loadstone.source.ahead import waves

        every = waves(self, names) if ahead else iter([[*names]])
        self.files.prepare((filter(None, map(self._job, wave)) for wave in every), progress)

    def _job(self, name: str) -> Job | None:
        location = self.locate(name)
        readable = location is not None and (location.has_source or location.path in self.texts)
        return Job(name, location.path or "", location.is_package) if location and readable else None

    def submodules(self, name: str) -> tuple[str, ...]:
        """Return the tails of the modules in a package, sorted; empty for what is no package."""
        location = self.locate(name)
        folders = location.search if location else ()
        return tuple(sorted(set().union(*(self._finder.modules(folder) for folder in folders))))

    def is_standard(self, name: str) -> bool:
        """Whether the module belongs to the standard library, which never imports a program's own modules."""
        if name.partition(".")[0] not in sys.stdlib_module_names:
            return False
        location = self.locate(name)
        root = standard_library()
        return location is not None and (location.path is None or location.path.startswith(root))

    def root(self, top: str) -> str | None:
        """Return the entry of the path in which a top-level module was found; None where it has no place there."""
        location = self.locate(top)
        if location is None or (location.path is None and not location.search):
            return None
        inner = location.search[0] if location.search else location.path
        return os.path.dirname(inner or "")

    def is_own(self, top: str) -> bool:
        """Whether a top-level module is the program's: neither the standard library's nor installed."""
        folder = self.root(top)
        return folder is not None and not self.is_standard(top) and os.path.basename(folder) not in _INSTALLED

    def _locate(self, name: str) -> Location | None:
        if name in self.main:
            return _main(name, self.main[name])
        if is_built_in(name):
            return Location(name, None, "built-in")
        if name.startswith(_SPACES):
            return Location(name, None, "space", (_SPACES,))
        parent, _, _ = name.rpartition(".")
        return self._below(name, parent) if parent else self._top(name)

    def _below(self, name: str, parent: str) -> Location | None:
        above = self.locate(parent)
        if above is None or not above.search:
            return None
        if above.path and above.path.startswith(standard_library()) and is_frozen(name):
            return self._finder.find(name, above.search) or Location(name, None, "frozen")
        return self._finder.find(name, above.search)

    def _top(self, name: str) -> Location | None:
        self.notes.tops.add(name)
        # "encodings" is not frozen, but Python imports it before the program's folder is on the path.
        if is_frozen(name) or name == "encodings":
            return self._finder.find(name, [standard_library()]) or Location(name, None, "frozen")
        return self._finder.find(name, self.path)


_INSTALLED = frozenset(("site-packages", "dist-packages"))


def _main(name: str, path: str) -> Location:
    folder, file = os.path.split(path)
    if file == "__init__.py":
        return Location(name, path, "package", (folder,))
    return Location(name, path, "module")
