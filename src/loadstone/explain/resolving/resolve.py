"""Why a module's name leads to the file it does: every finder and path entry in order, with what each had.

Nothing is imported for it, the packages above the module neither: they are located, as the finders that Python
starts with would locate them. A program that changes its path or finders while it runs may get another answer.
"""

from __future__ import annotations

import sys
from importlib.machinery import BuiltinImporter, FrozenImporter, PathFinder
from typing import TYPE_CHECKING

from loadstone.explain.resolving.cached import bytecode, loaded_at_start
from loadstone.explain.resolving.entries import entry_step
from loadstone.explain.resolving.found import Found
from loadstone.trace import Resolution, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from loadstone.names import ModuleName

__all__ = ["resolve"]


def resolve(name: ModuleName, path: Sequence[str], meta_path: Iterable[Any] | None = None) -> Resolution:
    """Return how Python would resolve an absolute name, with `path` as its path and nothing imported yet.

    `meta_path` are the finders to ask, by default those of this interpreter. A name that leads nowhere gives a
    Resolution that is not `found`, with the same steps.
    """
    finders = list(sys.meta_path if meta_path is None else meta_path)
    parent = resolve(name.parent, path, finders) if name.parent else None
    if parent is not None and not parent.search:
        return _without_package(name, parent)
    where = parent.search if parent else path
    return _Search(name, where, finders, parent).resolution()


def _without_package(name: ModuleName, parent: Resolution) -> Resolution:
    """Return the end of the way to a submodule whose parent is missing or no package."""
    reason = (
        f"{parent.name} is no package: it has no submodules"
        if parent.found
        else f"{parent.name} is not found"
    )
    return Resolution(name, None, None, (), (Step(parent.name, "nothing", reason),), parent)


class _Search:
    """One walk over the finders; what has been found first stays the winner, and the rest is hidden."""

    def __init__(
        self, name: ModuleName, where: Sequence[str], finders: Iterable[Any], parent: Resolution | None
    ) -> None:
        self.name = name
        self.where = where
        self.finders = finders
        self.parent = parent
        self.winner: Found | None = None

    def resolution(self) -> Resolution:
        """Return the steps and what they come to."""
        steps = [self._start(), *(self._ask(finder) for finder in self.finders)]
        found = self.winner
        if found is None:
            return Resolution(self.name, None, None, (), tuple(steps), self.parent)
        cached = bytecode(found.path) if found.path else None
        return Resolution(self.name, found.kind, found.path, found.search, tuple(steps), self.parent, cached)

    def _start(self) -> Step:
        if self.name in loaded_at_start(self.name):
            return Step(
                "sys.modules",
                "used",
                "there before any program starts: the finders below are not asked again",
            )
        return Step("sys.modules", "nothing", "not there when a program starts")

    def _ask(self, finder: Any) -> Step:
        if finder is BuiltinImporter:
            return self._built_in()
        if finder is FrozenImporter:
            return self._frozen()
        if finder is PathFinder:
            return self._path()
        return self._other(finder)

    def _built_in(self) -> Step:
        if self.name not in sys.builtin_module_names:
            return Step("BuiltinImporter", "nothing", "not compiled into Python")
        return self._take("BuiltinImporter", Found("built-in", None, "compiled into Python"))

    def _frozen(self) -> Step:
        spec = FrozenImporter.find_spec(self.name)
        if spec is None:
            return Step("FrozenImporter", "nothing", "not frozen into Python")
        file = getattr(spec.loader_state, "filename", None)
        search = tuple(spec.submodule_search_locations or ())
        return self._take(
            "FrozenImporter", Found("frozen", file, "frozen into Python, made from this file", search)
        )

    def _path(self) -> Step:
        steps, portions = [], []
        for entry in self._entries():
            found, step = entry_step(self.name, entry)
            if found is not None:
                step = self._take(entry, found)
            elif step.outcome == "portion":
                portions.append(step)
            steps.append(step)
        self._namespace(portions)
        return Step(
            "PathFinder", _best(steps), f"the entries of {self._list()}, in order:", None, tuple(steps)
        )

    def _entries(self) -> Sequence[str]:
        """Return the entries in the order in which they count: the program's folder comes last for `encodings`.

        The interpreter imports that, and what `site` needs, before it puts the program's folder on the path.
        """
        if self.parent is None and self.name in loaded_at_start(self.name):
            return [*self.where[1:], *self.where[:1]]
        return self.where

    def _list(self) -> str:
        return f"{self.parent.name}.__path__" if self.parent else "sys.path"

    def _namespace(self, portions: Sequence[Step]) -> None:
        """Make a namespace package of folders without ``__init__.py``, when nothing better has turned up."""
        if self.winner is None and portions:
            search = tuple(step.path for step in portions if step.path)
            self.winner = Found("namespace", None, "", search)

    def _other(self, finder: Any) -> Step:
        """Ask a finder that something installed has put there, such as that of an editable installation."""
        title = getattr(finder, "__qualname__", type(finder).__qualname__)
        if self.winner is not None:
            return Step(title, "not asked", "something before it had the name")
        try:
            spec = finder.find_spec(self.name, self.where if self.parent else None, None)
        except Exception as error:  # noqa: BLE001  # it is not ours, and its failure is an answer too
            return Step(title, "nothing", f"failed: {type(error).__name__}: {error}")
        if spec is None:
            return Step(title, "nothing", "does not know the name")
        return self._take(title, Found.of_spec(spec))

    def _take(self, where: str, found: Found) -> Step:
        if self.winner is None:
            self.winner = found
            return Step(where, "used", found.reason, found.path)
        if found.path is not None and found.path == self.winner.path:
            return Step(where, "not asked", "the file that the frozen module was made from", found.path)
        return Step(where, "hidden", found.reason, found.path)


def _best(steps: Iterable[Step]) -> str:
    outcomes = {step.outcome for step in steps}
    return next((one for one in ("used", "portion", "hidden") if one in outcomes), "nothing")
