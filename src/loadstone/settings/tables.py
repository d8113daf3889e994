"""A reader of one table of a TOML file: it collects what is wrong, and reports all of it in one error."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from loadstone.errors import BadOptions
from loadstone.settings.toml_lines import line_of
from loadstone.words import unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["TableReader"]


class TableReader:
    """Reads the table `place` of the file `path`; `problems` collects what is wrong, with lines.

    `data` is the file as the standard library parses it, `text` as it is written.
    """

    def __init__(self, path: str, text: str, data: dict[str, Any], place: tuple[str, ...]) -> None:
        self.path = path
        self.text = text
        self.data = data
        self.place = place
        self.problems: list[tuple[int, str]] = []

    @classmethod
    def open(cls, path: str, *place: str) -> TableReader | None:
        """Return a reader of the file, or None where there is none; raise BadOptions for one that is no TOML."""
        try:
            with open(path, encoding="utf-8") as file:
                text = file.read()
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise BadOptions(problems=(f"{path}: cannot be read: {error}",)) from None
        try:
            return cls(path, text, tomllib.loads(text), place)
        except tomllib.TOMLDecodeError as error:
            raise BadOptions(problems=(f"{path}: {error}",)) from None

    def table(self) -> dict[str, Any]:
        """Return the table; empty where it is not there, and with a problem noted where it is no table."""
        return self._at(self.place)

    def above(self) -> dict[str, Any]:
        """Return the table that the table stands in; empty where it is not there, or is none."""
        return self._at(self.place[:-1])

    def _at(self, place: tuple[str, ...]) -> dict[str, Any]:
        table: Any = self.data
        for depth, part in enumerate(place, 1):
            table = table.get(part, {})
            if not isinstance(table, dict):
                self.problem(place[:depth], "it must be a table")
                return {}
        return table  # type: ignore[no-any-return]

    def known(
        self, table: dict[str, Any], keys: Iterable[str], place: tuple[str, ...]
    ) -> list[tuple[str, Any]]:
        """Return the entries with one of the `keys`; any other is a problem."""
        names = sorted(keys)
        for key in table.keys() - {*names}:
            self.problem((*place, key), unknown("key", key, names))
        return [(key, value) for key, value in table.items() if key in names]

    def problem(self, key: tuple[str, ...], sentence: str) -> None:
        """Note what is wrong with the entry of a key, given with all its tables."""
        self.problems.append((self.line(key), f"{'.'.join(key)}: {sentence}"))

    def line(self, key: tuple[str, ...]) -> int:
        """Return the line on which a key stands."""
        return line_of(self.text, key)

    def finish(self) -> None:
        """Raise BadOptions when there are problems, with all of them in the order of their lines."""
        if self.problems:
            lines = [f"{self.path}:{line}: {sentence}" for line, sentence in sorted(set(self.problems))]
            raise BadOptions(problems=tuple(lines))

    # The forms of values. Each returns something usable, and notes what is wrong.

    def a_table(self, place: tuple[str, ...], value: Any, form: Callable[..., Any]) -> dict[str, Any]:
        """Return a table with each value in the given form."""
        if not isinstance(value, dict):
            self.problem(place, "it must be a table")
            return {}
        return {name: form((*place, name), inner) for name, inner in value.items()}

    def a_list(self, place: tuple[str, ...], value: Any, described: str) -> tuple[str, ...]:
        """Return a list of texts, `described` as ``rules, such as ["star"]``."""
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.problem(place, f"it must be a list of {described}")
            return ()
        return tuple(value)
