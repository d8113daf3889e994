"""Problems that can be seen without running a program: ``check(find_project(["src"]))``.

Its parts are imported when they are first used: a check that is remembered needs no rules.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loadstone.check.config.settings import Settings
    from loadstone.check.diagnostic import Diagnostic, Edit, Place
    from loadstone.check.engine import check

__all__ = ["Diagnostic", "Edit", "Place", "Settings", "check"]

_HOMES = {
    "Diagnostic": "loadstone.check.diagnostic",
    "Edit": "loadstone.check.diagnostic",
    "Place": "loadstone.check.diagnostic",
    "Settings": "loadstone.check.config.settings",
    "check": "loadstone.check.engine",
}


def __getattr__(name: str) -> object:
    """Return a public name from the module it lives in, imported now (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
