"""A project: the modules of one tree, and what they can import."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loadstone.source.layout.walk import Trouble
    from loadstone.source.project import Library

__all__ = ["Project"]


class Project(NamedTuple):
    """The modules of one tree, and the library in which they find one another and what is installed.

    `modules` maps names to absolute paths. A file that no import statement can reach is there too, under its path from
    `root` with dots: ``tools.my-script``; the second ``tests`` of a monorepo as ``packages.cart.tests``. `owners` is
    the reverse. `selected` are the modules that were asked about; `troubles` what could not be read on the way.
    """

    root: str
    source_roots: tuple[str, ...]
    modules: Mapping[str, str]
    owners: Mapping[str, str]
    selected: tuple[str, ...]
    library: Library
    troubles: tuple[Trouble, ...] = ()

    def __str__(self) -> str:
        return f"{self.root}: {len(self.modules)} modules in {', '.join(self.source_roots)}"
