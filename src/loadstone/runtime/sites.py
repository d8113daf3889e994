"""Folders of installed packages: their ``.pth`` files, obeyed inside a space."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.runtime.importlib_bootstrap.importer import Importer

__all__ = ["FOLDERS", "add"]

# What Python itself treats as such a folder (the module `site`).
FOLDERS = ("site-packages", "dist-packages")


def add(importer: Importer, folder: str) -> None:
    """Append `folder` to the path and obey its ``.pth`` files, in alphabetical order, as `site.addsitedir`.

    A folder that cannot be listed has none. A line that fails is reported on standard error, and the rest of
    its file is passed over, as `site` does.
    """
    _append(importer, folder)
    for file in _pth_files(folder):
        for number, line in _lines(file):
            try:
                _obey(importer, folder, line)
            except Exception as error:  # noqa: BLE001  # one broken package must not take the space with it
                message = f"Error processing line {number} of {file}: {error!r}; the rest is passed over\n"
                sys.stderr.write(message)
                break


def _append(importer: Importer, entry: str) -> None:
    if entry not in importer.state.path:
        importer.state.path.append(entry)


def _pth_files(folder: str) -> list[str]:
    try:
        names = os.listdir(folder)
    except OSError:
        return []
    return [os.path.join(folder, name) for name in sorted(names) if name.endswith(".pth") and name[0] != "."]


def _lines(file: str) -> Iterator[tuple[int, str]]:
    try:
        with open(file, encoding="utf-8-sig", errors="surrogateescape") as lines:
            text = lines.read()
    except OSError:
        return
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield number, line.rstrip()


def _obey(importer: Importer, folder: str, line: str) -> None:
    """Run an import line in the space, or append the path entry that the line names, if it is there."""
    if line.startswith(("import ", "import\t")):
        importer.execute(line, folder)
        return
    entry = os.path.abspath(os.path.join(folder, line))
    if os.path.exists(entry):
        _append(importer, entry)
