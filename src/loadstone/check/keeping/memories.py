"""What the rules have asked for each module, kept by its digest: read only for a module that was edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.check.memory import Memory
from loadstone.source.inputs import digest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loadstone.check.keeping.edited import Edited
    from loadstone.check.keeping.record import Record
    from loadstone.check.whole import Whole

__all__ = ["keep_memories", "remind"]


def keep_memories(whole: Whole, names: Iterable[str]) -> dict[str, bytes]:
    """Keep what was asked for some modules; return the keys in the store, by module."""
    kept = {name: whole.memories[name].kept() for name in names if name in whole.memories}
    keys = {name: digest(value) for name, value in kept.items()}
    for name, value in kept.items():
        whole.library.files.store.put("memory", keys[name], value)
    return keys


def remind(whole: Whole, record: Record, edit: Edited) -> None:
    """Let an edited module know what was asked for it before; nothing in which one of its new names is mentioned."""
    value = whole.library.files.store.get("memory", record.memories.get(edit.name, b""))
    if value is not None:
        whole.memories[edit.name] = Memory.read(value, edit.change.names)
