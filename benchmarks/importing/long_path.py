"""A hundred modules, one in every third of three hundred folders.

The last row says how little of native's time is left when it has nothing to search: what loading and executing
the modules costs is in ours too, so that no index can come below it.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks._measure import MILLISECONDS, SOURCE, Result, against, child

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDERS = 300
MODULES = 100
# Files beside the modules, so that a folder is worth reading.
NEIGHBOURS = 8

PREPARED = f"""
import sys, time
sys.path.insert(0, {SOURCE!r})
from loadstone.runtime.space import Space
del sys.path[0]
folders = sys.argv[1:]
names = [f"module_{{number}}" for number in range({MODULES})]
"""
NATIVE = """
sys.path[:0] = folders
start = time.process_time()
for name in names:
    __import__(name)
print(time.process_time() - start)
"""
OURS = """
load = Space("long", folders).define("loading", "load = __import__").load
start = time.process_time()
for name in names:
    load(name)
print(time.process_time() - start)
"""


def rows() -> Iterator[Result]:
    """Yield a row for folders of installed packages, one for the user's own, and one without a long path."""
    with tempfile.TemporaryDirectory() as root:
        for what, below in (("installed", "site-packages"), ("own", "lib")):
            folders = _write(Path(root, what), below)
            yield against(
                f"{MODULES} imports, {FOLDERS} folders on the path: {what}",
                lambda folders=folders: child(PREPARED + NATIVE, *folders),  # type: ignore[misc]
                lambda folders=folders: child(PREPARED + OURS, *folders),  # type: ignore[misc]
                unit=MILLISECONDS,
                goal=0.1,
            )
        together = _together(Path(root, "together"))
        yield against(
            f"{MODULES} imports by native Python: one folder in place of {FOLDERS}",
            lambda: child(PREPARED + NATIVE, *folders),
            lambda: child(PREPARED + NATIVE, together),
            unit=MILLISECONDS,
        )


def _write(root: Path, below: str) -> list[str]:
    folders = [root / f"package{number}" / below for number in range(FOLDERS)]
    for number, folder in enumerate(folders):
        folder.mkdir(parents=True)
        for neighbour in range(NEIGHBOURS):
            (folder / f"neighbour_{number}_{neighbour}.py").write_text("")
        if number % (FOLDERS // MODULES) == 0:
            (folder / f"module_{number * MODULES // FOLDERS}.py").write_text("x = 1\n")
    return [str(folder) for folder in folders]


def _together(folder: Path) -> str:
    folder.mkdir()
    for number in range(MODULES):
        (folder / f"module_{number}.py").write_text("x = 1\n")
    return str(folder)
