"""The settings of a check, as a value."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from loadstone.check.diagnostic import at_least

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ALIASES", "Settings"]

ALIASES: Mapping[str, str] = {
    "matplotlib.pyplot": "plt",
    "networkx": "nx",
    "numpy": "np",
    "pandas": "pd",
    "polars": "pl",
    "seaborn": "sns",
    "tensorflow": "tf",
}
"""Modules with the alias that nearly all programs give them."""


class Settings(NamedTuple):
    """Which rules run, how grave their findings are, and which are left out where.

    Without `select` all rules run, less those in `ignore`. `levels` gives a rule's findings one level. `per_file` maps
    patterns, in the notation of ``.gitignore``, to rules that are silent there; `root` is the folder that patterns
    start from. `aliases` is what the rule alias wants.
    """

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    level: str = "note"
    levels: Mapping[str, str] = {}
    per_file: Mapping[str, frozenset[str]] = {}
    aliases: Mapping[str, str] = ALIASES
    root: str = ""

    def runs(self, rule: str) -> bool:
        """Whether the rule runs at all."""
        return (not self.select or rule in self.select) and rule not in self.ignore

    def shows(self, level: str) -> bool:
        """Whether findings of this level are wanted."""
        return at_least(level, self.level)

    def silent(self, path: str) -> frozenset[str]:
        """Return the rules that a pattern silences in the file."""
        rules = (rules for pattern, rules in self.per_file.items() if self._fits(pattern, path))
        return frozenset().union(*rules)

    def _fits(self, pattern: str, path: str) -> bool:
        """Whether a pattern names the file, or a folder around it."""
        from loadstone.source.layout.ignore import Ignore  # few projects have patterns

        ignore = Ignore.parse(self.root, [pattern])
        if ignore is None or not path.startswith(self.root + os.sep):
            return False
        is_folder = False
        while len(path) > len(self.root):
            if ignore.verdict(path, is_folder=is_folder):
                return True
            path, is_folder = os.path.dirname(path), True
        return False
