"""The source files that an explanation quotes, each read at most once; what cannot be read is absent."""

from __future__ import annotations

import os
import stat

from loadstone.explain.explanation import Edit
from loadstone.source.bindings import summarise
from loadstone.source.reading import read

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast

    from loadstone.source.bindings import Summary
    from loadstone.source.reading import Source
    from loadstone.source.statements import Import, Statement

__all__ = ["Files"]

_LARGEST = 4_000_000  # bytes


class Files:
    """Sources by path, kept for the length of one explanation."""

    def __init__(self) -> None:
        self._sources: dict[str, Source | None] = {}
        # By path: the summary as whatever module it was asked for last; most of it is the same for any.
        self._summaries: dict[str, Summary] = {}

    def source(self, path: str) -> Source | None:
        """Return the file parsed; None where it is missing, huge, no plain file, or no Python."""
        if path not in self._sources:
            self._sources[path] = _source(path)
        return self._sources[path]

    def contains(self, path: str, word: str) -> bool:
        """Return whether the file has the word in it; quicker than reading what it means."""
        try:
            with open(path if os.path.isfile(path) else os.devnull, "rb") as file:
                return word.encode() in file.read(_LARGEST)
        except OSError:
            return False

    def line(self, path: str, number: int) -> str:
        """Return one line of the file, stripped; empty where there is none."""
        source = self.source(path)
        return source.lines[number - 1].strip() if source and 0 < number <= len(source.lines) else ""

    def imports(self, path: str) -> tuple[Import, ...]:
        """Return every import of the file; none where it cannot be read."""
        known = self._summaries.get(path) or self.summary(path, "", is_package=False)
        return known.imports if known else ()

    def imports_at(self, path: str, line: int) -> tuple[Import, ...]:
        """Return the imports of the statement that covers `line`: one, or several for ``import a, b``."""
        return tuple(i for i in self.imports(path) if i.statement.line <= line <= i.statement.end_line)

    def text_at(self, path: str, line: int) -> str:
        """Return the import statement that covers `line`, folded to one line; else the line itself."""
        imports = self.imports_at(path, line)
        return imports[0].statement.text if imports else self.line(path, line)

    def place(self, path: str, line: int) -> tuple[str, int, str]:
        """Return the path, the line and its text, as Evidence takes them."""
        return path, line, self.text_at(path, line)

    def summary(self, path: str, name: str, *, is_package: bool) -> Summary | None:
        """Return what the file binds as the module `name`; None where it cannot be read."""
        known = self._summaries.get(path)
        if known is not None and (known.name, known.is_package) == (name, is_package):
            return known
        source = self.source(path)
        if source is None:
            return None
        known = self._summaries[path] = summarise(source, name, is_package)
        return known

    def rewritten(self, statement: Statement, new: str) -> tuple[Edit, ...]:
        """Return the edit that replaces a statement; none where it shares its lines with something else."""
        source = self.source(statement.path)
        if source is None:
            return ()
        lines = source.lines[statement.line - 1 : statement.end_line]
        old = "\n".join(lines)
        indent = lines[0][: len(lines[0]) - len(lines[0].lstrip())]
        alone = ";" not in old and len(indent) == statement.column - 1
        return (Edit(statement.path, statement.line, old, indent + new),) if alone else ()

    def replaced(self, path: str, node: ast.expr, new: str) -> tuple[Edit, ...]:
        """Return the edit that writes `new` in place of an expression; none where it spans lines."""
        source = self.source(path)
        if source is None or node.lineno != node.end_lineno:
            return ()
        line = source.lines[node.lineno - 1]
        code = line.encode()
        changed = code[: node.col_offset] + new.encode() + code[node.end_col_offset :]
        return (Edit(path, node.lineno, line, changed.decode()),)


def _source(path: str) -> Source | None:
    try:
        status = os.stat(path)
        # Opening a named pipe would wait for a writer for ever.
        if not stat.S_ISREG(status.st_mode) or status.st_size > _LARGEST:
            return None
        return read(path)
    except (OSError, SyntaxError, ValueError):
        return None
