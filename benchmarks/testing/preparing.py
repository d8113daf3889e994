"""Makes the folder of a suite: its source with the tests, and an environment that has what they need."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.compatible.installing import Unavailable, installer
from benchmarks.testing.table import PYTEST

if TYPE_CHECKING:
    from benchmarks.testing.table import Suite

__all__ = ["Unavailable", "prepared", "python"]

ROOT = Path(__file__).parent.parent.parent


def prepared(suite: Suite) -> Path:
    """Return a folder with `source` and `venv`, made on the first call; raise Unavailable."""
    folder = Path(tempfile.gettempdir(), "loadstone-benchmarks", sys.implementation.cache_tag or "")
    folder /= f"{suite.distribution}-{suite.version}"
    done = folder / "prepared.txt"
    wanted = " ".join(_installed(suite))
    if not done.exists() or done.read_text() != wanted:
        print(f"downloading and installing {suite} into {folder}", file=sys.stderr)
        folder.mkdir(parents=True, exist_ok=True)
        _unpack(suite, folder)
        _install(suite, folder)
        done.write_text(wanted)
    return folder


def python(folder: Path) -> Path:
    """Return the interpreter of a folder's environment."""
    return folder / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _installed(suite: Suite) -> tuple[str, ...]:
    return (PYTEST, suite.requirement, *suite.needs, "--editable", str(ROOT))


def _unpack(suite: Suite, folder: Path) -> None:
    source = folder / "source"
    if source.exists():
        return
    if suite.repository is not None:
        branch = f"--branch=v{suite.version}"
        _call(["git", "clone", "--quiet", "--depth=1", branch, suite.repository, str(source)])
        return
    sdist = [f"--no-binary={suite.distribution}", f"--dest={folder}", suite.requirement]
    _call([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", *sdist])
    with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
        archive.extractall(folder, filter="data")
    next(folder.glob(f"{suite.distribution}-*/")).rename(source)


def _install(suite: Suite, folder: Path) -> None:
    _call([sys.executable, "-m", "venv", "--clear", "--without-pip", str(folder / "venv")])
    _call([*installer(str(python(folder))), *_installed(suite)])


def _call(command: list[str]) -> None:
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["no message"]
        raise Unavailable(f"{' '.join(command[:4])} ...: {lines[-1]}")
