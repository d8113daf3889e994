"""Files that have come or gone since a check, where nobody has ever looked for them.

A module whose name nobody mentions does nothing to others by being there: no statement, attribute or string leads to
it. What it does to them it does as an edited file does, by what it imports, takes and sets. So a new file counts as one
that was empty, and one that is gone as one that is empty now.
"""

from __future__ import annotations

import importlib.machinery
import os
import re
from typing import TYPE_CHECKING, NamedTuple

from loadstone.check.keeping.record import Layout
from loadstone.source.inputs import names_digest, names_that_matter
from loadstone.source.layout.walk import MARKS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from loadstone.check.keeping.edited import Edited
    from loadstone.check.keeping.record import Record
    from loadstone.source.bindings import Summary
    from loadstone.source.inputs import Input
    from loadstone.source.tree import Project

__all__ = ["Comings", "Entry", "comings"]

_SUFFIXES = tuple(importlib.machinery.all_suffixes())
_TELLING = MARKS | {".gitignore", "pyvenv.cfg"}
"""Names that say what the files around them are."""
_SPECIAL = ("__init__", "__main__")
"""Modules that nobody has to name: with them a folder is something else."""


class Entry(NamedTuple):
    """A name in a folder that has come or gone; `stayed` are the names there that have not, `others` all but this."""

    folder: str
    name: str
    stayed: frozenset[str]
    others: frozenset[str]

    @property
    def path(self) -> str:
        """The file or folder."""
        return os.path.join(self.folder, self.name)

    @property
    def tail(self) -> str:
        """The last part of the name of a module that it may be."""
        return self.name.partition(".")[0]

    def has(self, path: str) -> bool:
        """Whether this is a path, or the folder around it."""
        return path == self.path or path.startswith(self.path + os.sep)


class Comings(NamedTuple):
    """A project as it is now, with what has come into its folders and gone; `come` and `gone` are paths of modules."""

    project: Project
    entries: tuple[Entry, ...]
    come: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def bare(self) -> bool:
        """Whether a folder may have got its first module, or lost its last."""
        return not all(any(name.endswith(_SUFFIXES) for name in entry.stayed) for entry in self.entries)

    def unfelt(self, record: Record, edits: Sequence[Edited]) -> bool:
        """Whether nobody has ever looked for a module of these names, or can find one only now."""
        modules, moved = {**record.layout.modules, **self.project.modules}, (*self.come, *self.gone)
        found = (entry for entry in self.entries if _is_module(entry.name) or any(map(entry.has, moved)))
        return all(_is_unfelt(entry, record, self.project, modules, edits) for entry in found)


def comings(
    record: Record, folders: Iterable[Input], listings: Mapping[str, list[str]], find: Callable[[], Project]
) -> Comings | None:
    """Return what has come and gone in some folders; None where they were not known, or other modules change names."""
    project = find()
    entries = _entries(folders, listings, project)
    if entries is None or any(entry.name in _TELLING for entry in entries):
        return None
    old, new = record.layout.modules, project.modules
    come = tuple(path for name, path in new.items() if name not in old)
    gone = tuple(path for name, path in old.items() if name not in new)
    told = all(any(entry.has(path) for entry in entries) for path in (*come, *gone))
    if not told or not record.keys.keys().isdisjoint(come):
        return None
    return Comings(project, tuple(entries), come, gone) if _is_same_otherwise(record, project) else None


def _entries(
    folders: Iterable[Input], listings: Mapping[str, list[str]], project: Project
) -> list[Entry] | None:
    """Return the names that have come or gone; those in a folder that has itself gone are told by the one around it."""
    found: list[Entry] = []
    for one in folders:
        if os.path.isdir(one.path):
            before = listings.get(one.path)
            if before is None or names_digest(before) != one.content:
                return None
            found += _differing(
                one.path, {*before}, {*names_that_matter(project.library.inputs.listing(one.path))}
            )
    return found


def _differing(folder: str, before: set[str], after: set[str]) -> Iterator[Entry]:
    for name in sorted(before ^ after):
        yield Entry(folder, name, frozenset(before & after), frozenset((before | after) - {name}))


def _is_module(name: str) -> bool:
    """Whether an entry of that name may be found by an import: a module or a folder."""
    return "." not in name or name.endswith(_SUFFIXES)


def _is_same_otherwise(record: Record, project: Project) -> bool:
    """Whether all modules that have neither come nor gone have the names and the order that they had."""
    old, new = record.layout, Layout.of(project)
    return (
        _without_modules(old) == _without_modules(new)
        and _in(new, old.modules) == _in(old, new.modules)
        and record.tops.isdisjoint(_tops(old) ^ _tops(new))
    )


def _without_modules(layout: Layout) -> Layout:
    return layout._replace(modules={}, selected=(), main={})


def _in(layout: Layout, names: Mapping[str, str]) -> tuple[object, ...]:
    """Return what a layout says of some modules."""
    items = [
        [(name, path) for name, path in part.items() if name in names]
        for part in (layout.modules, layout.main)
    ]
    return (*items, [name for name in layout.selected if name in names])


def _tops(layout: Layout) -> frozenset[str]:
    return frozenset(name.partition(".")[0] for name in layout.modules)


# Whether anybody can feel it.


def _is_unfelt(
    entry: Entry, record: Record, project: Project, modules: Mapping[str, str], edits: Sequence[Edited]
) -> bool:
    if entry.tail in _SPECIAL or _has_twin(entry, modules):
        return False
    if entry.folder in project.library.path and entry.tail in record.tops:
        return False
    return not _is_mentioned(entry, record, modules) and not any(
        map(_takes_all, _around(entry, project, edits))
    )


def _has_twin(entry: Entry, modules: Mapping[str, str]) -> bool:
    """Whether another module has the name: one beside it, or one in another part of the same package."""
    if any(_is_module(name) and name.partition(".")[0] == entry.tail for name in entry.others):
        return True
    own = [name for name, path in modules.items() if path == entry.path]
    others = [name for name, path in modules.items() if not entry.has(path)]
    if own:
        return any(f"{name}.".startswith(f"{own[0]}.") for name in others)
    return any(entry.tail in name.split(".") for name in others)


def _is_mentioned(entry: Entry, record: Record, modules: Mapping[str, str]) -> bool:
    """Whether another module has the words of the name somewhere."""
    own = next((name for name, path in modules.items() if path == entry.path), entry.path)
    return all(record.mentions.elsewhere(word, own) for word in re.findall(r"\w+", entry.tail))


def _around(entry: Entry, project: Project, edits: Sequence[Edited]) -> Iterator[Summary]:
    """Yield what the package around says, and has said."""
    init = os.path.join(entry.folder, "__init__.py")
    summary = project.library.summary(project.owners[init]) if init in project.owners else None
    yield from (summary,) if summary else ()
    yield from (edit.old for edit in edits if edit.path == init)


def _takes_all(package: Summary) -> bool:
    """Whether a package has names that it does not spell itself: one may be that of a submodule."""
    return any(bound.name == "*" for bound in package.bounds) or not package.exports_exact
