"""A name that is not defined, and that an import would bring."""

from __future__ import annotations

import os

from loadstone.explain.attributes import members_at
from loadstone.explain.breaking.trees import binds
from loadstone.explain.explanation import Edit, Evidence, Explanation, Repair
from loadstone.explain.folders import project_root
from loadstone.explain.neighbours import importing
from loadstone.explain.tables.customary import ALIASES, MEMBERS
from loadstone.explain.tables.moved import BUILTINS
from loadstone.explain.tops import import_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from loadstone.explain.failure import Failure, Frame
    from loadstone.source.reading import Source
    from loadstone.source.statements import Import, Statement

__all__ = ["explain"]


def explain(failure: Failure) -> Explanation | None:
    """Return the import that is missing; None where the file binds the name itself, or nothing importable fits."""
    error, at = failure.error, failure.at
    if not isinstance(error, NameError) or isinstance(error, UnboundLocalError) or at is None:
        return None
    source = failure.files.source(at.path)
    if source is None or not isinstance(error.name, str) or binds(source, error.name):
        return None
    taken = members_at(source.tree, at.line, error.name)
    for line, proof in _candidates(failure, at, error.name, taken):
        return _explanation(failure, at, source, error.name, line, proof)
    return None


def _candidates(
    failure: Failure, at: Frame, name: str, taken: set[str]
) -> list[tuple[str, Statement | None]]:
    """Return the import lines that would bring the name, each checked, with the statement elsewhere that shows it."""
    ways: list[tuple[str, Statement | None]] = []
    if taken and _has_all(failure, name, taken):
        ways.append((f"import {name}", None))
    ways += [(text, one) for text, one in _in_project(failure, at, name, taken)]
    module = ALIASES.get(name, "")
    if taken and module and _has_all(failure, module, taken):
        ways.append((f"import {module} as {name}", None))
    home, _, member = BUILTINS.get(name, f"{MEMBERS.get(name, '')}:{name}").partition(":")
    if home and failure.modules.has(home, member) is True:
        ways.append((f"from {home} import {member}", None))
    return ways


def _has_all(failure: Failure, module: str, members: set[str]) -> bool:
    if not all(part.isidentifier() for part in module.split(".")) or failure.modules.locate(module) is None:
        return False
    found = [failure.modules.has(module, member) for member in members]
    return False not in found and (True in found or module in ALIASES.values())


def _in_project(failure: Failure, at: Frame, name: str, taken: set[str]) -> list[tuple[str, Statement]]:
    """How another file of the project imports that very name, where the import would do here too."""
    for path in importing(project_root(os.path.dirname(at.path)), name):
        for one in failure.files.imports(path) if path != at.path else ():
            text = _line(failure, one, name, taken)
            if text:
                return [(text, one.statement)]
    return []


def _line(failure: Failure, one: Import, name: str, taken: set[str]) -> str:
    if one.level or one.star:
        return ""
    if one.alias is not None and one.alias.bound == name and (one.alias.asname or one.module == name):
        text = f"import {one.alias}"
        return text if _has_all(failure, one.module, taken) else ""
    for alias in one.names:
        if alias.bound == name and failure.modules.has(one.module, alias.name) is True:
            return f"from {one.module} import {alias}"
    return ""


def _explanation(
    failure: Failure, at: Frame, source: Source, name: str, line: str, proof: Statement | None
) -> Explanation:
    place = import_line(source)
    evidence = [Evidence(f"needs {name}", *failure.files.place(at.path, at.line))]
    if proof is not None:
        evidence.append(Evidence("has the import", proof.path, proof.line, proof.text))
    summary = f"{name!r} is not defined in {os.path.basename(at.path)}: nothing there imports it"
    repair = Repair(f"add `{line}` before line {place}", edits=(Edit(at.path, place, "", line),))
    facts = {"name": name, "import": line, "path": at.path, "line": at.line}
    return Explanation("forgotten-import", summary, tuple(evidence), (repair,), facts, failure.state.folder)
