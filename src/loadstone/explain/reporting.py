"""Explaining without ever making matters worse: no error leaves this file, and no outcome is changed."""

from __future__ import annotations

import os
import sys

from loadstone.explain.clean import StandardLibraryFirst
from loadstone.explain.concerns import concerned

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TextIO

    from loadstone.explain.explanation import Explanation
    from loadstone.runtime.space import Space

__all__ = ["quietly", "report"]

_HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
_FUNCTION = type(lambda: None)


def report(error: BaseException, file: TextIO | None = None, space: Space | None = None) -> bool:
    """Print the explanation of `error` to `file` (standard error); return whether there was one."""
    file = sys.stderr if file is None else file
    explanation = quietly(error, space)
    if explanation is None or file is None:
        return False
    try:
        file.write(explanation.text(colour=_colour(file)) + "\n")
        file.flush()
    except (OSError, ValueError):  # closed, full, or cannot encode a path: the traceback has been printed
        return False
    return True


def quietly(error: BaseException, space: Space | None = None) -> Explanation | None:
    """Return the explanation, or None; whatever goes wrong here is dropped, or shown with LOADSTONE_DEBUG=1."""
    try:
        return _explanation(error, space) if concerned(error) else None
    except BaseException:  # noqa: BLE001 - an interrupt, too, would replace the user's error by ours
        if os.environ.get("LOADSTONE_DEBUG") == "1":
            sys.__excepthook__(*sys.exc_info())
        return None


def _explanation(error: BaseException, space: Space | None) -> Explanation | None:
    # Taken first: `importlib.util` among the modules shall mean that the program has imported it, not we.
    world = _world(error) if space is None else space
    path, modules = list(world.path), dict(world.modules)
    # All of it, not only the imports here: functions of the standard library import more when they are called.
    with StandardLibraryFirst():
        from loadstone.explain.engine import explanation
        from loadstone.explain.state import State

        state = State.host(path, modules) if world is sys else State.of_space(path, modules)
        return explanation(error, state)


def _world(error: BaseException) -> Any:
    """Return `sys` as the code that raised the error sees it: a space's own for code of a space."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    importing: Any = trace.tb_frame.f_builtins.get("__import__") if trace is not None else None
    # Only a function of Loadstone's is called: another one would be the program's code.
    ours = type(importing) is _FUNCTION and importing.__code__.co_filename.startswith(_HERE)
    return importing("sys") if ours else sys


def _colour(file: TextIO) -> bool:
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(getattr(file, "isatty", bool)())
