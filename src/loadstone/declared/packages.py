"""Declarations that installed packages ship: named by entry points, read without importing anything.

Every package's metadata is looked at, so this reads the few lines that matter itself: `importlib.metadata` alone
takes longer to import than this takes for hundreds of packages.
"""

from __future__ import annotations

import os
import sys
from importlib.machinery import PathFinder
from typing import TYPE_CHECKING

from loadstone.errors import BadOptions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["GROUP", "shipped"]

GROUP = "loadstone.spaces"
"""The group of entry points by which a package declares spaces: ``shop = "shop:spaces.toml"``."""

_METADATA = (".dist-info", ".egg-info")


def shipped(path: Sequence[str] | None = None) -> Iterator[str]:
    """Yield the files that packages on the path name; raise BadOptions for one that is not there."""
    search = list(sys.path if path is None else path)
    for entry in dict.fromkeys(search):
        for text in _entry_points(entry or os.getcwd()):
            for line in _group(text):
                name, _, value = line.partition("=")
                yield _file(name.strip(), value.strip(), search)


def _entry_points(folder: str) -> Iterator[str]:
    try:
        names = os.listdir(folder)
    except OSError:
        return
    for name in sorted(names):
        if name.endswith(_METADATA):
            try:
                with open(os.path.join(folder, name, "entry_points.txt"), encoding="utf-8") as file:
                    yield file.read()
            except (OSError, ValueError):
                continue


def _group(text: str) -> Iterator[str]:
    """Yield the lines of our group; the format is that of INI files."""
    inside = False
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            inside = line == f"[{GROUP}]"
        elif inside and "=" in line and line[0] not in "#;":
            yield line


def _file(name: str, value: str, path: Sequence[str]) -> str:
    """Return the file that ``package:file`` means."""
    module, _, file = map(str.strip, value.partition(":"))
    top, *below = module.split(".")
    spec = PathFinder.find_spec(top, path)
    for folder in (spec and spec.submodule_search_locations) or ():
        full = os.path.abspath(os.path.join(folder, *below, file))
        if file and os.path.isfile(full):
            return full
    problem = f"the entry point {name} = {value} of the group {GROUP} names no file: write package:file.toml"
    raise BadOptions(problems=(problem,))
