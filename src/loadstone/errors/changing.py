"""Changes of files: repairs, patches and revisions."""

from __future__ import annotations

from loadstone.errors.base import LoadstoneError

__all__ = ["BadPatch", "FilesChanged", "FolderNotEmpty", "NoRevision", "WriteInProgress"]


class BadPatch(LoadstoneError, ValueError):
    """A patch that cannot be read, or that does not fit the files it is for."""

    reason: str

    def _sentence(self) -> str:
        return f"the patch cannot be applied: {self.reason}"


class FilesChanged(LoadstoneError, OSError):
    """Files that are not any more what was read; nothing has been written."""

    paths: tuple[str, ...]

    def _sentence(self) -> str:
        changed = ", ".join(self.paths)
        return f"changed by somebody else in the meantime: {changed}; nothing was written, run it again"


class FolderNotEmpty(LoadstoneError, FileExistsError):
    """A folder to write into that has other files in it."""

    path: str

    def _sentence(self) -> str:
        return f"{self.path} has other files in it: name an empty folder, or one that is not there"


class NoRevision(LoadstoneError, LookupError):
    """A revision that git does not have for a folder, or a folder that is in no git repository."""

    revision: str
    folder: str
    reason: str

    def _sentence(self) -> str:
        return f"there is no revision {self.revision!r} of {self.folder}: {self.reason}"


class WriteInProgress(LoadstoneError, OSError):
    """A project in which another process is writing repairs."""

    root: str

    def _sentence(self) -> str:
        return f"another loadstone fix is writing in {self.root}: wait until it has ended"
