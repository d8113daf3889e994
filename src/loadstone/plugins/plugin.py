"""One plugin: loaded into a space of its own, unloaded, loaded again."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from loadstone.declared.program import make_ready, open_space
from loadstone.plugins.reading import module_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from loadstone.declared.declaration import Declaration
    from loadstone.runtime.closing.closing import Held
    from loadstone.runtime.space import Space

__all__ = ["Plugin"]


class Plugin:
    """A plugin by its `name`, in its `folder`; `module` and `space` are None while it is not loaded.

    `error` is what its last loading ended with, None where that went well.
    """

    def __init__(
        self, name: str, folder: str, declare: Callable[[], Declaration], others: Mapping[str, Space]
    ) -> None:
        self.name = name
        self.folder = folder
        self.module: Any = None
        self.space: Space | None = None
        self.error: BaseException | None = None
        self._declare = declare
        self._others = others

    def __repr__(self) -> str:
        return f"<Plugin {self.name!r}: {self.state}>"

    @property
    def state(self) -> str:
        """``loaded``, ``failed`` or ``not loaded``; one whose reload failed is still loaded, as it was."""
        if self.module is not None:
            return "loaded"
        return "not loaded" if self.error is None else "failed"

    @property
    def declaration(self) -> Declaration:
        """What the plugin requires, read anew. Raises BadOptions for a ``pyproject.toml`` with mistakes."""
        return self._declare()

    @property
    def problem(self) -> str:
        """Why the last loading failed, in one line with its place; empty where it went well."""
        if self.error is None:
            return ""
        return f"{self.name}: {type(self.error).__name__}: {self.error}{_place(self.error, self.folder)}"

    def load(self) -> Any:
        """Return the plugin's module, imported if need be; raise what keeps it from being imported."""
        return self.reload() if self.module is None else self.module

    def reload(self) -> Any:
        """Return the plugin's module, imported anew from its files, with everything that it requires.

        When that fails the error is raised, and what was loaded before stays.
        """
        try:
            space, module = self._open()
        except BaseException as error:
            self.error = error
            raise
        self.unload()
        self.space, self.module = space, module
        return module

    def unload(self) -> tuple[Held, ...]:
        """Let go of the module and close its space; return what keeps it in memory, as `Space.close` does."""
        space, self.space, self.module, self.error = self.space, None, None, None
        return () if space is None else space.close()

    def _open(self) -> tuple[Space, Any]:
        declaration = self.declaration
        make_ready(declaration)
        space = open_space(declaration, self._others)
        entry = module_of(self.folder)
        try:
            return space, space.load(entry, self.name) if os.path.isabs(entry) else space.import_module(entry)
        except BaseException:
            space.close()
            raise


def _place(error: BaseException, folder: str) -> str:
    """Return the innermost line of the plugin's own files that the error came through; empty where there is none."""
    place = ""
    entry = error.__traceback__
    while entry is not None:
        file = entry.tb_frame.f_code.co_filename
        if file.startswith(folder + os.sep):
            place = f" ({file}:{entry.tb_lineno})"
        entry = entry.tb_next
    return place
