"""The lines of source files, for carets: read when first asked for, decoded as Python does it."""

from __future__ import annotations

import importlib.util
import re

from loadstone.check.diagnostic import Place
from loadstone.source.inputs import Inputs
from loadstone.source.statements import uncommented

TYPE_CHECKING = False
if TYPE_CHECKING:
    from loadstone.source.statements import Alias, Statement

__all__ = ["Lines"]


class Lines:
    """Files by path; a file that cannot be read has no lines."""

    def __init__(self, inputs: Inputs | None = None) -> None:
        self.inputs = inputs or Inputs()
        self._files: dict[str, tuple[str, ...]] = {}

    def of(self, path: str) -> tuple[str, ...]:
        """Return the lines of a file without their ends; empty where it cannot be read or decoded."""
        if path not in self._files:
            self._files[path] = self._read(path)
        return self._files[path]

    def line(self, path: str, number: int) -> str:
        """Return one line; empty where the file has none of that number."""
        lines = self.of(path)
        return lines[number - 1] if 0 < number <= len(lines) else ""

    def statement(self, statement: Statement, label: str = "") -> Place:
        """Return the place of a statement: its first line, up to the end or its comment."""
        text = self.line(statement.path, statement.line)
        end = len(uncommented(text, statement.column - 1).rstrip())
        return Place(statement.path, statement.line, statement.column, max(end, statement.column) + 1, label)

    def name(self, statement: Statement, name: str, label: str = "") -> Place:
        """Return the place of a name in a statement, its last mention on the first line that has it behind ``import``.

        The whole statement where the name is not written in it, as in a star import.
        """
        found = self._mention(statement, name)
        if found is None:
            return self.statement(statement, label)
        line, column = found
        return Place(statement.path, line, column, column + len(name), label)

    def alias(self, path: str, alias: Alias, label: str = "") -> Place:
        """Return the place of one name of an import statement, without its ``as``."""
        return Place(path, alias.line, alias.column, alias.column + len(alias.name), label)

    def text(self, statement: Statement, text: str, label: str = "") -> Place | None:
        """Return the place of a piece of text in a statement, None where it is not written so."""
        for number in range(statement.line, statement.end_line + 1):
            column = self.line(statement.path, number).find(text)
            if column >= 0:
                return Place(statement.path, number, column + 1, column + 1 + len(text), label)
        return None

    def _read(self, path: str) -> tuple[str, ...]:
        try:
            text = importlib.util.decode_source(self.inputs.read(path))
        except (SyntaxError, ValueError):
            return ()
        return tuple(text.removeprefix("\ufeff").split("\n"))

    def _mention(self, statement: Statement, name: str) -> tuple[int, int] | None:
        imports = re.match(r"from\b|import\b", statement.text)
        renamed = r"(?!\s+as\b)" if imports else ""
        word = re.compile(rf"(?<![\w.]){re.escape(name)}(?!\w){renamed}")
        start = statement.column - 1
        for number in range(statement.line, statement.end_line + 1):
            line = uncommented(self.line(statement.path, number), start)
            if imports and number == statement.line and (keyword := re.search(r"\bimport\b", line[start:])):
                start += keyword.end()
            found = list(word.finditer(line, start))
            if found:
                return number, found[-1 if imports else 0].start() + 1
            start = 0
        return None
