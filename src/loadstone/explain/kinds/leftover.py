"""A folder without any Python in it, left over or not filled yet, that was taken for a namespace package."""

from __future__ import annotations

import os
from importlib.machinery import all_suffixes

from loadstone.explain.commands import move, quoted, remove_folder
from loadstone.explain.explanation import Evidence, Explanation, Repair, relative_to
from loadstone.explain.folders import project_root
from loadstone.explain.tables.distributions import DISTRIBUTIONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.explain.failure import Failure

__all__ = ["explain"]

_MOST = 2000  # files and folders that are looked at


def explain(failure: Failure) -> Explanation | None:
    """Return which folder that is, and what is in it; None where it holds modules, or is a regular package."""
    package, name = _wanted(failure)
    if not package or f"{package}.{name}" in DISTRIBUTIONS:
        return None
    folders = _portions(failure, package)
    contents = [_contents(folder) for folder in folders]
    if not folders or None in contents:
        return None
    return _explanation(failure, package, name, folders[0], contents[0] or [])


def _wanted(failure: Failure) -> tuple[str, str]:
    """Return the package and what it was asked for: an attribute, a name or a submodule."""
    owner, attribute = failure.missing_attribute
    if owner is not None:
        return str(owner.__dict__.get("__name__", "")), attribute
    if failure.missing_module:
        return failure.missing_module.rpartition(".")[::2]
    return failure.missing_name


def _portions(failure: Failure, package: str) -> list[str]:
    """Return the folders of a loaded namespace package; none for any other module."""
    names = getattr(failure.state.modules.get(package), "__dict__", {})
    if names.get("__file__") is not None or "__path__" not in names:
        return []
    found = failure.modules.locate(package)
    folders = [folder for folder in names["__path__"] if isinstance(folder, str)]
    return folders if found is not None and found.kind == "namespace" else []


def _contents(folder: str) -> list[str] | None:
    """Return the files below `folder`; None where one of them is a module, or there are too many to tell."""
    files: list[str] = []
    for path in _walk(folder):
        inside = os.path.basename(os.path.dirname(path)) == "__pycache__"
        if len(files) >= _MOST or os.path.islink(path):
            return None
        if path.endswith(tuple(all_suffixes())) and not inside:
            return None
        files.append(path)
    return files


def _walk(folder: str) -> Iterator[str]:
    for where, folders, names in os.walk(folder):
        links = [name for name in folders if os.path.islink(os.path.join(where, name))]
        yield from (os.path.join(where, name) for name in sorted([*names, *links]))


def _explanation(failure: Failure, package: str, name: str, folder: str, files: list[str]) -> Explanation:
    near = relative_to(failure.state.folder, folder)
    summary = f"{package!r} is only the folder {near} here, and there is no Python in it"
    evidence = [Evidence(_holds(folder, files), folder)]
    if failure.at is not None:
        evidence.insert(0, Evidence("", *failure.files.place(failure.at.path, failure.at.line)))
    facts = {"module": package, "name": name, "path": folder, "files": files[:20]}
    repairs = _repairs(failure, package, folder, files)
    return Explanation("empty-namespace", summary, tuple(evidence), repairs, facts, failure.state.folder)


def _holds(folder: str, files: list[str]) -> str:
    if not files:
        return "is empty, and Python takes any folder for a package if nothing else has the name"
    if _is_cache(files):
        gone = sorted({os.path.basename(path).partition(".")[0] + ".py" for path in files})
        return f"holds only what was once compiled, from {', '.join(gone[:3])}"
    first = relative_to(folder, files[0])
    return f"holds {first}" + (f" and {len(files) - 1} more, none of them a module" if files[1:] else "")


def _is_cache(files: list[str]) -> bool:
    return all(os.path.basename(os.path.dirname(path)) == "__pycache__" for path in files)


def _repairs(failure: Failure, package: str, folder: str, files: list[str]) -> tuple[Repair, ...]:
    root = _submodule_of(folder)
    if root:
        where = quoted(relative_to(root, folder))
        inside = (
            "" if root == failure.state.folder else f"-C {quoted(relative_to(failure.state.folder, root))} "
        )
        return (Repair("fetch it: it is a git submodule", f"git {inside}submodule update --init {where}"),)
    if _is_cache(files):
        say = f"remove it; then install {package}, if that is what was meant"
        return (Repair(say, remove_folder(failure.state, folder, empty=not files)),)
    say = f"give the folder another name; then install {package}, if that is what was meant"
    return (Repair(say, move(failure.state, folder, folder + "_files")),)


def _submodule_of(folder: str) -> str:
    """Return the root of the git project of which `folder` is a submodule, or empty."""
    root = project_root(os.path.dirname(folder))
    try:
        with open(os.path.join(root, ".gitmodules"), encoding="utf-8") as file:
            lines = [line.strip().replace(" ", "") for line in file]
    except (OSError, ValueError):
        return ""
    inner = os.path.relpath(folder, root).replace(os.sep, "/")
    return root if any(line == f"path={inner}" for line in lines) else ""
