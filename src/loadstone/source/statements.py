"""Statements, and import statements above all, as values that know where they stand."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from loadstone.errors import BadModuleName
from loadstone.names import ModuleName

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loadstone.source.reading import Source

__all__ = ["Alias", "Import", "Read", "Statement", "characters", "imports", "statement_at", "uncommented"]

LONGEST = 200
"""Characters of a statement's text that are kept: a literal can be as long as its file."""


class Statement(NamedTuple):
    """A statement and where it stands; of a compound statement, `text` is the header without its colon.

    Lines and columns start at 1, columns count characters. `text` is one line, without comments, as if it had been
    written on one: ``from a import (b, c)``. It ends in ``...`` where it was too long to keep.
    """

    path: str
    line: int
    column: int
    end_line: int
    text: str

    def __str__(self) -> str:
        return f"line {self.line}  {self.text}"


class Alias(NamedTuple):
    """One name of an import statement: ``f as g``; `asname` is None without an ``as``."""

    name: str
    asname: str | None
    line: int
    column: int

    @property
    def bound(self) -> str:
        """The name that the statement binds: ``g`` for ``f as g``, ``a`` for ``a.b``."""
        return self.asname or self.name.partition(".")[0]

    def __str__(self) -> str:
        return f"{self.name} as {self.asname}" if self.asname else self.name


class Read(NamedTuple):
    """A name that a module reads, dotted where attributes follow, and the first place where it does.

    `when` is "import", "later" (inside a function) or "never" (in code and annotations that do not run).
    """

    name: str
    when: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"line {self.line}  {self.name}"


class Import(NamedTuple):
    """One imported module of one statement, and when the statement runs.

    `import a.b as c` is ``module="a.b"``, no `names`, and ``alias`` c; `from .x import f as g` is
    ``module="x"``, ``level=1``, `names` (f as g). `when` is "import" (while the module is imported), "later"
    (inside a function or lambda) or "never" (under TYPE_CHECKING). `scope` is the dotted path of the functions
    and classes around it, empty at module level. `conditional` and `guarded` tell of an import inside a function or
    class whether a fork is around it there, and one that catches its failure; at module level the Body tells.
    """

    statement: Statement
    module: str
    level: int
    names: tuple[Alias, ...]
    star: bool
    when: str
    scope: str
    alias: Alias | None = None
    conditional: bool = False
    guarded: bool = False

    def target(self, package: str) -> ModuleName:
        """Return the absolute name of the module meant, as seen from inside `package`.

        Raises BadModuleName where the dots go beyond the top-level package.
        """
        if self.level:
            return ModuleName(package).relative(self.level, self.module)
        return ModuleName(self.module)

    def reached(self, package: str) -> tuple[str, ...]:
        """Return what the statement may import, as seen from inside `package`: the packages on the way, and members.

        Whether a member is a submodule is for the reader to find out. Empty where the dots go beyond the top.
        """
        try:
            target = str(self.target(package))
        except BadModuleName:
            return ()
        parts = target.split(".")
        way = [".".join(parts[:count]) for count in range(1, len(parts) + 1)]
        return (*way, *(f"{target}.{alias.name}" for alias in self.names))

    def __str__(self) -> str:
        return str(self.statement)


def imports(source: Source) -> tuple[Import, ...]:
    """Return every import of the file, nested ones too, in the order of the text."""
    from loadstone.source.bindings import summarise

    return summarise(source, "", is_package=False).imports


def statement_at(source: Source, node: ast.stmt) -> Statement:
    """Return the value for one statement of the tree."""
    start, stop = _extent(node)
    column = characters(source.lines[start[0] - 1], start[1]) + 1
    text = _slice(source.lines, start, stop)
    if isinstance(node, _COMPOUND):
        text = text.rstrip().removesuffix(":").rstrip()
    if len(text) > LONGEST:
        text = text[: LONGEST - 4].rstrip() + " ..."
    return Statement(source.path, node.lineno, column, node.end_lineno or node.lineno, text)


def characters(line: str, offset: int) -> int:
    """Return how many characters the first `offset` bytes of a line are, as `ast` counts columns."""
    return offset if line.isascii() else len(line.encode()[:offset].decode(errors="replace"))


def uncommented(line: str, start: int = 0) -> str:
    """Return the line up to a comment behind `start`; a ``#`` inside quotes is no comment."""
    quote = ""
    for index in range(start, len(line) if "#" in line else 0):
        character = line[index]
        if character == quote:
            quote = ""
        elif not quote and character in "'\"":
            quote = character
        elif not quote and character == "#":
            return line[:index]
    return line


_COMPOUND = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.If,
    ast.With,
    ast.AsyncWith,
    ast.Try,
    ast.TryStar,
    ast.Match,
)


_OPENING, _CLOSING = ("(", "[", "{"), (")", "]", "}")
_LISTING = ("from ", "def ", "async def ", "class ")
"""Statements in which a last comma means nothing; elsewhere it makes ``(one,)`` a tuple."""


def _extent(node: ast.stmt) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where the statement, or the header of a compound one, starts and stops, in bytes as `ast` counts."""
    start = (node.lineno, node.col_offset)
    if isinstance(node, ast.Match):
        first = node.cases[0].pattern
        return start, (node.subject.end_lineno or first.lineno, node.subject.end_col_offset or 0)
    if not isinstance(node, _COMPOUND):
        return start, (node.end_lineno or node.lineno, node.end_col_offset or 0)
    inner = node.body[0]  # type: ignore[union-attr]  # a match statement is none of these
    decorators = getattr(inner, "decorator_list", ())
    line, column = min(
        [(inner.lineno, inner.col_offset), *((d.lineno, d.col_offset - 1) for d in decorators)]
    )
    return start, (line, max(column, 0))


def _slice(lines: tuple[str, ...], start: tuple[int, int], stop: tuple[int, int]) -> str:
    """Return the text between two places, folded to one line, without its comments."""
    if start[0] == stop[0]:
        return " ".join(_bytes(lines[start[0] - 1], start[1], stop[1]).split())
    parts = [_bytes(lines[start[0] - 1], start[1], None)]
    size = 0
    for line in lines[start[0] : stop[0] - 1]:
        parts.append(line)
        size += len(line)
        if size > LONGEST * 2:
            break
    else:
        parts.append(_bytes(lines[stop[0] - 1], 0, stop[1]))
    return _folded(uncommented(part).removesuffix("\\") for part in parts)


def _folded(lines: Iterable[str]) -> str:
    """Return lines as one: no space inside of brackets, and no comma behind the last of several names."""
    text = ""
    for line in lines:
        words = " ".join(line.split())
        if words.startswith(_CLOSING):
            text = text.removesuffix(",") if text.startswith(_LISTING) else text
        elif words and text and not text.endswith(_OPENING):
            text += " "
        text += words
    return text


def _bytes(line: str, start: int, stop: int | None) -> str:
    if line.isascii():
        return line[start:stop]
    return line.encode()[start:stop].decode(errors="replace")
