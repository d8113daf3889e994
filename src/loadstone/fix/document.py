"""One source file as bytes, with the ways from lines and columns to offsets in them."""

from __future__ import annotations

import codecs
import importlib.util
import io
import re
import tokenize
from functools import cached_property
from typing import TYPE_CHECKING

from loadstone.fix.edits import Edit
from loadstone.source.reading import parse

if TYPE_CHECKING:
    import ast

__all__ = ["Document", "NotLossless"]

_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n|$)")


class NotLossless(ValueError):
    """A file whose bytes cannot be reached through its text: an encoding that keeps state between letters."""


class Document:
    """A file; lines and columns start at 1, and columns count characters, as everywhere in Loadstone."""

    def __init__(self, path: str, content: bytes) -> None:
        self.path = path
        self.content = content

    @classmethod
    def read(cls, path: str) -> Document:
        """Return the file at `path`; raise OSError where it cannot be read."""
        with open(path, "rb") as file:
            return cls(path, file.read())

    @cached_property
    def encoding(self) -> str:
        """The encoding that Python reads it in (PEP 263), without the byte order mark's own name."""
        found, _ = tokenize.detect_encoding(io.BytesIO(self.content).readline)
        return "utf-8" if found == "utf-8-sig" else found

    @cached_property
    def text(self) -> str:
        """The text as Python sees it, with Unix line ends."""
        return importlib.util.decode_source(self.content).removeprefix("\ufeff")

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree; raise SyntaxError where Python could not parse the file."""
        return parse(self.content, self.path).tree

    @cached_property
    def newline(self) -> bytes:
        """The line end of the file: that of its first line, and of this kind all others are in nearly every file."""
        end = re.search(rb"\r\n|\r|\n", self.content)
        return end[0] if end else b"\n"

    @cached_property
    def lines(self) -> tuple[tuple[int, bytes], ...]:
        """Where each line starts, and its bytes with their end."""
        start = len(codecs.BOM_UTF8) if self.content.startswith(codecs.BOM_UTF8) else 0
        found = []
        while start < len(self.content):
            line = _LINE.match(self.content, start)
            assert line is not None, "the pattern matches everywhere"
            found.append((start, line[0]))
            start = line.end()
        return tuple(found)

    def line(self, number: int) -> str:
        """Return a line without its end; empty where there is none of that number."""
        return self._decoded(self.lines[number - 1][1]) if 0 < number <= len(self.lines) else ""

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a place; the end of the file for the line behind the last.

        Raises NotLossless where it cannot be told from the text.
        """
        if line > len(self.lines):
            return len(self.content)
        start, content = self.lines[line - 1]
        before = self._decoded(content)[: column - 1].encode(self.encoding)
        if not content.startswith(before):
            raise NotLossless(f"{self.path}: {self.encoding} cannot be edited in place")
        return start + len(before)

    def replace(self, start: tuple[int, int], end: tuple[int, int], text: str) -> Edit:
        """Return the edit that puts `text` between two places, each a line and a column."""
        return Edit(self.path, self.offset(*start), self.offset(*end), self._encoded(text))

    def replace_lines(self, first: int, last: int, lines: tuple[str, ...]) -> Edit:
        """Return the edit that puts whole lines in place of `first` to `last`; before `first` if `last` is above it."""
        text = "".join(f"{line}\n" for line in lines)
        start = self.offset(first, 1)
        end = self.offset(last + 1, 1) if last >= first else start
        # The file's last line may lack its end: what comes behind it begins with one, what replaces it has none.
        open_ended = (
            bool(self.content) and end == len(self.content) and not self.content.endswith((b"\n", b"\r"))
        )
        if open_ended and start == end:
            text = "\n" + text.removesuffix("\n")
        elif open_ended:
            text = text.removesuffix("\n")
        return Edit(self.path, start, end, self._encoded(text))

    def _encoded(self, text: str) -> bytes:
        try:
            return text.replace("\n", self.newline.decode("ascii")).encode(self.encoding)
        except UnicodeEncodeError as error:
            raise NotLossless(f"{self.path}: {self.encoding} has no way to write {error.object!r}") from error

    def _decoded(self, line: bytes) -> str:
        return line.decode(self.encoding, errors="surrogateescape").rstrip("\r\n")

    def __repr__(self) -> str:
        return f"<Document {self.path}>"
