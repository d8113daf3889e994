"""What `Space.close` does, in order, and what it answers."""

from __future__ import annotations

import gc
import sys
import weakref
from types import ModuleType
from typing import NamedTuple

from loadstone.errors import SpaceClosed
from loadstone.runtime.closing.belonging import Belonging
from loadstone.runtime.closing.pruning import prune

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from loadstone.runtime.importlib_bootstrap.private import PrivateImporter

__all__ = ["Closed", "Held"]


# What a finalizer lets go of is garbage of the next pass.
_PASSES = 3


class Held(NamedTuple):
    """Something that keeps a closed space in memory: `kind` is extension, thread, name or reference."""

    kind: str
    what: str

    def __str__(self) -> str:
        return f"{self.kind} {self.what}"


class Closed:
    """A closed space, and what is left of it.

    `_parts` are weak references to its modules, and to its importer, which every one of its functions keeps;
    `_extensions` are the modules written in C, whose static variables no collector sees.
    """

    __slots__ = ("_extensions", "_ours", "_parts")

    def __init__(self, importer: PrivateImporter) -> None:
        own = {name: module for name, module in importer.state.modules.items() if importer.is_own(name)}
        if importer.exits is not None:
            importer.exits.run()
        self._ours = Belonging(importer, own)
        self._extensions = [Held("extension", f"{name} ({file})") for name, file in _extensions(own)]
        modules = [module for module in own.values() if isinstance(module, ModuleType)]
        self._parts = [weakref.ref(part) for part in (importer, *modules)]
        del modules
        importer.see(None)
        importer.release(_Refusing(importer.name))
        prune(self._ours)
        own.clear()

    def held(self) -> tuple[Held, ...]:
        """Return what keeps parts of the space in memory: nothing where all of them are gone."""
        for _ in range(_PASSES):
            gc.collect()
            if all(part() is None for part in self._parts):
                return ()
        found = (*self._extensions, *self._threads(), *self._names())
        return found or (Held("reference", "from Python code that still uses it"),)

    def _threads(self) -> Iterator[Held]:
        threading = sys.modules.get("threading")
        for thread in () if threading is None else threading.enumerate():
            if self._ours(thread) or self._ours(getattr(thread, "_target", None)):
                yield Held("thread", thread.name)

    def _names(self) -> Iterator[Held]:
        """Yield the names of modules of the host that mean something of the space."""
        for module in list(sys.modules.values()):
            for name, value in list(getattr(module, "__dict__", {}).items()):
                if self._ours(value):
                    yield Held("name", f"{module.__name__}.{name}")


class _Refusing:
    """The one finder of a closed space."""

    def __init__(self, space: str) -> None:
        self._space = space

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> None:  # noqa: ARG002
        """Raise SpaceClosed."""
        raise SpaceClosed(name=name, space=self._space)


def _extensions(modules: dict[str, Any]) -> Iterator[tuple[str, str]]:
    from loadstone.runtime.extensions import ExtensionFileLoader

    for name, module in modules.items():
        loader = getattr(getattr(module, "__spec__", None), "loader", None)
        if isinstance(loader, ExtensionFileLoader):
            yield name, loader.path
