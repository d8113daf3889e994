"""The installation of one space: locked, filled and described beside the old one, then put in its place."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

from loadstone.declared.installation import MARKER, describe
from loadstone.declared.lock import read_lock, signed
from loadstone.declared.sync.swap import replacing
from loadstone.declared.sync.uv import Uv

if TYPE_CHECKING:
    from collections.abc import Callable

    from loadstone.declared.declaration import Declaration
    from loadstone.declared.sync.syncing import Plan

__all__ = ["install"]

HEADER = """\
# Written by `loadstone space sync {name}` from {source}; commit it, and do not edit it.
"""


def install(wanted: Plan, tick: Callable[[str], None], *, upgrade: bool) -> None:
    """Build the installation, let it take the place of the old one, and only then change the lock."""
    space, uv = wanted.space, Uv(wanted.space, tick)
    pending = f"{space.lock}.new"
    try:
        with replacing(space.folder) as new:
            if wanted.act == "resolve":
                _resolve(space, uv, new, pending, upgrade=upgrade)
            else:
                shutil.copyfile(space.lock, pending)
            _fill(space, uv, new, pending)
        os.replace(pending, space.lock)
    finally:
        with suppress(FileNotFoundError):
            os.remove(pending)


def _resolve(space: Declaration, uv: Uv, folder: str, pending: str, *, upgrade: bool) -> None:
    """Write the lock to `pending`; uv works on files in `folder`, whose names it is particular about."""
    requirements, lock = os.path.join(folder, "requirements.in"), os.path.join(folder, "pylock.toml")
    _write(requirements, "".join(f"{one}\n" for one in space.dependencies))
    if os.path.exists(space.lock) and not upgrade:
        shutil.copyfile(space.lock, lock)
    uv.lock(requirements, lock, upgrade=upgrade)
    header = HEADER.format(name=space.name, source=os.path.basename(space.source))
    _write(pending, signed(header + _read(lock).rstrip("\n") + "\n", space.dependencies))
    os.remove(requirements)
    os.remove(lock)


def _fill(space: Declaration, uv: Uv, folder: str, pending: str) -> None:
    """Install what the lock at `pending` says into `folder`, and describe it there."""
    lock, site = os.path.join(folder, "pylock.toml"), os.path.join(folder, "site-packages")
    shutil.copyfile(pending, lock)
    uv.install(lock, site)
    os.makedirs(site, exist_ok=True)  # where no requirement is for this platform
    os.remove(lock)
    with suppress(FileNotFoundError):
        os.remove(os.path.join(site, ".lock"))  # uv's own
    read = read_lock(space, pending)
    assert read is not None
    _write(os.path.join(folder, MARKER), describe(site, space.dependencies, read.digest).to_json())


def _read(path: str) -> str:
    with open(path, encoding="utf-8") as file:
        return file.read()


def _write(path: str, text: str) -> None:
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
