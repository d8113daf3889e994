"""A world with one package in it: as a space, as a subinterpreter, as a process of its own, through torch.package."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from benchmarks._measure import Result, Unit, against
from benchmarks.spacing import torch_package
from benchmarks.spacing.packages import installed
from loadstone.runtime.space import Space

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MILLISECONDS = Unit("ms", 1e3)


@dataclass(frozen=True, slots=True)
class Package:
    """What is installed and imported; `tops` are the packages that come with it."""

    requirement: str
    module: str
    tops: tuple[str, ...]

    def __str__(self) -> str:
        return self.tops[0]


PACKAGES = (
    Package("click==8.1.8", "click", ("click",)),
    Package("rich==13.9.4", "rich.console", ("rich", "pygments", "markdown_it", "mdurl")),
)


def rows() -> Iterator[Result]:
    """Yield how long it takes to open a world and import a package in it, beside each peer that this Python has."""
    for package in PACKAGES:
        folder = installed(package.requirement)
        if folder is not None:
            yield from _beside(package, folder)


def _beside(package: Package, folder: str) -> Iterator[Result]:
    program = f"import sys; sys.path.insert(0, {folder!r}); import {package.module}"
    process = partial(subprocess.run, [sys.executable, "-c", program], check=True)
    yield _row(package, folder, "a process", process)
    interpreters = _interpreters()
    if interpreters is not None:
        yield _row(package, folder, "a subinterpreter", partial(_in_interpreter, interpreters, program))
    with tempfile.TemporaryDirectory() as made:
        importer = torch_package.importer(package, folder, made)
        if importer is not None:
            yield _row(package, folder, "torch.package", lambda: importer().import_module(package.module))


def _row(package: Package, folder: str, peer: str, act: Callable[[], object]) -> Result:
    theirs = partial(_timed, act)
    ours = partial(_timed, lambda: Space("peer", [folder]).import_module(package.module))
    return against(f"a space with {package} / {peer}", theirs, ours, unit=MILLISECONDS, goal=1.0, rounds=7)


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _interpreters() -> Any:
    """Return the module that makes interpreters, under the name it has in this Python; None where it has none."""
    for name in ("_interpreters", "_xxsubinterpreters"):
        try:
            return __import__(name)
        except ImportError:
            continue
    return None


def _in_interpreter(interpreters: Any, program: str) -> None:
    made = interpreters.create()
    try:
        run = interpreters.exec if hasattr(interpreters, "exec") else interpreters.run_string
        run(made, program)
    finally:
        interpreters.destroy(made)
