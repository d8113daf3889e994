"""The rules: one file and one page each. Their order here is that of the documentation."""

from __future__ import annotations

from loadstone.check.rule import Rule, load_rule

__all__ = ["NAMES", "every"]

NAMES = (
    "star",
    "star-conflict",
    "star-hides",
    "star-hidden",
    "star-leaks",
    "order-decides",
    "double-import",
    "missing-module",
    "missing-name",
    "missing-submodule",
    "bad-all",
    "type-checking-only",
    "crash-cycle",
    "loaded-twice",
    "hides-stdlib",
    "hides-distribution",
    "accidental-namespace",
    "name-hides-submodule",
    "alias",
    "unreadable",
    "unused-ignore",
)
"""Every rule, by the name that settings and ignores use; its file is the name with underscores."""


def every() -> tuple[Rule, ...]:
    """Return all rules."""
    return tuple(load_rule(name) for name in NAMES)
