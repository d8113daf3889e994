"""Loadstone itself as a space sees it: the host's, but for `loadstone.spaces`, which each space has its own of.

Through it a space imports from the spaces it may import from, by the same statements as the host does. The host's
would lead to every space.
"""

from __future__ import annotations

import sys

from loadstone.errors import ModuleDenied
from loadstone.runtime.views import PREFIX, ModuleView, SpaceView, parts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from loadstone.runtime.policy import Giver

__all__ = ["Ourselves"]

_Module = type(sys)


class Ourselves:
    """The modules called ``loadstone``, ``loadstone.spaces`` and below of the space called `space`.

    `neighbours` maps the name of each space it may import from to that space.
    """

    __slots__ = ("_made", "_neighbours", "_space")

    def __init__(self, space: str, neighbours: Mapping[str, Giver]) -> None:
        self._space = space
        self._neighbours = neighbours
        self._made: dict[str, Any] = {}

    def __call__(self, name: str) -> Any:
        """Return the module `name`, or None where the host's own serves; parents have been asked for before.

        Raises ModuleDenied for a space that this one may not import from, and what the import there raises.
        """
        if name == "loadstone":
            return self._made.setdefault(name, _shell())
        if name != PREFIX and not name.startswith(f"{PREFIX}."):
            return None
        module = self._module(name)
        parent, _, child = name.rpartition(".")
        setattr(self._made.get(parent) or self(parent), child, module)
        return self._made.setdefault(name, module)

    def reason(self, name: str) -> tuple[str, str]:
        """Return how the module `name` is decided, and why; see `Sharing.reason`."""
        if not name.startswith(f"{PREFIX}."):
            return "shared", "Loadstone itself is the host's"
        space = parts(name)[0]
        if space in self._neighbours:
            return "given", f"imports-from names {space!r}"
        return "denied", self._rule()

    def _module(self, name: str) -> Any:
        if name == PREFIX:
            root: Any = _Module(name, "The spaces that this one may import from.")
            root.__path__ = []
            return root
        space, module = parts(name)
        self._home(space)
        if not module:
            return SpaceView(name)
        view = ModuleView(name, self._home)
        view.load()
        return view

    def _home(self, space: str) -> Giver:
        if space not in self._neighbours:
            raise ModuleDenied(name=f"{PREFIX}.{space}", space=self._space, rule=self._rule())
        return self._neighbours[space]

    def _rule(self) -> str:
        return f"imports-from names {', '.join(self._neighbours) or 'none'}"


def _shell() -> Any:
    """Return a module that is `loadstone` in everything but what is bound on it later."""
    real = sys.modules["loadstone"]
    shell: Any = _Module("loadstone", real.__doc__)
    for name in ("__path__", "__file__", "__spec__", "__loader__", "__package__", "__all__", "__version__"):
        setattr(shell, name, getattr(real, name))
    shell.__getattr__ = lambda name: getattr(real, name)
    shell.__dir__ = lambda: dir(real)
    return shell
