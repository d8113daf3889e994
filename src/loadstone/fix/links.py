"""Files that a symbolic link gives a second name: a change of one is a change of the other, and no proof knew that."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loadstone.source.tree import Project

__all__ = ["linked"]


def linked(project: Project) -> dict[str, str]:
    """Return the files of the project that must not be changed, each with the reason; empty without links."""
    root = os.path.realpath(project.root)
    files: dict[str, list[str]] = {}
    for path in project.owners:
        files.setdefault(os.path.realpath(path), []).append(path)
    reasons = {}
    for real, paths in files.items():
        if not real.startswith(root + os.sep):
            reasons[paths[0]] = f"it is a link to {real}, which is no part of the project"
        for path in paths if len(paths) > 1 else ():
            others = (os.path.relpath(other, project.root) for other in paths if other != path)
            reasons[path] = (
                f"a symbolic link makes it one file with {', '.join(others)}: two modules would change"
            )
    return reasons
