"""Packages without anything that acts, for the space's own submodules to stand on."""

from __future__ import annotations

import sys
from types import BuiltinFunctionType, FunctionType, ModuleType

from loadstone.runtime.grafts.copies import begin, later_names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from loadstone.runtime.importlib_bootstrap.private import PrivateImporter

__all__ = ["shell"]

# What nobody binds anew: reading these goes no detour.
_LASTING = (type, FunctionType, BuiltinFunctionType)


def shell(importer: PrivateImporter, host: ModuleType) -> ModuleType:
    """Return a package that shows what `host` has now, and on which the space's own submodules are bound."""
    shell = _Shell(host.__name__)
    shell.__dict__.update(
        (name, value)
        for name, value in vars(host).items()
        if name.startswith("__") or isinstance(value, _LASTING)
    )
    shell.__dict__["__getattr__"] = later_names(importer, host)
    begin(importer, host, shell)._initializing = False  # type: ignore[attr-defined]
    return shell


class _Shell(ModuleType):
    """`logging` is one: ``logging.raiseExceptions = False`` means the host's, ``logging.config`` the space's."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("__") or isinstance(value, ModuleType):
            super().__setattr__(name, value)
        else:
            self.__dict__.pop(name, None)
            setattr(sys.modules[self.__name__], name, value)

    def __delattr__(self, name: str) -> None:
        if self.__dict__.pop(name, None) is None or hasattr(sys.modules[self.__name__], name):
            delattr(sys.modules[self.__name__], name)

    def __dir__(self) -> list[str]:
        return sorted({*self.__dict__, *dir(sys.modules[self.__name__])})
