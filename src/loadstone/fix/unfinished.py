"""Whether a `loadstone fix` was killed while it wrote: the folder in which it keeps its work is there still."""

from __future__ import annotations

import os

__all__ = ["FOLDER", "LIST", "unfinished"]

FOLDER = ".loadstone-fix"
LIST = "files.json"
"""In the folder, from the moment of decision until all files are written."""


def unfinished(start: str) -> str:
    """Return the nearest folder, `start` or above it, of which some files are written and some may not; "" if none."""
    folder, above = start, os.path.dirname(start)
    while not os.path.exists(os.path.join(folder, FOLDER, LIST)):
        if above == folder:
            return ""
        folder, above = above, os.path.dirname(above)
    return folder
