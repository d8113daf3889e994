"""What was asked for is not there, or was not said so that it can be understood."""

from __future__ import annotations

from loadstone.errors.base import LoadstoneError

__all__ = [
    "BadModuleName",
    "BadOptions",
    "FileMissing",
    "NoInterpreter",
    "NoSource",
    "NoSuchModule",
    "NotRunnable",
]


class BadModuleName(LoadstoneError, ValueError):
    """A text that is no module name, such as ``a..b``, or that has more leading dots than there are packages."""

    name: str
    package: str | None = None

    def _sentence(self) -> str:
        if self.package is None:
            return (
                f"{self.name!r} is not a module name: write its parts with single dots, such as 'shop.cart'"
            )
        return f"{self.name!r} goes beyond the top-level package: it has more dots than {self.package!r} has parts"


class BadOptions(LoadstoneError, ValueError):
    """Settings of one command that cannot be understood; `problems` has a sentence for each, with its place."""

    problems: tuple[str, ...]

    def _sentence(self) -> str:
        return "\n".join(self.problems)


class FileMissing(LoadstoneError, FileNotFoundError):
    """A file to load or run that is not there; `path` is absolute."""

    path: str

    def _sentence(self) -> str:
        return f"there is no file {self.path}: check the spelling and the folder"


class NoInterpreter(LoadstoneError, OSError):
    """An interpreter or virtual environment that was named, and that does not answer."""

    path: str
    reason: str

    def _sentence(self) -> str:
        return f"no Python interpreter answers at {self.path}: {self.reason}"


class NoSource(LoadstoneError, ImportError):
    """A module without lines to ask about: an extension, a built-in module, or bytecode alone."""

    name: str
    kind: str

    def _sentence(self) -> str:
        return (
            f"{self.name!r} has no source to read: it is {self.kind}; ask for a name of it, {self.name}:NAME"
        )


class NoSuchModule(LoadstoneError, ModuleNotFoundError):
    """A module that was asked about, and that none of the path entries `searched` has."""

    name: str
    searched: tuple[str, ...]

    def _sentence(self) -> str:
        from loadstone.words import plural

        return f"there is no module {self.name!r}: {plural(len(self.searched), 'path entry', 'path entries')} searched"


class NotRunnable(LoadstoneError, ImportError):
    """Something that exists and has no program in it, such as a folder without ``__main__.py``."""

    target: str
    reason: str

    def _sentence(self) -> str:
        return f"cannot run {self.target}: {self.reason}"
