"""Why an import failed: `loadstone.explain(error)`, and the hooks that print it below a traceback.

This package is itself the function `loadstone.explain`, because a package and a function cannot both be the
attribute `explain` of `loadstone`: whichever was bound last would hide the other. Importing it is cheap; the
explainer proper is imported when something has failed.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

    from loadstone.explain.explanation import Explanation
    from loadstone.runtime.space import Space

__all__ = ["explain", "install", "report", "uninstall"]


def explain(error: BaseException, *, space: Space | None = None) -> Explanation | None:
    """Return why `error` came about, or None where nothing certain can be said.

    `space` is the one whose modules and path count: by default that of the code which raised the error, the host
    for any other. Raises TypeError for what is no exception, and nothing else.
    """
    if not isinstance(error, BaseException):
        raise TypeError(f"explain() takes an exception, not {type(error).__name__}")
    from loadstone.explain.reporting import quietly

    return quietly(error, space)


def report(error: BaseException, file: TextIO | None = None, *, space: Space | None = None) -> bool:
    """Print the explanation of `error` to `file` (standard error); return whether there was one. Never raises."""
    from loadstone.explain.reporting import report

    return report(error, file, space)


def install() -> None:
    """Print explanations below the tracebacks of uncaught errors, in all threads, until `uninstall`."""
    from loadstone.explain.hooks import install

    install()


def uninstall() -> None:
    """Take back what `install` did; hooks that others have put in place since then go on working."""
    from loadstone.explain.hooks import uninstall

    uninstall()


class _Callable(type(sys)):  # type: ignore[misc]  # the type of modules, without importing types
    __call__ = staticmethod(explain)


sys.modules[__name__].__class__ = _Callable
