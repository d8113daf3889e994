"""Scanning the whole standard library of the running Python for what acts: ``python -m loadstone.runtime.grafts.scan``.

It imports every module, which takes seconds, so it is not done at run time: `table` keeps the names that were
found on each version of Python, and a test holds it against a new scan.
"""

from __future__ import annotations

import importlib
import os
import sys
import textwrap
import warnings

from loadstone.runtime.grafts.criterion import SEEDS
from loadstone.runtime.grafts.reach import Reach
from loadstone.runtime.grafts.table import ACTING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from types import ModuleType

__all__ = ["rows", "scan"]

# Whole programs, tests, and modules that do something when they are imported.
_PASSED_OVER = {
    "__phello__", "antigravity", "ensurepip", "idlelib", "lib2to3", "pydoc_data", "test", "this", "tkinter",
    "turtle", "turtledemo", "venv", "_pyrepl", "distutils", "site",
}  # fmt: skip
# The import system itself.
_IMPORT_SYSTEM = {"sys", "builtins", "importlib._bootstrap", "importlib._bootstrap_external"}

_WIDTH = 110  # of a line of code


def scan() -> dict[str, dict[str, str]]:
    """Return what acts in each module that has anything, with its reason: ``{"timeit": {"Timer": "exec"}}``."""
    acting = dict(SEEDS)
    found = {module.__name__: Reach(module, acting) for module in _modules()}
    changed = True
    while changed:
        changed = False
        for name, reach in found.items():
            reach.close()
            if reach.acts and acting.get(name) != reach.acts.keys():
                acting[name] = frozenset(reach.acts)
                changed = True
    return {name: reach.acts for name, reach in found.items() if reach.acts}


def _modules() -> Iterator[ModuleType]:
    for name in sorted(set(_names())):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                module = importlib.import_module(name)
        except ImportError:
            continue  # of another platform, or not built
        if module.__name__ == name and name not in _IMPORT_SYSTEM:
            yield module


def _names() -> Iterator[str]:
    folder = os.path.dirname(os.__file__)
    yield from (name for name in sys.stdlib_module_names if name not in _PASSED_OVER)
    for root, folders, files in os.walk(folder):
        package = os.path.relpath(root, folder).split(os.sep)
        if package == ["."]:
            folders[:] = [name for name in folders if name in sys.stdlib_module_names - _PASSED_OVER]
            continue
        folders[:] = [name for name in folders if name not in ("__pycache__", "tests", "test")]
        for file in files:
            if file.endswith(".py") and file not in ("__init__.py", "__main__.py"):
                yield ".".join([*package, file.removesuffix(".py")])
        yield ".".join(package)


def rows(found: Mapping[str, Iterable[str]]) -> str:
    """Return the lines of `table` for what was found, together with what it has already from other versions."""
    merged = {name: {*ACTING.get(name, ()), *found.get(name, ())} for name in {*ACTING, *found}}
    return "\n".join(_row(name, merged[name]) for name in sorted(merged) if _is_listed(name, merged[name]))


def _is_listed(name: str, acts: set[str]) -> bool:
    return bool(acts - SEEDS.get(name, frozenset()))


def _row(name: str, acts: set[str]) -> str:
    row = f'    "{name}": "{" ".join(sorted(acts))}",'
    if len(row) <= _WIDTH:
        return row
    words = textwrap.wrap(" ".join(sorted(acts)), _WIDTH - 12)
    lines = [f'        "{line} "' for line in words[:-1]] + [f'        "{words[-1]}"']
    return "\n".join([f'    "{name}": (', *lines, "    ),"])


def main() -> None:
    """Print what acts, a line for each name; with ``--table`` the rows of `table`."""
    found = scan()
    if "--table" in sys.argv:
        print(rows(found))
        return
    for module, acts in sorted(found.items()):
        for name, reason in sorted(acts.items()):
            print(f"{module}.{name}: {reason}")


if __name__ == "__main__":
    main()
