"""Whether an error may have to do with imports at all: asked of every uncaught error, so nothing is imported here."""

from __future__ import annotations

import sys

from loadstone.explain.twins import twins

__all__ = ["concerned"]

_NAMES = (ImportError, AttributeError, NameError)
_MOST = 10  # errors that wrap one another


def concerned(error: BaseException | None, depth: int = _MOST) -> bool:
    """Return whether an import may be behind the error, or behind one that it wraps."""
    if error is None or not depth:
        return False
    if isinstance(error, _NAMES) or _says_so(error):
        return True
    inner = (
        error.exceptions if isinstance(error, BaseExceptionGroup) else (error.__cause__, error.__context__)
    )
    if any(concerned(one, depth - 1) for one in inner):
        return True
    return isinstance(error, Exception) and depth == _MOST and bool(twins(sys.modules))


def _says_so(error: BaseException) -> bool:
    """Whether an error of another type is one of those that imports lead to."""
    if isinstance(error, SyntaxError):
        return isinstance(error.text, str) and error.text.lstrip().startswith(("import ", "from "))
    text = _text(error)
    if isinstance(error, TypeError):
        return "'module' object" in text or "'NoneType' object" in text or ".__all__ must be" in text
    if isinstance(error, SystemExit):
        return "No module named " in text
    return isinstance(error, RuntimeWarning) and "found in sys.modules" in text


def _text(error: BaseException) -> str:
    """Return what the error was made with; its own `__str__` is the program's code."""
    said = error.args[0] if error.args else ""
    return said if isinstance(said, str) else ""
