"""What is installed for a space, and whether that is what its declaration and its lock say.

Beside ``site-packages`` in the folder of a space stands ``installed.json``, written last: the requirements and the
digest of the lock that were installed, for which Python, which packages, how many files of how many bytes. A
folder without it was never finished.
"""

from __future__ import annotations

import json
import os
import sys
import sysconfig
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from loadstone.declared.lock import read_lock
from loadstone.errors import LockUnusable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from loadstone.declared.declaration import Declaration

__all__ = ["MARKER", "Installed", "State", "describe", "read_installed", "state_of", "this_python"]

MARKER = "installed.json"

# Written and removed while programs run.
_PASSING = ("__pycache__",)


@dataclass(frozen=True, slots=True)
class Installed:
    """A finished installation."""

    requirements: tuple[str, ...]
    lock: str
    python: str
    packages: Mapping[str, str]
    top: tuple[str, ...]
    files: int
    size: int

    def to_json(self) -> str:
        """Return the text of ``installed.json``."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n"


@dataclass(frozen=True, slots=True)
class State:
    """Whether a space can be used: `kind` is a word for lists, `reason` a sentence.

    The kinds: ``ready``, ``not installed``, ``changed`` (its requirements have), ``outdated`` (its lock is another
    one now), ``damaged``, ``foreign`` (for another Python), ``bad lock``.
    """

    kind: str
    reason: str

    @property
    def ready(self) -> bool:
        """Whether what is installed is what is declared."""
        return self.kind == "ready"

    def __str__(self) -> str:
        return self.reason


def state_of(space: Declaration, *, closely: bool = False) -> State:
    """Return the state of a space; with `closely`, every file is counted, else the top level is looked at."""
    if not space.dependencies:
        return State("ready", "it requires nothing")
    installed = read_installed(space.folder)
    if installed is None:
        marker = os.path.join(space.folder, MARKER)
        if os.path.exists(marker):
            return State("damaged", f"{marker} cannot be read")
        return State("not installed", "it is not installed")
    return (
        _declared_state(space, installed)
        or _locked_state(space, installed)
        or _whole_state(space, installed, closely=closely)
        or State("ready", "it is installed as declared")
    )


def _declared_state(space: Declaration, installed: Installed) -> State | None:
    if installed.requirements != space.dependencies:
        return State("changed", "its requirements have changed since it was installed")
    if installed.python != this_python():
        return State("foreign", f"it is installed for {installed.python}, and this is {this_python()}")
    return None


def _locked_state(space: Declaration, installed: Installed) -> State | None:
    try:
        lock = read_lock(space)
    except LockUnusable as error:
        return State("bad lock", f"{error.path}: {error.reason}")
    if lock is not None and lock.digest != installed.lock:
        return State("outdated", "its lock file has changed since it was installed")
    return None


def _whole_state(space: Declaration, installed: Installed, *, closely: bool) -> State | None:
    missing = _missing(space, installed, closely=closely)
    return State("damaged", missing) if missing else None


def read_installed(folder: str) -> Installed | None:
    """Return what ``installed.json`` says; None where there is none, or none that can be read."""
    try:
        with open(os.path.join(folder, MARKER), encoding="utf-8") as file:
            data = json.load(file)
        return Installed(**{**data, "requirements": tuple(data["requirements"]), "top": tuple(data["top"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def describe(site: str, requirements: tuple[str, ...], lock: str) -> Installed:
    """Return the description of what has just been installed in `site`."""
    from importlib.metadata import distributions

    packages = {one.name: one.version for one in distributions(path=[site])}
    files, size = _count(site)
    return Installed(
        requirements, lock, this_python(), dict(sorted(packages.items())), tuple(_top(site)), files, size
    )


def this_python() -> str:
    """Return the name of what extensions are compiled for: ``cpython-312 linux-x86_64``."""
    return f"{sys.implementation.cache_tag}{getattr(sys, 'abiflags', '')} {sysconfig.get_platform()}"


def _missing(space: Declaration, installed: Installed, *, closely: bool) -> str:
    """Return what has gone from an installation, as a sentence; empty where it is whole."""
    gone = sorted({*installed.top} - {*_top(space.site)})
    if gone:
        return f"{', '.join(gone)} {'is' if len(gone) == 1 else 'are'} missing from {space.site}"
    if closely:
        files, size = _count(space.site)
        if files < installed.files:
            count = installed.files - files
            are = "is" if count == 1 else "are"
            return f"{count} of its {installed.files} files {are} missing from {space.site}"
        # More files are a package's own doing: some write caches beside their modules.
        if files == installed.files and size != installed.size:
            return f"files in {space.site} have been changed"
    return ""


def _top(site: str) -> list[str]:
    try:
        return sorted(name for name in os.listdir(site) if name not in _PASSING)
    except OSError:
        return []


def _count(site: str) -> tuple[int, int]:
    """Return the number of files in a folder and their size in bytes, without bytecode."""
    sizes = list(_sizes(site))
    return len(sizes), sum(sizes)


def _sizes(folder: str) -> Iterator[int]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in _PASSING:
                    yield from _sizes(entry.path)
            else:
                yield entry.stat(follow_symlinks=False).st_size
