"""Packages from the registry, installed once into a temporary folder."""

from __future__ import annotations

import functools
import subprocess
import sys
import tempfile

__all__ = ["installed"]


_folders: list[tempfile.TemporaryDirectory[str]] = []  # removed when the benchmark ends


@functools.cache
def installed(requirement: str) -> str | None:
    """Return the folder with one package; None, after saying so, where it cannot be installed."""
    kept = tempfile.TemporaryDirectory(prefix="benchmark-")
    _folders.append(kept)
    folder = kept.name
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run(
        [*pip, "--target", folder, requirement], capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(f"{requirement} cannot be installed here: left out", file=sys.stderr)
        return None
    return folder
