"""What the text of one module says by itself, as the rules ask for it; each part is worked out once."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from loadstone.check.bodies import guarded, reads
from loadstone.check.checkers import for_checkers

if TYPE_CHECKING:
    from loadstone.source.acts import Bound
    from loadstone.source.bindings import Summary
    from loadstone.source.project import Library
    from loadstone.source.statements import Import, Statement

__all__ = ["Written"]


class Written:
    """A module of the project by its own statements: no other module is looked into."""

    def __init__(self, library: Library, name: str, path: str) -> None:
        self.library = library
        self.name = name
        self.path = path

    @cached_property
    def summary(self) -> Summary:
        """What its text says."""
        summary = self.library.summary(self.name)
        assert summary is not None, "the modules of a project have source"
        return summary

    @cached_property
    def bound_names(self) -> Counter[str]:
        """The names that its statements bind, and how often; a star counts as the name ``*``."""
        return Counter(bound.name for bound in self.summary.bounds)

    @property
    def has_stars(self) -> bool:
        """Whether a star import is written in it, at module level."""
        return "*" in self.bound_names

    @property
    def package(self) -> str:
        """The package that its relative imports start from."""
        return self.summary.package

    @cached_property
    def guarded(self) -> frozenset[Statement]:
        """The statements at module level whose ImportError is caught, and those that run only after one."""
        return frozenset(guarded(self.summary.body))

    @cached_property
    def branched(self) -> frozenset[Statement]:
        """The statements at module level that bind inside a branch, a loop or a ``try``."""
        return frozenset(bound.statement for bound in self.summary.bounds if bound.conditional)

    @cached_property
    def for_checkers(self) -> dict[str, Bound]:
        """What it binds under TYPE_CHECKING only."""
        return for_checkers(self.summary)

    @cached_property
    def changes_path(self) -> bool:
        """Whether its code handles `sys.path`: modules may then be found where nobody can tell."""
        return any(read.name.startswith(("sys.path", "site.addsitedir")) for read in self.summary.reads)

    @cached_property
    def reads_at_import(self) -> dict[str, list[int]]:
        """The lines that read each name while the module is imported, in the order of the text."""
        lines: dict[str, list[int]] = {}
        for act in reads(self.summary.body):
            for name in act.names:
                lines.setdefault(name.partition(".")[0], []).append(act.statement.line)
        return lines

    @cached_property
    def first_reads(self) -> dict[str, tuple[int, int]]:
        """Where each name is first read by code that runs: {name: (line, column)}."""
        found: dict[str, tuple[int, int]] = {}
        for read in self.summary.reads:
            if read.when != "never":
                found.setdefault(read.name.partition(".")[0], (read.line, read.column))
        return found

    def catches(self, one: Import) -> bool:
        """Whether the failure of an import is caught, or it is itself what is done after one."""
        return one.guarded or one.statement in self.guarded

    def is_conditional(self, one: Import) -> bool:
        """Whether an import stands in a branch."""
        return one.conditional or one.statement in self.branched

    def reads_later(self, name: str) -> bool:
        """Whether a function reads the name."""
        return any(
            read.when == "later" and read.name.partition(".")[0] == name for read in self.summary.reads
        )
