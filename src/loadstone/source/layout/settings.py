"""What ``pyproject.toml`` says about the layout: ``source-roots`` and ``exclude`` of ``[tool.loadstone]``."""

from __future__ import annotations

import os
from dataclasses import dataclass

from loadstone.settings.tables import TableReader

__all__ = ["Settings"]

_TABLE = ("tool", "loadstone")


@dataclass(frozen=True, slots=True)
class Settings:
    """The layout of one project folder; `source_roots` is None where it is to be found out."""

    source_roots: tuple[str, ...] | None = None
    exclude: tuple[str, ...] = ()

    @classmethod
    def read(cls, folder: str) -> Settings:
        """Return the settings in the folder's ``pyproject.toml``; the defaults where there is none.

        Raises BadOptions for a file that is no TOML, and for values of another type.
        """
        table = TableReader.open(os.path.join(folder, "pyproject.toml"), *_TABLE)
        if table is None:
            return cls()
        found = table.table()
        roots = _folders(table, folder) if "source-roots" in found else None
        exclude = table.a_list((*_TABLE, "exclude"), found.get("exclude", []), 'patterns, such as ["build/"]')
        table.finish()
        return cls(roots, exclude)


def _folders(table: TableReader, above: str) -> tuple[str, ...]:
    place = (*_TABLE, "source-roots")
    written = table.a_list(place, table.table()["source-roots"], 'folders, such as ["src"]')
    found = {root: os.path.normpath(os.path.join(above, root)) for root in written}
    for root, path in found.items():
        if not os.path.isdir(path):
            table.problem(place, f"there is no folder {root!r}")
    return tuple(found.values())
