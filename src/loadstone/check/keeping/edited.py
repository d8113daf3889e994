"""Files that have been edited; an edit is quiet where others see no more of it than names that nobody looks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from loadstone.check.keeping.change import Change, change, words
from loadstone.source.facts import Facts, Job, made, program_of, summary_of

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
    """Return what has become of some files; None where it is not known of one of them what it was.

    A file that has come was empty before, and one that has gone is empty now.
    """
    edits = tuple(edit for path in paths if (edit := _edited(record, project, path, store)))
    if len(edits) < len(paths):
        return None
    return edits if _are_apart(edits) else tuple(edit._replace(loud=True) for edit in edits)


def _edited(record: Record, project: Project, path: str, store: Store) -> Edited | None:
    before, after = _before(record, path, store), _after(project, path)
    if after is not None and path not in record.keys:
        before = _empty(after[0])
    if before is not None and path not in project.owners:
        after = _empty(before[0])
    if before is None or after is None or before[0].name != after[0].name:
        return None
    (old, old_program), (new, new_program) = before, after
    edit = Edited(path, old, new, old_program, new_program, change(old, new), loud=True)
    stayed = path in record.keys and path in project.owners
    return edit._replace(loud=not (stayed and _is_quiet(record, project, edit)))


def _before(record: Record, path: str, store: Store) -> tuple[Summary, Block | None] | None:
    """Return the summary and the program of a file as they were."""
    key = record.keys.get(path, b"")
    summary, program = store.get("summary", key), store.get("program", key)
    if summary is None or program is None:
        return None
    facts = Facts(summary, program)
    return summary_of(facts), program_of(facts)


def _after(project: Project, path: str) -> tuple[Summary, Block | None] | None:
    """Return the summary and the program of a file as they are."""
    name = project.owners.get(path)
    summary = project.library.summary(name) if name else None
    if summary is None or summary.path != path:
        return None
    return summary, project.library.program(summary.name)


def _empty(one: Summary) -> tuple[Summary, Block | None]:
    """Return the summary and the program that a file would have without content."""
    facts = made(Job(one.name, one.path, one.is_package), b"")
    return summary_of(facts), program_of(facts)


def _is_quiet(record: Record, project: Project, edit: Edited) -> bool:
    """Whether nobody looks for the names that have come or gone, by name or by a star."""
    names = edit.change.names
    if not edit.change.plain or edit.change.named:
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
