"""What is worth knowing, and keeps nothing from working."""

from __future__ import annotations

__all__ = ["LoadedTwice", "LoadstoneWarning", "NoGuard"]


class LoadstoneWarning(UserWarning):
    """The base of Loadstone's warnings."""


class LoadedTwice(LoadstoneWarning):
    """One file is loaded under two module names, so its classes and state exist twice."""


class NoGuard(LoadstoneWarning):
    """In this interpreter, what C code imports by itself (pickle, strptime, extensions) cannot come from a space."""

    def __init__(self) -> None:
        super().__init__(
            "in this Python, imports that C code makes inside a space look in the host's modules: pickling objects "
            "of a space and some extension modules will fail there; import statements are not affected"
        )
