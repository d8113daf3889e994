"""Whether an object was made by the code of a space."""

from __future__ import annotations

from functools import partial
from types import FunctionType, MethodType, ModuleType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from loadstone.runtime.importlib_bootstrap.private import PrivateImporter

__all__ = ["Belonging"]


class Belonging:
    """Tells the objects of one space by the builtins of their functions, which are the space's own."""

    __slots__ = ("_builtins", "_modules")

    def __init__(self, importer: PrivateImporter, modules: dict[str, Any]) -> None:
        # Not the dict itself: that would keep the space. While any function has it, no other dict has its id.
        self._builtins = id(importer.builtins)
        self._modules = modules

    def __call__(self, thing: Any) -> bool:
        """Return whether `thing` is a function, class or module of the space, or an instance of such a class."""
        if isinstance(thing, FunctionType):
            return self._runs_here(thing) or any(map(self._runs_here, _kept(thing)))
        if isinstance(thing, MethodType):
            return self(thing.__func__) or self(type(thing.__self__))
        if isinstance(thing, partial):
            return self(thing.func) or any(map(self, thing.args))
        if isinstance(thing, ModuleType):
            return id(thing.__dict__.get("__builtins__")) == self._builtins
        return self._is_ours(thing if isinstance(thing, type) else type(thing))

    def _is_ours(self, kind: type) -> bool:
        return any(self._made_here(each) for each in kind.__mro__)

    def _made_here(self, kind: type) -> bool:
        home = self._modules.get(kind.__module__)
        if getattr(home, kind.__name__, None) is kind:
            return True
        return any(
            isinstance(value, FunctionType) and self._runs_here(value) for value in list(vars(kind).values())
        )

    def _runs_here(self, function: Any) -> bool:
        return id(function.__builtins__) == self._builtins


def _kept(function: FunctionType) -> Iterator[FunctionType]:
    """Yield the functions that a wrapper keeps: ``lambda: function(*args)``."""
    for cell in function.__closure__ or ():
        try:
            content = cell.cell_contents
        except ValueError:  # nothing in it yet
            continue
        if isinstance(content, FunctionType):
            yield content
