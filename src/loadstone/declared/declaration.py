"""One declared space, as a value."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["HOST", "Declaration"]

HOST = "host"
"""What a declaration calls the space that Python itself started with."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """A table ``[tool.loadstone.spaces.NAME]``: what the space requires, and whom it may import from.

    `share` maps each name to the space that it comes from. `source` and `line` say where the table stands. `base`
    is the folder that holds the installations, ``.loadstone``; `lock` the file with the exact versions. `plugins` is
    the directory of a plugin, which no import statement names; empty for a space that one can name.
    """

    name: str
    source: str
    line: int
    base: str
    lock: str
    dependencies: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    share: Mapping[str, str] = field(default_factory=dict)
    deny: tuple[str, ...] = ()
    imports_from: tuple[str, ...] = ()
    requires_python: str | None = None
    plugins: str = ""

    def __str__(self) -> str:
        return f"space {self.name} ({self.source}:{self.line})"

    @property
    def folder(self) -> str:
        """The folder of this space's installation."""
        return os.path.join(self.base, "spaces", self.name)

    @property
    def site(self) -> str:
        """The folder that its packages are in."""
        return os.path.join(self.folder, "site-packages")

    @property
    def command(self) -> str:
        """What to type to install it."""
        return f"loadstone space sync {f'--plugins {self.plugins} ' if self.plugins else ''}{self.name}"

    @property
    def stubs(self) -> str:
        """The folder of what type checkers read in its place."""
        return os.path.join(self.base, "stubs", "loadstone", "spaces", self.name)

    @property
    def neighbours(self) -> tuple[str, ...]:
        """The other spaces whose modules can come into this one."""
        given = [name for name in self.share.values() if name != HOST]
        return tuple(dict.fromkeys([*self.imports_from, *given]))
