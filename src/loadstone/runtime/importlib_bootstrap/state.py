"""What an import reads and writes: the five attributes that `sys` has for it."""

from __future__ import annotations

from loadstone.runtime.importlib_bootstrap.modules import Modules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Protocol

    class State(Protocol):
        """One world of modules; the module `sys` is the host's."""

        modules: Any  # dict[str, ModuleType], but programs put any object there
        path: list[str]
        meta_path: list[Any]
        path_hooks: list[Callable[[str], Any]]
        path_importer_cache: dict[str, Any]


__all__ = ["PrivateState"]


class PrivateState:
    """The state of a space of its own, empty but for what it is given."""

    __slots__ = ("meta_path", "modules", "path", "path_hooks", "path_importer_cache")

    def __init__(self, path_hooks: list[Callable[[str], Any]]) -> None:
        self.modules = Modules()
        self.path: list[str] = []
        self.meta_path: list[Any] = []
        self.path_hooks = path_hooks
        self.path_importer_cache: dict[str, Any] = {}
