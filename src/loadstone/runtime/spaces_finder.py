"""The finder for ``loadstone.spaces.NAME`` and what is below; every other name it leaves alone."""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec

from loadstone.errors import LoadstoneError
from loadstone.runtime.importlib_bootstrap.frames import call, trim_called
from loadstone.runtime.views import PREFIX, ModuleView, SpaceView, parts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any, Protocol

    from loadstone.runtime.space import Space

    class Spaces(Protocol):
        """The spaces of a program by name, opened when they are asked for."""

        def __getitem__(self, name: str) -> Space:
            """Return the space of a name."""

        def let_go(self, space: Space) -> bool:
            """Forget a space that is being closed; return whether it was one of these."""

        def doubt(self, name: str) -> str:
            """Return what is wrong with what a space imports from; empty where nothing is."""


__all__ = ["SpacesFinder", "let_go"]


class SpacesFinder:
    """Finds the modules of `spaces`, and loads them: finding a space opens it, finding a module runs none of it."""

    def __init__(self, spaces: Spaces) -> None:
        self.spaces = spaces

    def __repr__(self) -> str:
        return f"<SpacesFinder of {PREFIX}>"

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:  # noqa: ARG002
        """Return the spec of a space or of a module in one; None where the space has no such module.

        Raises what opening the space raises.
        """
        if not name.startswith(f"{PREFIX}."):
            return None
        try:
            found: ModuleSpec | None = call(self._spec, name)
        except (LoadstoneError, KeyboardInterrupt) as error:
            # It says itself what to do; the way through Loadstone would not help.
            trim_called(error, below=False)
            raise
        return found

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Return the view that stands for the space or the module."""
        below: bool = bool(parts(spec.name)[1])
        view: ModuleType = ModuleView(spec.name, self.spaces.__getitem__) if below else SpaceView(spec.name)
        return view

    def exec_module(self, module: ModuleType) -> None:
        """Import the module in its space."""
        try:
            if isinstance(module, ModuleView):
                call(module.load)
        except BaseException as error:
            trim_called(error)
            self._doubt(error, module.__name__)
            raise

    def let_go(self, space: Space) -> None:
        """Take the views of a space that is being closed out of `sys.modules`; naming it again opens it anew."""
        if not self.spaces.let_go(space):
            return
        top = f"{PREFIX}.{space.name}"
        for name in [name for name in sys.modules if name == top or name.startswith(f"{top}.")]:
            del sys.modules[name]
        vars(sys.modules[PREFIX]).pop(space.name, None)

    def _doubt(self, error: BaseException, name: str) -> None:
        """Add to an import error what is wrong with the space's files; only now are all of them looked at."""
        doubt = self.spaces.doubt(parts(name)[0]) if isinstance(error, ImportError) else ""
        if doubt:
            error.add_note(f"loadstone: {doubt}")

    def _spec(self, name: str) -> ModuleSpec | None:
        space, module = parts(name)
        home = self.spaces[space]
        if not module:
            return ModuleSpec(name, self, is_package=True)  # type: ignore[arg-type]  # a loader by its methods
        found = home.find_spec(module)
        # A package whatever it is: what is below comes to this finder then, and to no other.
        return found and ModuleSpec(name, self, origin=found.origin, is_package=True)  # type: ignore[arg-type]


def let_go(space: Space) -> None:
    """Make the program forget a space that is being closed."""
    for finder in sys.meta_path:
        if isinstance(finder, SpacesFinder):
            finder.let_go(space)
