"""The effects of importing a module into a fresh interpreter, in order, loads inside loads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.fix.proof.effects import Effect
from loadstone.names import ModuleName

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from loadstone.fix.model import Model
    from loadstone.fix.proof.timeline import Act

__all__ = ["Walk", "families"]

_EFFECTFUL = frozenset(("this", "antigravity"))
"""Modules of the standard library whose import does something that is seen."""


class Walk:
    """Enters one module after the other; `acts` says what a module of the project does by itself.

    Importing ``shop.cart`` and ``shop.bill`` both begin with importing ``shop``: that is gone through once.
    """

    def __init__(self, model: Model, acts: Callable[[str], Sequence[Act]]) -> None:
        self.model = model
        self.acts = acts
        # The module that was entered last and the packages around it, each with what is loaded when it has run.
        self._around: list[tuple[str, set[str]]] = [("", set())]
        self._silent: dict[str, bool] = {}

    def enter(self, module: str) -> list[Effect]:
        """Return the effects of importing a module when its packages have been imported, in the order of `families`.

        An installed package that is loaded counts as one effect.
        """
        while (name := self._around[-1][0]) and not f"{module}.".startswith(f"{name}."):
            self._around.pop()
        loaded = set(self._around[-1][1])
        found = list(self._load(module, loaded))
        self._around.append((module, loaded))
        return found

    def _load(self, module: str, loaded: set[str]) -> Iterator[Effect]:
        work: list[Iterator[Act]] = [iter((module,))]
        while work:
            for act in work[-1]:
                if isinstance(act, Effect):
                    yield act
                elif act not in loaded:
                    loaded.add(act)
                    if act in self.model.compiled:
                        work.append(iter(self.acts(act)))
                        break
                    if not self._is_silent(act):
                        yield Effect(act, "")
            else:
                work.pop()

    def _is_silent(self, module: str) -> bool:
        """Whether loading a module of others counts for nothing: one of the standard library, or part of a package."""
        if module not in self._silent:
            if self.model.library.is_standard(module):
                self._silent[module] = module not in _EFFECTFUL
            else:
                location = self.model.library.locate(module)
                nothing = location is None or location.kind == "namespace"
                self._silent[module] = nothing or module in self.model.project.modules
        return self._silent[module]


def families(modules: Iterable[str]) -> list[str]:
    """Return the modules and all packages around them, each behind its own package."""
    every = {str(name) for module in modules for name in ModuleName(module).lineage()}
    return sorted(every, key=lambda name: name.split("."))
