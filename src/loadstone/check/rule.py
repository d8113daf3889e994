"""A rule: a name, a page, and a function that finds."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

    from loadstone.check.diagnostic import Diagnostic
    from loadstone.check.module import Module
    from loadstone.check.whole import Whole

__all__ = ["Rule", "load_rule"]


class Rule(NamedTuple):
    """One rule, made from its file under ``rules/``.

    The file's docstring, `doc`, is its page: the first line says what is found, then the sections What, Why, Example
    and Instead. `levels` are those that its findings can have. `in_module` finds in one module and `in_project` in the
    whole of it; a file has one of them, or none where the engine itself finds (unreadable files, unused ignores).
    """

    name: str
    levels: tuple[str, ...]
    doc: str
    in_module: Callable[[Module], Iterator[Diagnostic]] | None = None
    in_project: Callable[[Whole], Iterator[Diagnostic]] | None = None

    @property
    def page(self) -> str:
        """The docstring as it is shown."""
        import inspect  # a check shows none

        return inspect.cleandoc(self.doc)

    @property
    def summary(self) -> str:
        """The first line of the page."""
        return self.page.partition("\n")[0]

    def __str__(self) -> str:
        return f"{self.name} ({' or '.join(self.levels)}): {self.summary}"


def load_rule(name: str) -> Rule:
    """Return the rule of that name from its file."""
    file = importlib.import_module(f"loadstone.check.rules.{name.replace('-', '_')}")
    return _rule(name, file)


def _rule(name: str, file: ModuleType) -> Rule:
    return Rule(
        name,
        file.LEVELS,
        file.__doc__ or "",
        getattr(file, "in_module", None),
        getattr(file, "in_project", None),
    )
