"""Modules of a space as another world sees them, under the names ``loadstone.spaces.SPACE.MODULE``.

The module itself is called what it is called in its space; in `sys.modules` of the other world a *view* stands
for it, which has the long name and reads and writes the module's own namespace. So nothing of a space appears
there that a tool could take for the world's own, and the import system may set on a view what it likes. What
import statements bind is the module itself.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from loadstone.runtime.policy import Giver

__all__ = ["PREFIX", "ModuleView", "SpaceView", "parts"]

PREFIX = "loadstone.spaces"

_Module = type(sys)


def parts(name: str) -> tuple[str, str]:
    """Return the space and the module that a name below the prefix speaks of; the module may be empty."""
    space, _, module = name[len(PREFIX) + 1 :].partition(".")
    return space, module


class SpaceView(_Module):  # type: ignore[misc, valid-type]  # types.ModuleType, without importing types
    """A space as a package: its modules become attributes when they are imported, as in any package."""

    def __init__(self, name: str) -> None:
        super().__init__(name, f"The modules of the space {parts(name)[0]!r}.")
        self.__path__: list[str] = []

    def __setattr__(self, name: str, value: Any) -> None:
        # What the import system binds here is what import statements bind.
        super().__setattr__(name, value.__wrapped__ if type(value) is ModuleView else value)


class ModuleView(_Module):  # type: ignore[misc, valid-type]
    """A module of a space under its long name; every name but ``__name__`` and its like is the module's own.

    Until `load` there is no module behind it.
    """

    __slots__ = ("__wrapped__", "_space")

    def __init__(self, name: str, space: Callable[[str], Giver]) -> None:
        super().__init__(name)
        object.__setattr__(self, "_space", space)
        object.__setattr__(self, "__wrapped__", None)
        self.__path__: list[str] = []  # so that import statements come to the finder with what is below

    def load(self) -> None:
        """Import the module in its space; when that has been done before, execute it again, as a reload."""
        space, module = parts(self.__name__)
        home = self._space(space)
        loaded = self.__wrapped__
        again = loaded is not None and home.modules.get(module) is loaded
        real = home.reload(loaded) if again else self._import(home, module)
        object.__setattr__(self, "__wrapped__", real)
        super().__setattr__("__doc__", real.__doc__)

    def _import(self, home: Giver, module: str) -> Any:
        try:
            return home.import_module(module)
        except ModuleNotFoundError as error:
            if error.name != module:
                raise
            # Under the name that the statement has: `from package import name` forgives that one alone.
            message = f"No module named {module!r} in space {home.name!r}"
            raise ModuleNotFoundError(message, name=self.__name__) from None

    def __getattr__(self, name: str) -> Any:
        real = self.__wrapped__
        if name == "__all__" and real is not None and not hasattr(real, "__all__"):
            # A star takes names from the namespace itself where this is missing, and a view's is empty.
            return [public for public in dir(real) if not public.startswith("_")]
        return getattr(real, name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("__"):
            super().__setattr__(name, value)
        elif type(value) is not ModuleView:  # the import system binds a submodule's view: the module has it
            setattr(self.__wrapped__, name, value)

    def __delattr__(self, name: str) -> None:
        delattr(self.__wrapped__, name)

    def __dir__(self) -> list[str]:
        return dir(self.__wrapped__)

    def __repr__(self) -> str:
        space, module = parts(self.__name__)
        return f"<module {module!r} of the space {space!r}>"
