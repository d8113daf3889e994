"""From pyproject.toml to Settings: everything that is wrong there is reported at once, each with its line."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from loadstone.check.config.settings import ALIASES, Settings
from loadstone.check.diagnostic import LEVELS
from loadstone.settings.tables import TableReader
from loadstone.words import unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["read_settings"]

_TABLE = ("tool", "loadstone", "check")
_BESIDE = ("check", "exclude", "plugin", "source-roots", "spaces")
"""What ``[tool.loadstone]`` may have: a misspelt table is a problem too."""


def read_settings(root: str, rules: Iterable[str]) -> Settings:
    """Return the settings in the ``pyproject.toml`` of the folder `root`; the defaults where there are none.

    `rules` are the names of all rules. Raises BadOptions with all problems of the table, and for a file that is
    no TOML.
    """
    table = TableReader.open(os.path.join(root, "pyproject.toml"), *_TABLE)
    return Settings(root=root) if table is None else _Reader(table, tuple(rules)).settings(root)


class _Reader:
    """The forms that the values of this table have. Each returns something usable, and notes what is wrong."""

    def __init__(self, table: TableReader, rules: tuple[str, ...]) -> None:
        self.table = table
        self.rules = rules

    def settings(self, root: str) -> Settings:
        self.table.known(self.table.above(), _BESIDE, _TABLE[:-1])
        found = self.table.known(self.table.table(), _FIELDS, _TABLE)
        values = {_FIELDS[key][0]: _FIELDS[key][1](self, (*_TABLE, key), value) for key, value in found}
        self.table.finish()
        return Settings(root=root, **values)

    def rule_list(self, place: tuple[str, ...], value: Any) -> frozenset[str]:
        names = self.table.a_list(place, value, 'rules, such as ["star"]')
        for name in names:
            if name not in self.rules:
                self.table.problem(place, unknown("rule", name, self.rules))
        return frozenset(names)

    def level(self, place: tuple[str, ...], value: Any) -> str:
        if value not in LEVELS:
            self.table.problem(place, f"it must be one of {', '.join(map(repr, LEVELS))}, not {value!r}")
            return LEVELS[0]
        return str(value)

    def levels(self, place: tuple[str, ...], value: Any) -> dict[str, str]:
        found = self.table.a_table(place, value, self.level)
        for name in found.keys() - set(self.rules):
            self.table.problem((*place, name), unknown("rule", name, self.rules))
        return found

    def per_file(self, place: tuple[str, ...], value: Any) -> dict[str, frozenset[str]]:
        return self.table.a_table(place, value, self.rule_list)

    def aliases(self, place: tuple[str, ...], value: Any) -> dict[str, str]:
        return {**ALIASES, **self.table.a_table(place, value, self.identifier)}

    def identifier(self, place: tuple[str, ...], value: Any) -> str:
        if not isinstance(value, str) or not value.isidentifier():
            self.table.problem(place, f"it must be a name, such as 'np', not {value!r}")
            return ""
        return value


_FIELDS: dict[str, tuple[str, Callable[[_Reader, tuple[str, ...], Any], Any]]] = {
    "select": ("select", _Reader.rule_list),
    "ignore": ("ignore", _Reader.rule_list),
    "level": ("level", _Reader.level),
    "levels": ("levels", _Reader.levels),
    "per-file-ignores": ("per_file", _Reader.per_file),
    "aliases": ("aliases", _Reader.aliases),
}
