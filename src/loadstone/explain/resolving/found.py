"""A module that one finder or path entry has under the name in question."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.machinery import BYTECODE_SUFFIXES, EXTENSION_SUFFIXES
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec

__all__ = ["Found"]


@dataclass(frozen=True, slots=True)
class Found:
    """Kind, file and submodule folders, as in a Location; `reason` says how it was found."""

    kind: str
    path: str | None
    reason: str
    search: tuple[str, ...] = ()

    @classmethod
    def of_spec(cls, spec: ModuleSpec) -> Found:
        """Return what a finder's spec leads to."""
        search = tuple(spec.submodule_search_locations or ())
        path = spec.origin if spec.has_location else None
        if spec.loader is None and search:
            return cls("namespace", None, "a namespace package", search)
        return cls(_kind(path, search), path, os.path.basename(path or "") or str(spec.origin), search)


def _kind(path: str | None, search: tuple[str, ...]) -> str:
    suffix = path or ""
    if suffix.endswith(tuple(EXTENSION_SUFFIXES)):
        return "extension"
    if search:
        return "package"
    return "bytecode" if suffix.endswith(tuple(BYTECODE_SUFFIXES)) else "module"
