"""Importing the user's module for ``--run``, in a space of its own."""

from __future__ import annotations

import contextlib
import sys
import traceback
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

    from loadstone.report.targets import Target

__all__ = ["imported"]


def imported(asked: Target) -> ModuleType | None:
    """Return the module, imported in a new space; None when that failed, which has then been printed.

    What the module prints goes to standard error: standard output is the report's. SystemExit is taken for an
    error here, since a module that ends the program has no namespace to show.
    """
    from loadstone.explain.reporting import report
    from loadstone.runtime.space import Space

    space = Space("run", asked.path)
    try:
        with contextlib.redirect_stdout(sys.stderr):
            module: ModuleType = (
                space.import_module(asked.name) if _is_importable(asked) else space.load(asked.file or "")
            )
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        error.__traceback__ = error.__traceback__ and error.__traceback__.tb_next
        traceback.print_exception(error)
        report(error, space=space)
        print(
            f"loadstone: running {asked} ended with this error; without --run it is only read",
            file=sys.stderr,
        )
        return None
    return module


def _is_importable(asked: Target) -> bool:
    """Whether an import statement can name the module: a file such as my-report.py is loaded by its path."""
    return all(part.isidentifier() for part in asked.name.split(".")) and asked.name != "__main__"
