"""From pyproject.toml to Settings: everything that is wrong there is reported at once, each with its line."""

from __future__ import annotations

import difflib
import os
import tomllib
from typing import TYPE_CHECKING, Any

from loadstone.check.config.settings import ALIASES, Settings
from loadstone.check.config.toml_lines import line_of
from loadstone.check.diagnostic import LEVELS
from loadstone.errors import BadOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["read_settings", "unknown"]

_FEW = 10
_TABLE = ("tool", "loadstone", "check")


def read_settings(root: str, rules: Iterable[str]) -> Settings:
    """Return the settings in the ``pyproject.toml`` of the folder `root`; the defaults where there are none.

    `rules` are the names of all rules. Raises BadOptions with all problems of the table, and for a file that is
    no TOML.
    """
    path = os.path.join(root, "pyproject.toml")
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except FileNotFoundError:
        return Settings(root=root)
    except (OSError, ValueError) as error:
        raise BadOptions(problems=(f"{path}: cannot be read: {error}",)) from error
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadOptions(problems=(f"{path}: {error}",)) from error
    return _Reader(path, text, tuple(rules)).settings(root, data)


def unknown(kind: str, name: object, known: Iterable[str]) -> str:
    """Return the sentence about a name that is none of the known ones, with the one that was meant if it is near."""
    known = sorted(known)
    near = difflib.get_close_matches(str(name), known, 1, 0.6)
    if near:
        return f"unknown {kind} {name!r}: did you mean {near[0]!r}?"
    listing = ", ".join(known) if len(known) <= _FEW else "loadstone check --explain lists them"
    return f"unknown {kind} {name!r}: {listing}"


class _Reader:
    """Reads one table; `problems` collects what is wrong."""

    def __init__(self, path: str, text: str, rules: tuple[str, ...]) -> None:
        self.path = path
        self.text = text
        self.rules = rules
        self.problems: list[tuple[int, str]] = []

    def settings(self, root: str, data: dict[str, Any]) -> Settings:
        table: Any = data
        for depth, part in enumerate(_TABLE, 1):
            table = table.get(part, {})
            if not isinstance(table, dict):
                self.problem(_TABLE[:depth], "it must be a table")
                table = {}
        values = {_FIELDS[key][0]: _FIELDS[key][1](self, key, value) for key, value in self.known(table)}
        if self.problems:
            lines = [f"{self.path}:{line}: {sentence}" for line, sentence in sorted(self.problems)]
            raise BadOptions(problems=tuple(lines))
        return Settings(root=root, **values)

    def known(self, table: dict[str, Any]) -> list[tuple[str, Any]]:
        for key in table.keys() - _FIELDS.keys():
            self.problem((*_TABLE, key), unknown("key", key, _FIELDS))
        return [(key, value) for key, value in table.items() if key in _FIELDS]

    def problem(self, key: tuple[str, ...], sentence: str) -> None:
        self.problems.append((line_of(self.text, key), f"{'.'.join(key)}: {sentence}"))

    # The forms of values. Each returns something usable, and notes what is wrong.

    def a_rule_list(self, *key: Any) -> frozenset[str]:
        *path, value = key
        place = (*_TABLE, *path)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.problem(place, 'it must be a list of rules, such as ["star"]')
            return frozenset()
        for name in value:
            if name not in self.rules:
                self.problem(place, unknown("rule", name, self.rules))
        return frozenset(value)

    def a_level(self, *key: Any) -> str:
        *path, value = key
        if value not in LEVELS:
            self.problem((*_TABLE, *path), f"it must be one of {', '.join(map(repr, LEVELS))}, not {value!r}")
            return LEVELS[0]
        return str(value)

    def a_table(self, key: str, value: Any, form: Callable[..., Any]) -> dict[str, Any]:
        if not isinstance(value, dict):
            self.problem((*_TABLE, key), "it must be a table")
            return {}
        return {name: form(key, name, inner) for name, inner in value.items()}

    def levels(self, key: str, value: Any) -> dict[str, str]:
        found = self.a_table(key, value, self.a_level)
        for name in found.keys() - set(self.rules):
            self.problem((*_TABLE, key, name), unknown("rule", name, self.rules))
        return found

    def per_file(self, key: str, value: Any) -> dict[str, frozenset[str]]:
        return self.a_table(key, value, self.a_rule_list)

    def aliases(self, key: str, value: Any) -> dict[str, str]:
        return {**ALIASES, **self.a_table(key, value, self.an_identifier)}

    def an_identifier(self, *key: Any) -> str:
        *path, value = key
        if not isinstance(value, str) or not value.isidentifier():
            self.problem((*_TABLE, *path), f"it must be a name, such as 'np', not {value!r}")
            return ""
        return value


_FIELDS: dict[str, tuple[str, Callable[[_Reader, str, Any], Any]]] = {
    "select": ("select", _Reader.a_rule_list),
    "ignore": ("ignore", _Reader.a_rule_list),
    "level": ("level", _Reader.a_level),
    "levels": ("levels", _Reader.levels),
    "per-file-ignores": ("per_file", _Reader.per_file),
    "aliases": ("aliases", _Reader.aliases),
}
