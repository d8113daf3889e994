"""What commands that read a project say of one that `loadstone fix` has left half written."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from loadstone.fix.unfinished import unfinished

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["mention_unfinished"]


def mention_unfinished(command: str, paths: Sequence[str] = ()) -> None:
    """Say on standard error that the files are half old and half new, if so; nothing is changed by saying it."""
    folder = unfinished(os.path.abspath(next(iter(paths), ".")))
    if folder:
        print(
            f"loadstone {command}: in {folder} loadstone fix was killed while it wrote, or is at work: "
            "some files may be new and some old; loadstone fix finishes what was decided",
            file=sys.stderr,
        )
