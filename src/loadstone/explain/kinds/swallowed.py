"""An import that failed unnoticed, under `except ImportError`, and is missed later: None, or not defined."""

from __future__ import annotations

import ast
from types import ModuleType

from loadstone.explain import failing, guards, spot
from loadstone.explain.attributes import dotted
from loadstone.explain.commands import python
from loadstone.explain.explanation import Evidence, Explanation, Repair, relative_to
from loadstone.explain.state import module_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from loadstone.explain.failing import Cause
    from loadstone.explain.failure import Failure
    from loadstone.explain.guards import Guarded

__all__ = ["explain"]

_NONE = "'NoneType' object"


def explain(failure: Failure) -> Explanation | None:
    """Return which import failed, and why; None where what is missing is not what such an import would bring."""
    for path, module, name in _missed(failure):
        at = failure.frames[-1]
        local = at if at.path == path and spot.is_local(at, name) else None
        guarded = guards.find(failure, path, module, name, local)
        if guarded is not None:
            return _explanation(failure, guarded, name)
    return None


def _missed(failure: Failure) -> list[tuple[str, str, str]]:
    """Return each (file, module, name) that may be what a failed import should have brought."""
    error, at = failure.error, failure.at
    owner, name = failure.missing_attribute
    module, wanted = failure.missing_name
    if owner is not None:
        return [(module_file(owner), owner.__name__, name)]
    if module:
        return [(failure.state.file_of(module), module, wanted)]
    if at is None:
        return []
    if isinstance(error, NameError):
        return [(at.path, at.module, error.name)] if isinstance(error.name, str) else []
    return [found for node in _nones(failure) if (found := _home(failure, node))]


def _nones(failure: Failure) -> list[ast.expr]:
    """Return the expression that is None, and should be something else."""
    error = failure.error
    if isinstance(error, AttributeError) and error.obj is None:
        node = spot.asked(failure)
    elif isinstance(error, TypeError) and str(error) == f"{_NONE} is not callable":
        node = spot.called(failure)
    elif isinstance(error, TypeError) and str(error).startswith(_NONE):
        nones = [node for node, value in spot.values(failure) if value is None]
        node = nones[0] if len({dotted(one) for one in nones}) == 1 else None
    else:
        node = None
    return [node] if node is not None and failure.at and spot.value(failure.at, node) is None else []


def _home(failure: Failure, node: ast.expr) -> tuple[str, str, str] | None:
    at = failure.frames[-1]
    if isinstance(node, ast.Name):
        return at.path, at.module, node.id
    if isinstance(node, ast.Attribute):
        owner = spot.value(at, node.value)
        if isinstance(owner, ModuleType):
            return module_file(owner), owner.__name__, node.attr
    return None


def _explanation(failure: Failure, guarded: Guarded, name: str) -> Explanation | None:
    cause = failing.cause(failure, guarded)
    if cause is None:
        return None
    near = f"{relative_to(failure.state.folder, guarded.path)}:{guarded.line}"
    lost = "is None" if guarded.by_none else "is not defined"
    summary = f"{name} {lost}, because `{guarded.text}` failed at {near}, and the failure was passed over: {cause.says}"
    facts = {
        "name": name,
        "module": guarded.target,
        "path": guarded.path,
        "line": guarded.line,
        "cause": cause.kind,
    }
    return Explanation(
        "swallowed-import",
        summary,
        (*_evidence(failure, guarded, name), *cause.evidence),
        _ways(failure, guarded, cause),
        facts,
        failure.state.folder,
    )


def _evidence(failure: Failure, guarded: Guarded, name: str) -> tuple[Evidence, ...]:
    here, caught = failure.frames[-1], failure.files.line(guarded.path, guarded.caught)
    return (
        Evidence(f"needs {name}", *failure.files.place(here.path, here.line)),
        Evidence("fails", guarded.path, guarded.line, guarded.text),
        Evidence("passes that over", guarded.path, guarded.caught, caught),
    )


def _ways(failure: Failure, guarded: Guarded, cause: Cause) -> tuple[Repair, ...]:
    if cause.repairs:
        return cause.repairs
    if cause.kind == "absent":
        return (Repair(f"install what provides {cause.module!r}, for {python(failure.state)}"),)
    return (Repair("see the error itself", f'{python(failure.state)} -c "import {guarded.target}"'),)
