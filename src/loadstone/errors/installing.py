"""Declared spaces, and what they require."""

from __future__ import annotations

from loadstone.errors.base import LoadstoneError

__all__ = ["LockUnusable", "NoSuchPlugin", "NoSuchSpace", "NoUv", "SpaceNotReady", "SyncFailed"]


class LockUnusable(LoadstoneError, ValueError):
    """A lock file that is not as ``loadstone space sync`` wrote it."""

    space: str
    path: str
    reason: str
    command: str

    def _sentence(self) -> str:
        return (
            f"the lock of space {self.space!r} cannot be used, {self.path}: {self.reason}; restore it, or write "
            f"it anew: {self.command} --upgrade"
        )


class NoSuchPlugin(LoadstoneError, KeyError):
    """A plugin that was asked for and that its directory does not have."""

    name: str
    known: tuple[str, ...]
    directory: str

    def _sentence(self) -> str:
        from loadstone.spelling import nearest

        near = nearest(self.name, self.known)
        advice = (
            f"did you mean {near}?" if near else "a plugin is a folder with an __init__.py or a plugin.py"
        )
        return f"there is no plugin {self.name!r}: {self.directory} has {', '.join(self.known) or 'none'}; {advice}"


class NoSuchSpace(LoadstoneError, ModuleNotFoundError):
    """A space that was asked for and that nothing declares; `source` is the file that would, None without one."""

    name: str
    known: tuple[str, ...]
    source: str | None

    def _sentence(self) -> str:
        if self.source is None:
            reason = "there is no pyproject.toml here or above to declare it"
        else:
            reason = f"{self.source} declares {', '.join(self.known) or 'none'}"
        return f"there is no space {self.name!r}: {reason}; {self._meant()}"

    def _meant(self) -> str:
        from loadstone.spelling import nearest

        near = nearest(self.name, self.known)
        return f"did you mean {near}?" if near else f"write a table [tool.loadstone.spaces.{self.name}]"


class NoUv(LoadstoneError, FileNotFoundError):
    """uv, which resolves and installs what spaces require, and which is not there."""

    def _sentence(self) -> str:
        return (
            "uv installs what spaces require, and there is none: pip install 'loadstone[space]', "
            "or put a uv of your own on the PATH"
        )


class SpaceNotReady(LoadstoneError, ImportError):
    """A declared space that cannot be used as it is installed, or not at all."""

    name: str
    reason: str
    command: str

    def _sentence(self) -> str:
        return f"space {self.name!r} cannot be used: {self.reason}; install it: {self.command}"


class SyncFailed(LoadstoneError, RuntimeError):
    """What uv said when it could not resolve or install what a space requires."""

    space: str
    act: str
    said: str

    def _sentence(self) -> str:
        return (
            f"space {self.space!r} could not be {self.act}; what was there before is as it was\n{self.said}"
        )
