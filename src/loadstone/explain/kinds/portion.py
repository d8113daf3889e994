"""A folder that would be part of a namespace package, if there were not a regular package of that name."""

from __future__ import annotations

import ast
import os

from loadstone.explain.commands import remove
from loadstone.explain.explanation import Edit, Evidence, Explanation, Repair, relative_to
from loadstone.explain.state import module_file, origin_of, same_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from loadstone.explain.failure import Failure
    from loadstone.source.project import Location

__all__ = ["explain"]

_EXTEND = '__path__ = __import__("pkgutil").extend_path(__path__, __name__)'


def explain(failure: Failure) -> Explanation | None:
    """Return which `__init__.py` hides which folder; None where no folder of that name has the module.

    Import takes the first regular package of a name, and no folder without `__init__.py` beside it (PEP 420).
    """
    package, tail = _asked(failure)
    live = failure.state.modules.get(package)
    names = getattr(live, "__dict__", {})
    init = module_file(live) if live is not None else ""
    if os.path.basename(init) != "__init__.py" or not isinstance(names.get("__path__"), list):
        return None
    entries = _entries(failure, package)
    found = _part(failure, entries, package, tail)
    if found is None or any(same_file(folder, found.search[0]) for folder in names["__path__"]):
        return None
    return _explanation(failure, entries, f"{package}.{tail}", init, found.search[0])


def _asked(failure: Failure) -> tuple[str, str]:
    """Return the (package, name in it) that is not there; empty texts for another error."""
    missing = failure.missing_module
    if missing:
        package, _, tail = missing.rpartition(".")
        return package, tail
    return failure.missing_name


def _entries(failure: Failure, package: str) -> Sequence[str]:
    """Return the folders in which the package is looked for."""
    above = package.rpartition(".")[0]
    if not above:
        return failure.state.path
    path = getattr(failure.state.modules.get(above), "__dict__", {}).get("__path__", ())
    return [entry for entry in path if isinstance(entry, str)]


def _part(failure: Failure, entries: Sequence[str], package: str, tail: str) -> Location | None:
    """Return the first folder without `__init__.py` that has the module."""
    for entry in entries:
        part = failure.modules.inside([entry], package)
        if part is not None and part.kind == "namespace" and part.search:
            module = failure.modules.inside(part.search, f"{package}.{tail}")
            if module is not None and module.path:
                return part
    return None


def _explanation(failure: Failure, entries: Sequence[str], full: str, init: str, folder: str) -> Explanation:
    package = full.rpartition(".")[0]
    module = failure.modules.inside([folder], full)
    where = module.path if module is not None else None
    shown, near = (relative_to(failure.state.folder, path) for path in (init, folder))
    summary = f"{shown} makes {package} a regular package, so the folder {near} is no part of it"
    evidence = [
        Evidence(f"is imported as {package!r}, and has no {full.rpartition('.')[2]!r}", init),
        Evidence("is there, in a folder that is not looked at", where or folder),
    ]
    facts = {"module": full, "package": package, "path": where, "init": init, "folder": folder}
    if origin_of(init) == "own":
        repairs = _joined(failure, entries, package, init)
    else:
        repairs = _first(failure, entries, init, folder)
    return Explanation(
        "hidden-portion", summary, tuple(evidence), tuple(repairs), facts, failure.state.folder
    )


def _first(failure: Failure, entries: Sequence[str], init: str, folder: str) -> list[Repair]:
    """Return how a folder of the user's wins over an installed package, where it is looked at before that."""
    above, installed = (os.path.dirname(path) for path in (folder, os.path.dirname(init)))
    order = [
        next((i for i, entry in enumerate(entries) if same_file(entry, one)), -1)
        for one in (above, installed)
    ]
    if origin_of(folder) != "own" or not 0 <= order[0] < order[1]:
        return []
    new = relative_to(failure.state.folder, os.path.join(folder, "__init__.py"))
    return [
        Repair(
            f"add {new}, which may be empty: then that folder is the package, since it comes first on the path"
        )
    ]


def _joined(failure: Failure, entries: Sequence[str], package: str, init: str) -> list[Repair]:
    """Return how both folders are found: without a file that does nothing, or with a line in it."""
    source = failure.files.source(init)
    if source is None:
        return []
    shown = relative_to(failure.state.folder, init)
    line = _below_head(source.tree.body)
    extend = Repair(
        f"let it take in the other folders: `{_EXTEND}` in {shown}", edits=(Edit(init, line, "", _EXTEND),)
    )
    if source.tree.body or not _only(failure, entries, package, init):
        return [extend]
    say = f"remove {shown}, in which no code is: then {package} is a namespace package of all its folders"
    return [Repair(say, remove(failure.state, init)), extend]


def _below_head(body: Sequence[ast.stmt]) -> int:
    """Return the first line on which a statement may stand: below the docstring and ``__future__``."""
    line = 1
    for node in body:
        is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if not is_text and not (isinstance(node, ast.ImportFrom) and node.module == "__future__"):
            break
        line = (node.end_lineno or node.lineno) + 1
    return line


def _only(failure: Failure, entries: Sequence[str], package: str, init: str) -> bool:
    """Whether nothing but that file makes the name a regular package or a module."""
    found = [failure.modules.inside([entry], package) for entry in entries]
    return all(one is None or one.kind == "namespace" or same_file(one.path or "", init) for one in found)
