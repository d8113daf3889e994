"""What ``pyproject.toml`` says about the layout: ``source-roots`` and ``exclude`` of ``[tool.loadstone]``."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from typing import Any

from loadstone.errors import BadSettings

__all__ = ["Settings", "read_table"]


@dataclass(frozen=True, slots=True)
class Settings:
    """The layout of one project folder; `source_roots` is None where it is to be found out."""

    source_roots: tuple[str, ...] | None = None
    exclude: tuple[str, ...] = ()

    @classmethod
    def read(cls, folder: str) -> Settings:
        """Return the settings in the folder's ``pyproject.toml``; the defaults where there is none.

        Raises BadSettings for a file that is no TOML, and for values of another type.
        """
        path = os.path.join(folder, "pyproject.toml")
        table = read_table(path)
        roots = _texts(path, table, "source-roots")
        return cls(
            None if roots is None else tuple(_inside(path, folder, root) for root in roots),
            _texts(path, table, "exclude") or (),
        )


def read_table(path: str) -> dict[str, Any]:
    """Return ``[tool.loadstone]`` of a ``pyproject.toml``; empty where the file or the table is missing."""
    try:
        with open(path, "rb") as file:
            table = tomllib.load(file).get("tool", {}).get("loadstone", {})
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, AttributeError) as error:
        raise BadSettings(path=path, key="", reason=str(error)) from error
    if not isinstance(table, dict):
        raise BadSettings(path=path, key="tool.loadstone", reason="it must be a table")
    return table


def _texts(path: str, table: dict[str, Any], key: str) -> tuple[str, ...] | None:
    value = table.get(key)
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BadSettings(path=path, key=key, reason='it must be a list of strings, such as ["src"]')
    return tuple(value)


def _inside(path: str, folder: str, root: str) -> str:
    found = os.path.normpath(os.path.join(folder, root))
    if not os.path.isdir(found):
        raise BadSettings(path=path, key="source-roots", reason=f"there is no folder {root!r}")
    return found
