"""The first import of large packages, from warm bytecode, each in a new process."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks._measure import MILLISECONDS, SOURCE, Result, against, child

if TYPE_CHECKING:
    from collections.abc import Iterator

REQUIREMENTS = ("rich==14.0.0", "jinja2==3.1.6", "sympy==1.13.3")

# What a program that uses the package imports: `import rich` alone loads two small files.
IMPORTS = {
    "rich": ("rich.console", "rich.table", "rich.progress", "rich.markdown", "rich.traceback", "rich.prompt"),
    "jinja2": ("jinja2", "jinja2.sandbox", "jinja2.ext"),
    "sympy": ("sympy",),
}

PREPARED = f"""
import sys, time
sys.path.insert(0, {SOURCE!r})
from loadstone.runtime.space import Space
del sys.path[0]
folder, *names = sys.argv[1:]
"""
NATIVE = """
start = time.process_time()
sys.path.insert(0, folder)
for name in names:
    __import__(name)
print(time.process_time() - start)
"""
OURS = """
start = time.process_time()
space = Space("first", [folder])
for name in names:
    space.import_module(name)
print(time.process_time() - start)
"""


def rows() -> Iterator[Result]:
    """Yield a row for each package; nothing when they cannot be installed, after saying so."""
    folder = _installed()
    if folder is None:
        return
    for package, names in IMPORTS.items():
        yield against(
            f"first import of {package}",
            lambda names=names: child(PREPARED + NATIVE, str(folder), *names),  # type: ignore[misc]
            lambda names=names: child(PREPARED + OURS, str(folder), *names),  # type: ignore[misc]
            unit=MILLISECONDS,
            goal=1.15,
            rounds=15,
        )


def _installed() -> Path | None:
    """Return a folder with the packages, installed into a cache of the benchmark's own; None without network."""
    folder = Path(tempfile.gettempdir(), "loadstone-benchmarks", f"{sys.implementation.cache_tag}-first")
    done = folder / "installed.txt"
    wanted = "\n".join(REQUIREMENTS)
    if done.exists() and done.read_text() == wanted:
        return folder
    print(f"installing {', '.join(REQUIREMENTS)} into {folder}", file=sys.stderr)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.run([*pip, "--upgrade", "--target", str(folder), *REQUIREMENTS], check=False).returncode:
        print(
            "they cannot be installed (is there a network?): first imports are not measured", file=sys.stderr
        )
        return None
    done.write_text(wanted)
    return folder
