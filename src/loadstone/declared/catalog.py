"""The spaces that a program can name: those of its own project, then those of installed packages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.declared.project import above, installed, of_project
from loadstone.errors import NoSuchSpace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loadstone.declared.declaration import Declaration

__all__ = ["Catalog"]


class Catalog:
    """Declarations by name, for a program in `folder`; `path` is where installed packages are looked for.

    `source` is the project's ``pyproject.toml``, None where there is none. Raises BadOptions for one with mistakes.
    """

    def __init__(self, folder: str, path: Sequence[str] | None = None) -> None:
        self.source = above(folder)
        self._path = path
        self._own = of_project(self.source) if self.source else {}
        self._packages: dict[str, Declaration] | None = None

    def find(self, name: str) -> Declaration:
        """Return the declaration of a space; the project's own hides a package's. Raises NoSuchSpace."""
        found = self._own.get(name) or self._installed().get(name)
        if found is None:
            raise NoSuchSpace(name=name, known=tuple(self.every()), source=self.source)
        return found

    def every(self) -> dict[str, Declaration]:
        """Return all declarations by name, the project's own first."""
        return {
            **self._own,
            **{name: one for name, one in self._installed().items() if name not in self._own},
        }

    def _installed(self) -> dict[str, Declaration]:
        # Reading the metadata of all that is installed takes longer than all the rest: only for names not found.
        if self._packages is None:
            self._packages = installed(self._path)
        return self._packages
