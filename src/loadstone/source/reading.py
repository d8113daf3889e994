"""Source files as Python reads them: decoded, parsed, and never run."""

from __future__ import annotations

import ast
import gc
import importlib.util
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Source", "parse", "read"]


class Source(NamedTuple):
    """One source file: its absolute path, its text with Unix line ends, and its syntax tree."""

    path: str
    text: str
    tree: ast.Module
    lines: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.path} ({len(self.lines)} lines)"


def read(path: str) -> Source:
    """Return the source file at `path`, decoded as Python does it (PEP 263, byte order mark).

    Raises SyntaxError for what Python would not compile, undecodable bytes included, and OSError for
    a file that cannot be read.
    """
    with open(path, "rb") as file:
        return parse(file.read(), path)


def parse(code: bytes | str, path: str) -> Source:
    """Return `code` parsed, as if it stood at `path`; raise SyntaxError where Python could not parse it."""
    tree = _tree(code, path)
    text = code if isinstance(code, str) else importlib.util.decode_source(code)
    # Not splitlines(): to Python's tokenizer a form feed, "\x1c" or U+2028 does not end a line.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Source(path, text.removeprefix("\ufeff"), tree, tuple(text.split("\n")))


def _tree(code: bytes | str, path: str) -> ast.Module:
    try:
        with _quietly():
            tree = compile(code, path, "exec", ast.PyCF_ONLY_AST, dont_inherit=True)
            assert isinstance(tree, ast.Module)
            return tree
    except (ValueError, UnicodeDecodeError) as error:  # null bytes, until Python 3.12
        raise SyntaxError(str(error), (path, 1, 1, None)) from error
    except (RecursionError, MemoryError) as error:
        raise SyntaxError("too deeply nested to be read", (path, 1, 1, None)) from error


@contextmanager
def _quietly() -> Iterator[None]:
    """Parse without SyntaxWarnings (they are the program's own affair) and without the collector.

    A syntax tree is a million small objects that all live: collecting while it grows doubles the time.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        if collecting:
            gc.enable()
