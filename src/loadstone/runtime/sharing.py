"""What a space shares with the host, by top-level name."""

from __future__ import annotations

import sys

from loadstone.runtime.importlib_bootstrap.importer import MISSING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

__all__ = ["Sharing"]


class Sharing:
    """Decides where a module of a space comes from.

    The standard library is the host's, so that its classes are one and the same everywhere; Loadstone itself
    too; `facades` stand in for the few modules that speak of the importing world. All else is private.
    """

    __slots__ = ("facades",)

    def __init__(self, facades: Callable[[str], Any]) -> None:
        self.facades = facades

    def covers(self, name: str) -> bool:
        """Return whether `name` is the host's, facade or not."""
        top = name.partition(".")[0]
        return (
            top in sys.stdlib_module_names
            or top in sys.builtin_module_names
            or top == "loadstone"
            # The build's own variables: named after the platform, so in no list.
            or top.startswith("_sysconfigdata_")
        )

    def module(self, name: str) -> Any:
        """Return the shared module `name`, imported in the host if need be, or MISSING when it is private.

        Raises what the host's import raises.
        """
        if not self.covers(name):
            return MISSING
        facade = self.facades(name)
        if facade is not None:
            return facade
        # Whatever __import__ the host has just now; with a from-list it returns the last module of the name.
        return __import__(name, fromlist=["__name__"])
