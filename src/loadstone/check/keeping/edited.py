"""Files that have been edited; an edit is quiet where others see no more of it than names that nobody looks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from loadstone.check.keeping.change import Change, change, words
from loadstone.source.facts import Facts, program_of, summary_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loadstone.check.keeping.record import Record
    from loadstone.source.bindings import Summary
    from loadstone.source.entering.lowering.lowering import Block
    from loadstone.source.store import Store
    from loadstone.source.tree import Project

__all__ = ["Edited", "edits_of"]


class Edited(NamedTuple):
    """A file that has been edited: what it was and is, what that changes, and whether others see it."""

    path: str
    old: Summary
    new: Summary
    old_program: Block | None
    new_program: Block | None
    change: Change
    loud: bool

    @property
    def name(self) -> str:
        """The module."""
        return self.new.name


def edits_of(
    record: Record, project: Project, paths: Sequence[str], store: Store
) -> tuple[Edited, ...] | None:
    """Return what has become of some files; None where it is not known of one of them what it was."""
    edits = tuple(edit for path in paths if (edit := _edited(record, project, path, store)))
    if len(edits) < len(paths):
        return None
    return edits if _are_apart(edits) else tuple(edit._replace(loud=True) for edit in edits)


def _edited(record: Record, project: Project, path: str, store: Store) -> Edited | None:
    """Return what has become of a file; None where it is not known what it was."""
    name, key = project.owners.get(path), record.keys[path]
    summary, program = store.get("summary", key), store.get("program", key)
    new = project.library.summary(name) if name else None
    if new is None or new.path != path or summary is None or program is None:
        return None
    before = Facts(summary, program)
    old = summary_of(before)
    if old.name != new.name:
        return None
    programs = program_of(before), project.library.program(new.name)
    edit = Edited(path, old, new, *programs, change(old, new), loud=True)
    return edit._replace(loud=not _is_quiet(record, project, edit))


def _is_quiet(record: Record, project: Project, edit: Edited) -> bool:
    """Whether nobody looks for the names that have come or gone, by name or by a star."""
    names = edit.change.names
    if not edit.change.plain or not names.isdisjoint(edit.change.words):
        return False
    tail = edit.name.rpartition(".")[2]
    if not edit.new.is_package and not record.mentions.elsewhere(tail, edit.name):
        return True  # a script, a test, a command: nobody says its name
    if names and edit.name in record.starred and edit.new.exports is None:
        return False
    return not any(
        record.mentions.elsewhere(name, edit.name)
        or project.library.locate(f"{edit.name}.{name}") is not None
        for name in names
    )


def _are_apart(edits: Sequence[Edited]) -> bool:
    """Whether no edited file mentions the new names of another one."""
    return not any(
        one is not other and not one.change.names.isdisjoint(words(other.new))
        for one in edits
        for other in edits
    )
