"""What looking up a name in a module can give: an event, a name of a module without source, or a mark."""

from __future__ import annotations

from dataclasses import dataclass

from loadstone.source.events import Event
from loadstone.source.opaque import Named

__all__ = ["DYNAMIC", "IMPLICIT", "MISSING", "Found", "Mark"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A result that stands for itself."""

    what: str

    def __str__(self) -> str:
        return self.what


MISSING = Mark("missing")
"""There is no such name, or no such module."""

DYNAMIC = Mark("dynamic")
"""The name may be there: the module binds names that cannot be read, or makes them on demand."""

IMPLICIT = Mark("implicit")
"""Python itself gives every module this name."""

Found = Event | Named | Mark
