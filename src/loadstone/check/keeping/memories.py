"""What the rules have asked for each module, kept by its digest: read only for a module that is checked again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.check.memory import Memory
from loadstone.source.inputs import digest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

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


def remind(whole: Whole, record: Record, module: str, without: Collection[str]) -> None:
    """Let a module know what was asked for it before; nothing in which names are mentioned that have come or gone."""
    value = whole.library.files.store.get("memory", record.memories.get(module, b""))
    if value is not None:
        whole.memories[module] = Memory.read(value, without)
