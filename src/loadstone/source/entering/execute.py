"""Which function is for which kind of statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loadstone.source.entering import forks, statements

if TYPE_CHECKING:
    from collections.abc import Callable

    from loadstone.source.entering.machine import Machine
    from loadstone.source.entering.state import Scope

__all__ = ["STATEMENTS"]

Node = tuple[Any, ...]

STATEMENTS: dict[str, Callable[[Machine, Scope, Node], str | None]] = {
    "import": statements.import_,
    "from": statements.from_,
    "expr": statements.expression,
    "bind": statements.bind,
    "del": statements.delete,
    "def": statements.function,
    "class": statements.class_,
    "if": forks.if_,
    "for": forks.for_,
    "while": forks.while_,
    "try": forks.try_,
    "with": forks.with_,
    "match": forks.match,
    "raise": statements.raise_,
    "return": statements.return_,
    "leave": statements.leave,
}
