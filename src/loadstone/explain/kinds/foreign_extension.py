"""A compiled module that is there, but built for another Python: no import even looks at it."""

from __future__ import annotations

import os
import sys
from importlib.machinery import EXTENSION_SUFFIXES

from loadstone.explain.commands import install, quoted
from loadstone.explain.explanation import Evidence, Explanation, Repair, relative_to
from loadstone.explain.folders import project_root
from loadstone.explain.installed import distribution_of, site_of
from loadstone.explain.state import origin_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from loadstone.explain.failure import Failure

__all__ = ["explain", "interpreter_of"]


def explain(failure: Failure) -> Explanation | None:
    """Return which Python the file is for, and how to get one for this; None where there is no such file."""
    missing = failure.missing_module
    if not missing:
        return None
    parent, _, tail = missing.rpartition(".")
    found = failure.modules.locate(parent) if parent else None
    for folder in found.search if found else () if parent else failure.state.path:
        for path in _foreign(folder, tail):
            return _explanation(failure, missing, path)
    return None


def interpreter_of(file: str) -> str:
    """Return what Python a compiled module's file name says it is for; empty where it does not say.

    ``cpython-39-x86_64-linux-gnu`` is PEP 3149; ``cp39-win_amd64`` is what Windows writes (bpo-22980).
    """
    tag = file.split(".")[1] if file.count(".") > 1 else ""
    for start, kind in (("cpython-", "CPython"), ("cp", "CPython"), ("pypy", "PyPy")):
        digits = tag.removeprefix(start).partition("-")[0] if tag.startswith(start) else ""
        number = digits.rstrip("dmtu")
        if number.isdigit() and len(number) > 1:
            rest = (
                " (free-threaded)"
                if digits.endswith("t")
                else " (debug build)"
                if digits.endswith("d")
                else ""
            )
            return f"{kind} {number[0]}.{number[1:]}{rest}"
    return ""


def _foreign(folder: str, tail: str) -> list[str]:
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return []
    files = [name for name in names if name.startswith(tail + ".") and name.endswith((".so", ".pyd"))]
    return [
        os.path.join(folder, name)
        for name in files
        if name[len(tail) :] not in EXTENSION_SUFFIXES and interpreter_of(name)
    ]


def _explanation(failure: Failure, module: str, path: str) -> Explanation:
    state = failure.state
    file = os.path.basename(path)
    mine = (
        f"{sys.implementation.name.replace('cpython', 'CPython')} {sys.version_info[0]}.{sys.version_info[1]}"
    )
    summary = f"{module!r} is there, but {file} is built for {interpreter_of(file)}, and this is {mine}"
    evidence = (Evidence("", path), Evidence(f"this Python loads {' or '.join(_accepted(module))}"))
    facts = {
        "module": module,
        "path": path,
        "built_for": interpreter_of(file),
        "interpreter": mine,
        "suffixes": EXTENSION_SUFFIXES,
    }
    return Explanation(
        "foreign-extension", summary, evidence, _repairs(failure, module, path), facts, state.folder
    )


def _accepted(module: str) -> list[str]:
    tail = module.rpartition(".")[2]
    return [tail + suffix for suffix in EXTENSION_SUFFIXES]


def _repairs(failure: Failure, module: str, path: str) -> tuple[Repair, ...]:
    state = failure.state
    if origin_of(path) == "installed":
        site = site_of(state.path, path)
        name, version = distribution_of(site, module)
        if not name:
            return ()
        command = install(
            state, f"--force-reinstall --no-deps {quoted(f'{name}=={version}' if version else name)}"
        )
        return (Repair("install it again, for this Python", command),)
    root = project_root(os.path.dirname(path))
    if any(os.path.isfile(os.path.join(root, name)) for name in ("setup.py", "pyproject.toml")):
        shown = quoted(relative_to(state.folder, root) or os.curdir)
        return (Repair("build it again, for this Python", install(state, f"-e {shown}")),)
    return (Repair("build it again with this Python"),)
