"""Explaining without ever making matters worse: no error leaves this file, and no outcome is changed."""

from __future__ import annotations

import os
import sys

from loadstone.explain.clean import StandardLibraryFirst
from loadstone.explain.concerns import concerned

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

    from loadstone.explain.explanation import Explanation
    from loadstone.runtime.space import Space

__all__ = ["quietly", "report"]


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
    world = sys if space is None else space
    path, modules = list(world.path), dict(world.modules)
    # All of it, not only the imports here: functions of the standard library import more when they are called.
    with StandardLibraryFirst():
        from loadstone.explain.engine import explanation
        from loadstone.explain.state import State

        state = State.host(path, modules) if space is None else State.of_space(path, modules)
        return explanation(error, state)


def _colour(file: TextIO) -> bool:
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(getattr(file, "isatty", bool)())
