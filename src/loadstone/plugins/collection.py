"""The plugins of a directory, by name."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from loadstone.declared.catalog import Catalog
from loadstone.declared.program import Program
from loadstone.declared.project import program_folder
from loadstone.errors import FileMissing, NoSuchPlugin
from loadstone.plugins.plugin import Plugin
from loadstone.plugins.reading import declared, folders

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from loadstone.declared.declaration import Declaration
    from loadstone.declared.sync.syncing import Plan

__all__ = ["Plugins"]


class Plugins(Mapping[str, Plugin]):
    """The plugins in `directory`, which is looked at again by `refresh`; `share` names modules that all get."""

    def __init__(self, directory: str | os.PathLike[str], *, share: Iterable[str] = ()) -> None:
        self.directory = os.path.abspath(directory)
        if not os.path.isdir(self.directory):
            raise FileMissing(path=self.directory)
        self._share = tuple(share)
        self._program = Catalog(program_folder())
        self._others = Program(self._program)
        self._plugins: dict[str, Plugin] = {}
        self.refresh()

    def __repr__(self) -> str:
        states = ", ".join(f"{plugin.name} {plugin.state}" for plugin in self._plugins.values())
        return f"<Plugins of {self.directory}: {states}>"

    def __getitem__(self, name: str) -> Plugin:
        """Return a plugin, loaded or not. Raises NoSuchPlugin."""
        if name not in self._plugins:
            raise NoSuchPlugin(name=name, known=tuple(self._plugins), directory=self.directory)
        return self._plugins[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._plugins)

    def __len__(self) -> int:
        return len(self._plugins)

    @property
    def failed(self) -> list[Plugin]:
        """The plugins whose last loading failed."""
        return [plugin for plugin in self._plugins.values() if plugin.error is not None]

    def load(self) -> list[Plugin]:
        """Load every plugin that is not loaded; return those that are now. One that fails keeps none from loading."""
        for plugin in self._plugins.values():
            with suppress(Exception, SystemExit):  # it is kept as the plugin's `error`
                plugin.load()
        return [plugin for plugin in self._plugins.values() if plugin.module is not None]

    def refresh(self) -> None:
        """Look into the directory again: new plugins appear, not loaded; those that are gone are unloaded."""
        found = dict(folders(self.directory))
        for name in self._plugins.keys() - found:
            self._plugins.pop(name).unload()
        for name, folder in found.items():
            self._plugins.setdefault(name, self._made(name, folder))
        self._plugins = {name: self._plugins[name] for name in found}

    def sync(self) -> list[Plan]:
        """Install what each plugin requires; return what was done. Raises as ``loadstone space sync`` does."""
        from loadstone.declared.sync.syncing import sync

        return [sync(plugin.declaration) for plugin in self._plugins.values()]

    def _made(self, name: str, folder: str) -> Plugin:
        def declare() -> Declaration:
            return declared(name, folder, self._share, self._program.every())

        return Plugin(name, folder, declare, self._others)
