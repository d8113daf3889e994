"""A file imported by its path whose suffix names no kind of module: `spec_from_file_location` returns None."""

from __future__ import annotations

import ast
import os
from importlib.machinery import all_suffixes

from loadstone.explain import spot
from loadstone.explain.attributes import dotted
from loadstone.explain.explanation import Edit, Evidence, Explanation, Repair, relative_to
from loadstone.explain.tops import import_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.explain.failure import Failure, Frame

__all__ = ["explain"]

_MAKES = "spec_from_file_location"
_OF_A_SPEC = ("loader", "name", "origin", "submodule_search_locations", "parent", "cached", "has_location")


def explain(failure: Failure) -> Explanation | None:
    """Return the call that gave None, and why; None where the path is not known, or its suffix is fine."""
    error, at = failure.error, failure.at
    if (
        not isinstance(error, AttributeError)
        or error.obj is not None
        or error.name not in _OF_A_SPEC
        or at is None
    ):
        return None
    for call in _calls(failure, at):
        path = _argument(at, call, 1, "location")
        if isinstance(path, str) and not _has_loader(call) and not path.endswith(tuple(all_suffixes())):
            return _explanation(failure, at, call, path)
    return None


def _calls(failure: Failure, at: Frame) -> Iterator[ast.Call]:
    """Yield the calls that made the spec which is None now: of the same function or module, above the line."""
    source = failure.files.source(at.path)
    nodes = spot.scope(source.tree, at) if source else ()
    names = {
        dotted(node) for node, value in spot.values(failure) if value is None and isinstance(node, ast.Name)
    }
    for node in nodes:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and node.lineno <= at.line:
            targets = {dotted(target) for target in node.targets}
            if names & targets and dotted(node.value.func).rpartition(".")[2] == _MAKES:
                yield node.value


def _argument(at: Frame, call: ast.Call, place: int, keyword: str) -> object:
    """Return the value of one argument as it stands now: a literal, or a name that is a text or a path."""
    given = [one.value for one in call.keywords if one.arg == keyword] or call.args[place : place + 1]
    if not given:
        return None
    value = given[0].value if isinstance(given[0], ast.Constant) else spot.value(at, given[0])
    if isinstance(value, os.PathLike) and type(value).__module__.partition(".")[0] == "pathlib":
        return os.fspath(value)
    return value


def _has_loader(call: ast.Call) -> bool:
    return any(one.arg in {"loader", None} for one in call.keywords)


def _explanation(failure: Failure, at: Frame, call: ast.Call, path: str) -> Explanation:
    suffix = os.path.splitext(path)[1]
    whole = os.path.join(failure.state.folder, path)
    why = f"its suffix {suffix!r} is that of no module" if suffix else "it has no suffix"
    shown = relative_to(failure.state.folder, whole)
    summary = f"{_MAKES} gave None for {shown}: {why}, so no loader is chosen for it"
    evidence = [
        Evidence("gave None", *failure.files.place(at.path, call.lineno)),
        Evidence("", *failure.files.place(at.path, at.line)),
    ]
    if not os.path.exists(whole):
        evidence.append(Evidence("is not there", whole))
    facts = {"path": whole, "suffix": suffix, "line": call.lineno}
    repairs = (_with_loader(failure, at, call), Repair(f"call the file {os.path.splitext(shown)[0]}.py"))
    return Explanation("wrong-suffix", summary, tuple(evidence), repairs, facts, failure.state.folder)


def _with_loader(failure: Failure, at: Frame, call: ast.Call) -> Repair:
    """Name the loader, which is chosen by the suffix otherwise."""
    source = failure.files.source(at.path)
    name, where = [ast.get_source_segment(source.text, one) for one in call.args[:2]] if source else ["", ""]
    loader = f"loader=importlib.machinery.SourceFileLoader({name}, {where})"
    new = f"{dotted(call.func)}({name}, {where}, {loader})"
    edits = failure.files.replaced(at.path, call, new)
    if source is None or not edits or len(call.args) != len(("name", "location")):
        return Repair(f"name the loader: `{new}`")
    first = Edit(at.path, import_line(source), "", "import importlib.machinery")
    return Repair(f"name the loader: `{new}`", edits=(*edits, first))
