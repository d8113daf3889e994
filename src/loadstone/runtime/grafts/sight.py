"""`sys` as the functions of a graft see it: the modules of the space, and after them the standard library.

Natively every module of the standard library that anybody has imported stands in `sys.modules`, and functions
look there for the module of an object: `inspect.getsource(json.JSONDecoder)` asks for ``json.decoder``, which no
module of the space has imported by name.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType
    from typing import Any

    from loadstone.runtime.importlib_bootstrap.private import PrivateImporter

__all__ = ["see"]


def see(importer: PrivateImporter, names: dict[str, Any]) -> None:
    """Let the functions of a module see wider, where the namespace `names` of that module has `sys` itself."""
    facade = importer.facades("sys")
    for name in ("sys", "_sys"):
        if names.get(name) is facade:
            names[name] = _Sys(importer, facade)


class _Sys:
    """The facade of `sys`, in every respect but ``modules``."""

    def __init__(self, importer: PrivateImporter, facade: ModuleType | None) -> None:
        object.__setattr__(self, "_facade", facade)
        object.__setattr__(self, "modules", _Modules(importer))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._facade, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._facade, name, value)


class _Modules:
    """The space's modules, to be written to as well; a shared module that it lacks is seen in the host's."""

    def __init__(self, importer: PrivateImporter) -> None:
        self._own = importer.state.modules
        self._covers = importer.sharing.covers

    def __getattr__(self, name: str) -> Any:
        return getattr(self._own, name)

    def __getitem__(self, name: str) -> Any:
        module = self.get(name)
        return self._own[name] if module is None else module

    def __contains__(self, name: object) -> bool:
        return name in self._own or self.get(name) is not None

    def __setitem__(self, name: str, module: Any) -> None:
        self._own[name] = module

    def __delitem__(self, name: str) -> None:
        del self._own[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._own)

    def __len__(self) -> int:
        return len(self._own)

    def get(self, name: Any, default: Any = None) -> Any:
        """Return the module `name` of the space, or the host's where the space would share it, or `default`."""
        if name in self._own:
            return self._own[name]
        if isinstance(name, str) and name in sys.modules and self._covers(name):
            return sys.modules[name]
        return default
