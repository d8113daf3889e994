"""An import of a space, and what keeps it from working."""

from __future__ import annotations

from loadstone.errors.base import LoadstoneError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = [
    "BadSharing",
    "ExtensionTaken",
    "ModuleDenied",
    "NameConflict",
    "NameTaken",
    "SpaceClosed",
    "Undecided",
]


class BadSharing(LoadstoneError, ValueError):
    """Rules of a space about sharing that cannot be obeyed; `problems` has a sentence for each."""

    space: str
    problems: tuple[str, ...]

    def _sentence(self) -> str:
        return f"space {self.space!r}: {'; '.join(self.problems)}"


class ExtensionTaken(LoadstoneError, ImportError):
    """A file with an extension module that `owner` has loaded: it exists once in a process, with all its state."""

    name: str
    path: str
    space: str
    owner: str

    def _sentence(self) -> str:
        return (
            f"space {self.space!r} cannot load {self.name!r}: {self.path} is loaded by {self.owner}, and an "
            f"extension file can be loaded once in a process; give the space a copy "
            f"(uv pip install --link-mode=copy; not a hard link)"
        )


class ModuleDenied(LoadstoneError, ImportError):
    """A module that a rule of the importing space forbids; `rule` says which."""

    name: str
    space: str
    rule: str

    def _sentence(self) -> str:
        return f"space {self.space!r} may not import {self.name!r}: {self.rule}"


class NameConflict(LoadstoneError, ImportError):
    """A strict module whose star imports conflict; `conflicts` holds each with its candidates."""

    name: str
    conflicts: tuple[Any, ...]

    def _sentence(self) -> str:
        from loadstone.words import plural

        count = plural(len(self.conflicts), "star import conflict")
        head = f"{count} in module {self.name!r} (its statements have run; the module is not kept):"
        return "\n".join([head, *map(str, self.conflicts)])


class NameTaken(LoadstoneError, ImportError):
    """A module name that already stands for another file in this space."""

    name: str
    path: str
    taken_by: str

    def _sentence(self) -> str:
        return (
            f"cannot load {self.path} as {self.name!r}: that name is {self.taken_by}; "
            f"pass name=... to load it under another"
        )


class SpaceClosed(LoadstoneError, ImportError):
    """An import in a space that was closed, by a function that outlived it."""

    name: str
    space: str

    def _sentence(self) -> str:
        return (
            f"cannot import {self.name!r}: space {self.space!r} was closed; "
            f"open a new space, and take the function from it"
        )


class Undecided(LoadstoneError, ImportError):
    """An import that C code makes of itself, while the host calls it: it may be the host's, or one of `spaces`."""

    name: str
    spaces: tuple[str, ...]

    def _sentence(self) -> str:
        spaces = " or ".join(f"space {space!r}" for space in self.spaces)
        return (
            f"C code imports {self.name!r}, and this system does not show whether for the host or for {spaces}: "
            f"call it with space.call(function, ...)"
        )
