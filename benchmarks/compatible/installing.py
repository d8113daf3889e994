"""Installs the versions of a row, each into a folder of its own, once."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.compatible.rows import Row

__all__ = ["Unavailable", "installed", "installer"]

SECONDS = 300


class Unavailable(Exception):
    """A version that this interpreter cannot have: none of its alternatives could be installed."""


def installed(row: Row) -> list[str]:
    """Return a folder for each version of `row`, installed now if need be; raise Unavailable."""
    return [_version(row, alternatives) for alternatives in row.versions]


def installer(python: str) -> list[str]:
    """Return the command that installs for `python`: uv's where there is one, else pip's.

    Both copy extension files, so that no two spaces share one.
    """
    beside = Path(sys.executable).with_name("uv")
    uv = str(beside) if beside.exists() else shutil.which("uv")
    if uv is not None:
        return [uv, "pip", "install", "--quiet", "--link-mode=copy", "--python", python]
    pip = [sys.executable, "-m", "pip", "--python", python]
    return [*pip, "install", "--quiet", "--disable-pip-version-check"]


def _version(row: Row, alternatives: tuple[str, ...]) -> str:
    said = "it is for older ones"
    for requirements in filter(None, map(_suiting, alternatives)):
        folder = _root() / re.sub("[^a-z0-9.=]+", "-", requirements)
        said = "" if folder.is_dir() else _install(requirements.split(), folder, source=row.source)
        if not said:
            return str(folder)
    raise Unavailable(f"{alternatives[-1].split()[0]} cannot be installed: {said}")


def _suiting(requirements: str) -> str:
    """Return the requirements without the newest interpreter they end with; nothing where this one is newer."""
    bare, _, newest = requirements.partition(" @3.")
    return bare if not newest or sys.version_info[1] <= int(newest) else ""


def _root() -> Path:
    return Path(
        tempfile.gettempdir(), "loadstone-benchmarks", sys.implementation.cache_tag or "", "compatibility"
    )


def _install(requirements: list[str], folder: Path, *, source: bool) -> str:
    """Install into a new folder, which is there afterwards if all went well; return the installer's last words."""
    half = folder.with_name(folder.name + ".half")
    shutil.rmtree(half, ignore_errors=True)
    half.parent.mkdir(parents=True, exist_ok=True)
    command = [*installer(sys.executable), "--target", str(half), *requirements]
    said = _called([*command, "--only-binary", ":all:"])
    if said and source:
        said = _called(command)
    if not said:
        half.rename(folder)
    shutil.rmtree(half, ignore_errors=True)
    return said


def _called(command: list[str]) -> str:
    constraints = _root() / "build.txt"
    constraints.write_text("cython<3\n")  # what old sources were written for, and do not say
    environment = {**os.environ, "PIP_CONSTRAINT": str(constraints), "UV_BUILD_CONSTRAINT": str(constraints)}
    try:
        done = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
            timeout=SECONDS,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return f"not within {SECONDS} seconds"
    lines = done.stderr.strip().splitlines() or ["no message"]
    return lines[-1].strip() if done.returncode else ""
