"""What one path entry has under a name: asked of the finder that Python's own path hooks make for it."""

from __future__ import annotations

import os
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from typing import TYPE_CHECKING

from loadstone.explain.folders import listed
from loadstone.explain.resolving.found import Found
from loadstone.spelling import folded
from loadstone.trace import Step

if TYPE_CHECKING:
    from typing import Any

__all__ = ["entry_step"]


def entry_step(name: str, entry: str) -> tuple[Found | None, Step]:
    """Return what an entry of the path has, and else the step that says why it has nothing.

    The finder is a new one, so that the interpreter's own caches stay as they are.
    """
    if not os.path.exists(entry):
        return None, Step(entry, "absent", "not there")
    finder = _finder(entry)
    if finder is None:
        return None, Step(entry, "absent", _unusable(entry))
    try:
        spec = finder.find_spec(name)
    except Exception as error:  # noqa: BLE001  # a broken zip file, or another's finder
        return None, Step(entry, "nothing", f"failed: {type(error).__name__}: {error}")
    if spec is None:
        return None, Step(entry, "nothing", _near(name, entry))
    found = Found.of_spec(spec)
    if found.kind == "namespace":
        inner = found.search[0]
        return None, Step(
            entry, "portion", "a folder without __init__.py, part of a namespace package", inner
        )
    return _described(found, name, entry), Step(entry, "nothing")


def _finder(entry: str) -> Any:
    for hook in sys.path_hooks:
        try:
            return hook(entry)
        except ImportError:
            continue
    return None


def _unusable(entry: str) -> str:
    return "cannot be read" if os.path.isdir(entry) else "neither a folder nor a zip file"


def _described(found: Found, name: str, entry: str) -> Found:
    """Return the same with a reason: the file, and what it hides in its own folder."""
    path = found.path or ""
    shown = path[len(entry.rstrip(os.sep)) + 1 :] if path.startswith(entry.rstrip(os.sep) + os.sep) else path
    beside = [other for other in _beside(name, entry) if os.path.join(entry, other) != path]
    reason = f"{shown}, which comes before {' and '.join(beside)}" if beside else shown
    return Found(found.kind, found.path, reason, found.search)


def _beside(name: str, entry: str) -> list[str]:
    """Return what in the folder could be the module, in Python's order: package, extension, source, bytecode."""
    tail = name.rpartition(".")[2]
    names = listed(entry)
    files = [tail + suffix for suffix in (*EXTENSION_SUFFIXES, ".py", ".pyc") if tail + suffix in names]
    packages = [f"{tail}/__init__.py"] if os.path.isfile(os.path.join(entry, tail, "__init__.py")) else []
    return [*packages, *files]


def _near(name: str, entry: str) -> str:
    """Return what an entry has that is almost the module; empty for nothing of the kind."""
    tail = name.rpartition(".")[2]
    for other in listed(entry):
        stem, dot, suffix = other.partition(".")
        if stem == tail and suffix.endswith(("so", "pyd")) and "cpython" in suffix:
            return f"{other} is there, for another version of Python"
        if stem != tail and folded(stem) == folded(tail) and (dot == "" or suffix == "py"):
            return f"{other} is there: spelled in another way"
    return ""
