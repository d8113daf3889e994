"""A package in an archive of torch.package, which imports it under a name of its own (``<torch_package_0>.click``)."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.spacing.peers import Package

__all__ = ["importer"]

# In a process of its own: what is packed is imported for it.
PACK = """
import sys
folder, archive, module, *tops = sys.argv[1:]
sys.path.insert(0, folder)
from torch.package import PackageExporter
with PackageExporter(archive) as exporter:
    exporter.intern([f"{top}.**" for top in tops])
    exporter.extern("**")
    exporter.save_module(module)
"""


def importer(package: Package, folder: str, made: str) -> Callable[[], Any] | None:
    """Return what opens an archive of `package`, made in the folder `made`; None, after saying so, where it cannot.

    torch is imported here, once, and so is no part of what is timed then.
    """
    archive = str(Path(made, f"{package}.pt"))
    command = [sys.executable, "-c", PACK, folder, archive, package.module, *package.tops]
    try:
        from torch.package import PackageImporter  # type: ignore[import-not-found]

        subprocess.run(command, capture_output=True, text=True, check=True)
        opened = partial(PackageImporter, archive)
        opened().import_module(package.module)
    except subprocess.CalledProcessError as problem:
        said = problem.stderr
    except Exception as problem:  # noqa: BLE001  # whatever torch, or the package in it, raises
        said = f"{type(problem).__name__}: {problem}"
    else:
        return opened
    print(f"{package} through torch.package: left out: {said.strip().splitlines()[-1]}", file=sys.stderr)
    return None
