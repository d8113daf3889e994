"""The repairs: one file for each rule that has one, with a function ``repair(site, finding)``."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from loadstone.check.diagnostic import Diagnostic
    from loadstone.fix.repair import Repair
    from loadstone.fix.site import Site

__all__ = ["FIRST", "NAMES", "repairer"]

FIRST = ("star",)
"""What is repaired first: a conflict is settled by making its stars explicit, where that can be done."""

NAMES = (
    *FIRST,
    "star-conflict",
    "star-hides",
    "double-import",
    "missing-submodule",
    "bad-all",
    "alias",
    "unused-ignore",
)
"""The rules that have a repair, in the order in which they are tried."""


def repairer(rule: str) -> Callable[[Site, Diagnostic], Repair]:
    """Return what makes the repair of a rule's finding; it raises Unfixable where there is none."""
    file = importlib.import_module(f"loadstone.fix.repairs.{rule.replace('-', '_')}")
    repair: Callable[[Site, Diagnostic], Repair] = file.repair
    return repair
