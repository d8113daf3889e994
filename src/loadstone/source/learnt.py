"""What a library comes to know in a copy of its process, as a value to be sent back and taken over."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loadstone.source.inputs import Input
    from loadstone.source.notes import Notes
    from loadstone.source.project import Library

__all__ = ["Learnt", "learn", "learnt"]


class Learnt(NamedTuple):
    """The modules that were read, by name; the inputs and notes; and the new rows of the store."""

    modules: tuple[str, ...]
    inputs: list[Input]
    notes: Notes
    rows: Mapping[tuple[str, bytes], bytes]


def learnt(library: Library) -> Learnt:
    """Return what is known in this process."""
    modules = tuple(summary.name for summary in library.summaries())
    return Learnt(modules, library.inputs.every(), library.notes, library.files.store.new())


def learn(library: Library, other: Learnt) -> None:
    """Let a library know what its copy has come to know."""
    library.inputs.add(other.inputs)
    library.notes.add(other.notes)
    library.files.store.add(other.rows)
    for name in other.modules:
        library.summary(name)
