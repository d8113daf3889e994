"""What a space shares with the host or with another space, by top-level name.

A name is wholly of one side. Of a namespace package with portions in the host and in the space, a space sees its
own portions alone, and where ``share`` names it the other side's alone: two halves of one package that were made
in two worlds would each miss the other's modules.
"""

from __future__ import annotations

from loadstone.errors import ModuleDenied
from loadstone.runtime.importlib_bootstrap.importer import MISSING
from loadstone.runtime.ourselves import Ourselves
from loadstone.runtime.policy import is_standard

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec
    from typing import Any

    from loadstone.runtime.facades import Facades
    from loadstone.runtime.policy import Policy

__all__ = ["Sharing"]

_FORMS = {
    None: ("shared", "the standard library is the host's"),
    "facade": ("facade", "it speaks of the world that imports it, so the space has its own"),
    "graft": (
        "graft",
        "it acts for its caller on modules, imports, pickles or code, and does so in the space",
    ),
}


class Sharing:
    """Decides where a module of a space comes from.

    The standard library is the host's, so that its classes are one and the same everywhere; Loadstone itself
    too; `facades` stand in for the few modules that speak of the importing world. `policy` adds the names that a
    space is given, and those it is denied. All else is private.
    """

    __slots__ = ("facades", "ourselves", "policy")

    def __init__(self, facades: Facades, policy: Policy) -> None:
        self.facades = facades
        self.policy = policy
        self.ourselves = Ourselves(policy.space, policy.neighbours)

    def covers(self, name: str) -> bool:
        """Return whether `name` is the host's, facade or not."""
        return self._giver(name.partition(".")[0]) is None

    def reason(self, name: str) -> tuple[str, str]:
        """Return how `name` is decided (denied, given, facade, graft, shared or private), and why."""
        top = name.partition(".")[0]
        if top in self.policy.denied:
            return "denied", f"deny names {top!r}"
        if top in self.policy.given:
            giver = self.policy.given[top]
            return (
                "given",
                f"share names {top!r}: it is {'the host' if giver is None else repr(giver.name)}'s",
            )
        if not is_standard(top):
            return "private", "it is not in the standard library, and share does not name it"
        if top == "loadstone":
            return self.ourselves.reason(name)
        return _FORMS[self.facades.form(name)]

    def module(self, name: str) -> Any:
        """Return the shared module `name`, imported by its giver if need be, or MISSING when it is private.

        Raises ModuleDenied, and what the giver's import raises.
        """
        giver = self._allowed(name)
        if giver is MISSING:
            return MISSING
        if giver is not None:
            return giver.import_module(name)
        facade = self.facades(name)
        if facade is None and name.partition(".")[0] == "loadstone":
            facade = self.ourselves(name)
        if facade is not None:
            return facade
        # Whatever __import__ the host has just now; with a from-list it returns the last module of the name.
        return __import__(name, fromlist=["__name__"])

    def find_spec(self, name: str) -> ModuleSpec | None:
        """Return the spec of a shared module; None for one that is private or not there. Raises ModuleDenied."""
        giver = self._allowed(name)
        if giver is MISSING:
            return None
        if giver is not None:
            return giver.find_spec(name)  # type: ignore[no-any-return]
        import importlib.util

        return importlib.util.find_spec(name)

    def _allowed(self, name: str) -> Any:
        """Return who gives `name`; raise ModuleDenied where the policy forbids it."""
        top = name.partition(".")[0]
        if top in self.policy.denied:
            raise ModuleDenied(name=name, space=self.policy.space, rule=f"deny names {top!r}")
        return self._giver(top)

    def _giver(self, top: str) -> Any:
        """Return the space that gives a top-level name, None for the host, and MISSING for what is private."""
        giver = self.policy.given.get(top, MISSING)
        return None if giver is MISSING and is_standard(top) else giver
