"""What the texts of a project name that no statement does: strings, settings, examples, comments, parameters."""

from __future__ import annotations

import os
import re
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loadstone.fix.model import Model

__all__ = ["Texts"]

_DOTTED = re.compile(rb"""["']([^\W\d][\w.]*(?::[\w.]+)?)["']""")
_PREFIX = re.compile(rb"""["']([^\W\d][\w.]*\.)[{%"']""")
_EXAMPLE = re.compile(rb"^[ \t]*(?:>>>|\.\.\.)[ \t](.*)$", re.MULTILINE)
_TYPE_COMMENT = re.compile(rb"#[ \t]*type:(.*)$", re.MULTILINE)
_WORD = re.compile(r"[^\W\d]\w*")
_ENTRY = re.compile(rb"[\w.]+:[\w.]+|[\w]+(?:\.[\w]+)+")
_FIXTURES = re.compile(rb"\bfixture\b|\bTestCase\b")
_SIGNATURE = re.compile(rb"\bdef\s+\w+\s*\(([^)]*)\)")
_SETTINGS = ("pyproject.toml", "setup.cfg", "tox.ini", "pytest.ini")


class Texts:
    """The files of one state of a project, as text."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._words: dict[tuple[str, re.Pattern[bytes]], frozenset[str]] = {}

    @cached_property
    def names(self) -> frozenset[str]:
        """Every string of the project that looks like the name of something, and every such word of its settings."""
        found: set[str] = set()
        for name in self.model.project.modules:
            found.update(text.decode() for text in _DOTTED.findall(self.model.content(name)))
            found.update(text.decode() for text in _PREFIX.findall(self.model.content(name)))
        for file in _SETTINGS:
            found.update(text.decode() for text in _ENTRY.findall(_content(self.model.project.root, file)))
        return frozenset(found)

    @cached_property
    def with_fixtures(self) -> frozenset[str]:
        """The modules that have fixtures or test cases in them."""
        modules = self.model.project.modules
        return frozenset(name for name in modules if _FIXTURES.search(self.model.content(name)))

    def spoken(self, module: str) -> frozenset[str]:
        """Return the words of the examples and type comments of a module."""
        return self._found(module, _EXAMPLE) | self._found(module, _TYPE_COMMENT)

    def parameters(self, module: str) -> frozenset[str]:
        """Return the words between the parentheses of the functions that a module defines."""
        return self._found(module, _SIGNATURE)

    def _found(self, module: str, pattern: re.Pattern[bytes]) -> frozenset[str]:
        """Return the words in what a pattern finds in a module."""
        if (module, pattern) not in self._words:
            parts = pattern.findall(self.model.content(module))
            self._words[module, pattern] = frozenset(_WORD.findall(b" ".join(parts).decode(errors="replace")))
        return self._words[module, pattern]


def _content(root: str, file: str) -> bytes:
    try:
        with open(os.path.join(root, file), "rb") as opened:
            return opened.read()
    except OSError:
        return b""
