"""The released projects that are checked, fetched once into the temporary folder and unpacked."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import NamedTuple

__all__ = ["PROJECTS", "Project", "unpacked"]


class Project(NamedTuple):
    """A distribution, its version, the package in it, and a file of it that is edited."""

    name: str
    version: str
    package: str
    edited: str

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


PROJECTS = (
    Project("django", "5.2.19", "django", "django/http/response.py"),
    Project("sympy", "1.14.0", "sympy", "sympy/solvers/solvers.py"),
    Project("pandas", "3.1.1", "pandas", "pandas/core/reshape/melt.py"),
    Project("apache-airflow-core", "3.3.2", "airflow", "airflow/models/dagrun.py"),
)


def unpacked(project: Project, into: str) -> str:
    """Return a fresh folder with the package; raise SystemExit where it cannot be fetched."""
    wheel = _wheel(project)
    folder = os.path.join(into, project.name)
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def _wheel(project: Project) -> Path:
    kept = Path(tempfile.gettempdir()) / "loadstone-benchmarks" / f"{project.name}-{project.version}"
    if not list(kept.glob("*.whl")):
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "-q"]
        done = subprocess.run(
            [*command, "-d", str(kept), f"{project.name}=={project.version}"],
            check=False,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise SystemExit(f"{project} cannot be downloaded:\n{done.stderr}")
    return next(kept.glob("*.whl"))
