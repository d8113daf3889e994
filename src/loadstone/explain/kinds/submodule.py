"""A submodule that is there, and that nothing has imported: its package does not have it as an attribute yet."""

from __future__ import annotations

import os

from loadstone.explain.attributes import dotted_at
from loadstone.explain.explanation import Edit, Evidence, Explanation, Repair
from loadstone.explain.folders import project_root
from loadstone.explain.neighbours import importing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from loadstone.explain.failure import Failure, Frame
    from loadstone.source.statements import Statement

__all__ = ["explain"]


def explain(failure: Failure) -> Explanation | None:
    """Return where the submodule is, and the import to add; None where there is none, or it was taken away."""
    owner, name = failure.missing_attribute
    at = failure.at
    if owner is None or at is None or "__path__" not in owner.__dict__:
        return None
    full = f"{owner.__name__}.{name}"
    found = failure.modules.inside(owner.__dict__["__path__"], full)
    if found is None or found.kind == "namespace" or full in failure.state.modules:
        return None
    return _explanation(failure, at, full, found.path or found.search[0])


def _explanation(failure: Failure, at: Frame, full: str, where: str) -> Explanation:
    package = full.rpartition(".")[0]
    wanted = _deepest(failure, at, full)
    others = _imported_by(failure, at, wanted)
    summary = f"{full} is a module of its own, and nothing has imported it: `import {package}` does not"
    evidence = (
        Evidence(f"needs {full}", *failure.files.place(at.path, at.line)),
        Evidence("is there", where),
        *(
            Evidence("imports it: where that runs first, it works", one.path, one.line, one.text)
            for one in others[:1]
        ),
    )
    facts = {
        "module": full,
        "path": where,
        "import": wanted,
        "imported_by": [f"{s.path}:{s.line}" for s in others],
    }
    repairs = (_add(failure, at, package, wanted),)
    return Explanation("submodule-not-imported", summary, evidence, repairs, facts, failure.state.folder)


def _deepest(failure: Failure, at: Frame, full: str) -> str:
    """Return the longest module name that the line reads: ``xml.etree`` of ``xml.etree.XML``."""
    source = failure.files.source(at.path)
    wanted = full
    for chain in dotted_at(source.tree, at.line) if source else ():
        parts = chain.split(".")
        for count in range(len(parts), 0, -1):
            name = ".".join(parts[:count])
            if name.startswith(wanted + ".") and failure.modules.locate(name) is not None:
                wanted = name
    return wanted


def _add(failure: Failure, at: Frame, package: str, wanted: str) -> Repair:
    """Return the import as a line of its own, below the one that brings the package."""
    for one in failure.files.imports(at.path):
        plain = one.alias is not None and one.alias.asname is None and not one.scope
        if one.module == package and plain:
            line = one.statement.end_line
            edit = Edit(at.path, line + 1, "", f"import {wanted}")
            return Repair(f"add `import {wanted}` after line {line}", edits=(edit,))
    return Repair(f"add `import {wanted}`")


def _imported_by(failure: Failure, at: Frame, wanted: str) -> list[Statement]:
    """Import statements elsewhere in the project that bring the submodule as a side effect."""
    tail = wanted.rpartition(".")[2]
    found = []
    for path in importing(project_root(os.path.dirname(at.path)), tail):
        for one in failure.files.imports(path):
            names = {f"{one.module}.{alias.name}" for alias in one.names}
            if (
                path != at.path
                and not one.level
                and (f"{one.module}.".startswith(wanted + ".") or wanted in names)
            ):
                found.append(one.statement)
    return found
