"""What a sorter of imports would do with two of them, as isort and Ruff are set by default."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from loadstone.source import acts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.check.module import Module
    from loadstone.source.acts import Body
    from loadstone.source.statements import Statement

__all__ = ["would_swap"]


def would_swap(module: Module, first: Statement | None, second: Statement | None) -> bool:
    """Whether two imports stand in one block, and sorting would put the second before the first."""
    if first is None or second is None or first.column != 1 or second.column != 1:
        return False
    return _key(module, second) < _key(module, first) and not _between(module, first, second)


def _key(module: Module, statement: Statement) -> tuple[int, bool, int, str]:
    """Section, then plain imports before from-imports, more dots before fewer, then the module's name."""
    found = re.match(r"(from|import) (\.*)([\w.]*)", statement.text)
    kind, dots, name = found.groups() if found else ("import", "", "")
    return _section(module, name, len(dots)), kind == "from", -len(dots), name.lower()


def _section(module: Module, name: str, dots: int) -> int:
    top = name.partition(".")[0]
    if top == "__future__":
        return 0
    if dots:
        return 4
    if top in sys.stdlib_module_names:
        return 1
    return 3 if module.whole.is_own(top) else 2


def _between(module: Module, first: Statement, second: Statement) -> bool:
    """Whether anything but imports stands between two statements."""
    return any(first.line < line < second.line for line in _other_lines(module.summary.body))


def _other_lines(body: Body) -> Iterator[int]:
    for act in body:
        if isinstance(act, acts.Load) or (isinstance(act, acts.Bound) and act.how != "definition"):
            continue
        yield act.statement.line
