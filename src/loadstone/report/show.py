"""What a module holds, where each name came from and what it hid: ``loadstone show``, and `loadstone.show`."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loadstone.report.about import About, about
from loadstone.report.targets import Target, target
from loadstone.report.users import User, users
from loadstone.source.origins import namespace

if TYPE_CHECKING:
    from types import ModuleType

    from loadstone.report.text import Style
    from loadstone.source.origins import Namespace
    from loadstone.source.project import Library

__all__ = ["Shown", "show", "show_target"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A module as it is shown: `print` gives the text, `to_json` the same as JSON.

    `used` are the names that the module's own code reads; `users` the files of the project that import it.
    """

    name: str
    about: About
    namespace: Namespace
    used: frozenset[str] = frozenset()
    users: tuple[User, ...] = ()
    everything: bool = False

    def text(self, style: Style | None = None) -> str:
        """Return the whole report; it ends without a newline."""
        from loadstone.report.namespace import text
        from loadstone.report.text import PLAIN

        return text(self, style or PLAIN)

    def to_json(self) -> str:
        """Return the report as JSON, two spaces an indent."""
        import json

        from loadstone.report.data import shown

        return json.dumps(shown(self), indent=2, ensure_ascii=False)

    def __str__(self) -> str:
        return self.text()


def show(module: ModuleType | str | os.PathLike[str]) -> Shown:
    """Return a module's namespace with the provenance of each name; it prints as ``loadstone show`` does.

    A module that is imported is shown as it is now; a name or a file is read and not run. Raises
    NoSuchModule, FileMissing, BadModuleName, and SyntaxError for a file that does not compile.
    """
    if isinstance(module, type(sys)):
        from loadstone.report.live import show_live

        return show_live(module)
    return show_target(target(os.fspath(module), sys.path))


def show_target(asked: Target, *, everything: bool = False) -> Shown:
    """Return what a target holds, read from its source; raises as `show` does."""
    from loadstone.source.probe import Probe

    with Probe() as probe:
        library = asked.library(probe)
        names = namespace(library, asked.name)
        summary = library.summary(names.module)
        return Shown(
            names.module,
            _about(library, names.module),
            names,
            summary.uses if summary else frozenset(),
            _users(library, names.module, asked),
            everything,
        )


def _about(library: Library, name: str) -> About:
    location = library.locate(name)
    assert location is not None, "its names have been read"
    return about(library, location)


def _users(library: Library, name: str, asked: Target) -> tuple[User, ...]:
    """Return who uses the module: in its own project, or for what is installed, in the project we stand in."""
    location = library.locate(name)
    assert location is not None, "its names have been read"
    own = location.path if library.is_own(name.partition(".")[0]) else None
    return users(asked.name, location.path, own or os.getcwd())
