"""Errors of the program that is read: what raises them, and who catches them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loadstone.source.acts import Handler
    from loadstone.source.statements import Statement

__all__ = ["DECIDED", "Failure", "catches"]


class Failure(Exception):
    """An act raises: the name of the exception, and the statement."""

    def __init__(self, error: str, statement: Statement) -> None:
        super().__init__(error)
        self.error = error
        self.statement = statement

    def __str__(self) -> str:
        return f"{self.error} at {self.statement}"


DECIDED = frozenset(("ImportError", "ModuleNotFoundError", "NameError"))
"""Exceptions that are seen wherever they happen; a handler of these runs only when it is said to."""

_BASES = {
    "ModuleNotFoundError": ("ModuleNotFoundError", "ImportError", "Exception", "BaseException"),
    "UnboundLocalError": ("UnboundLocalError", "NameError", "Exception", "BaseException"),
    "SystemExit": ("SystemExit", "BaseException"),
    "KeyboardInterrupt": ("KeyboardInterrupt", "BaseException"),
}


def catches(handler: Handler, error: str) -> bool:
    """Whether an ``except`` catches the exception of that name."""
    if handler.catches is None:
        return True
    bases = _BASES.get(error, (error, "Exception", "BaseException"))
    return any(one.rpartition(".")[2] in bases for one in handler.catches)
