"""The declared spaces of the program that runs, each opened when it is first named."""

from __future__ import annotations

import sys
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING

from loadstone.declared.catalog import Catalog
from loadstone.declared.declaration import HOST
from loadstone.declared.installation import state_of
from loadstone.declared.project import program_folder
from loadstone.errors import LoadstoneError, SpaceNotReady
from loadstone.runtime.program import is_running
from loadstone.runtime.space import Space

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from loadstone.declared.declaration import Declaration
    from loadstone.declared.installation import State

__all__ = ["Program", "make_ready", "open_space"]


class Program(Mapping[str, Space]):
    """The spaces of one program by name, opened on demand; iterating gives the names of all that are declared.

    Opening raises NoSuchSpace, BadOptions, and SpaceNotReady for one that is not installed; under ``loadstone run``
    it is installed then.
    """

    def __init__(self, catalog: Catalog | None = None) -> None:
        self._catalog = catalog
        self._open: dict[str, Space] = {}
        self._lock = threading.RLock()

    @property
    def catalog(self) -> Catalog:
        """The declarations, read when they are first needed."""
        if self._catalog is None:
            self._catalog = Catalog(program_folder())
        return self._catalog

    def __getitem__(self, name: str) -> Space:
        with self._lock:
            space = self._open.get(name)
            if space is None:
                declaration = self.catalog.find(name)
                make_ready(declaration)
                space = self._open[name] = open_space(declaration, self)
            return space

    def let_go(self, space: Space) -> bool:
        """Forget a space that is being closed, so that its name opens a new one; return whether it was one of these."""
        with self._lock:
            if self._open.get(space.name) is not space:
                return False
            del self._open[space.name]
            return True

    def doubt(self, name: str) -> str:
        """Return what is wrong with the installation of a space, looked at closely; empty where nothing is."""
        declaration = self.catalog.find(name)
        state = state_of(declaration, closely=True)
        return "" if state.ready else f"{state}; install it anew: {declaration.command}"

    def __contains__(self, name: object) -> bool:
        return name in self.catalog.every()

    def __iter__(self) -> Iterator[str]:
        return iter(self.catalog.every())

    def __len__(self) -> int:
        return len(self.catalog.every())


def open_space(declaration: Declaration, others: Mapping[str, Space]) -> Space:
    """Return a new space made as declared; those that it is given modules of are taken from `others`."""
    import _pickle  # noqa: F401  # so that its errors know of the space, however late the program pickles

    site = [declaration.site] if declaration.dependencies else []
    return Space(
        declaration.name,
        [*declaration.path, *site],
        share={name: None if giver == HOST else others[giver] for name, giver in declaration.share.items()},
        deny=declaration.deny,
        imports_from=_Some(others, declaration.imports_from),
    )


class _Some(Mapping[str, Space]):
    """Some of a program's spaces; none is opened before it is named."""

    def __init__(self, spaces: Mapping[str, Space], names: Iterable[str]) -> None:
        self._spaces = spaces
        self._names = tuple(names)

    def __getitem__(self, name: str) -> Space:
        if name not in self._names:
            raise KeyError(name)
        return self._spaces[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __len__(self) -> int:
        return len(self._names)


def make_ready(declaration: Declaration) -> None:
    """Install what a space requires where ``loadstone run`` runs the program; raise SpaceNotReady elsewhere."""
    state = state_of(declaration)
    if state.ready:
        return
    if state.kind == "bad lock":  # to write it anew is for its owner to decide
        raise _not_ready(declaration, f"{state} (restore it if that was a mistake)", "--upgrade")
    if not is_running():
        raise _not_ready(declaration, str(state))
    _install(declaration, state)


def _not_ready(declaration: Declaration, reason: str, *options: str) -> SpaceNotReady:
    command = " ".join([declaration.command, *options])
    return SpaceNotReady(name=declaration.name, reason=reason, command=command)


def _install(declaration: Declaration, state: State) -> None:
    from loadstone.declared.sync.syncing import sync

    if sys.stderr is not None:
        sys.stderr.write(f"loadstone: installing space {declaration.name!r}: {state}\n")
        sys.stderr.flush()
    try:
        sync(declaration)
    except LoadstoneError:
        raise
    except OSError as error:  # a folder that cannot be written to, a full disk
        raise _not_ready(declaration, f"it could not be installed: {error}") from None
