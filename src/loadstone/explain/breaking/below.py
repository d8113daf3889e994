"""Bind sooner: the import that closes the loop moves below what the other modules need."""

from __future__ import annotations

import ast

from loadstone.errors import BadModuleName
from loadstone.explain.breaking.trees import shown, statement, text_of
from loadstone.explain.explanation import Edit, Repair

TYPE_CHECKING = False
if TYPE_CHECKING:
    from loadstone.explain.failure import Failure, Frame
    from loadstone.explain.loops import Loop
    from loadstone.source.reading import Source
    from loadstone.source.statements import Import

__all__ = ["ways"]


def ways(failure: Failure, loop: Loop) -> list[Repair]:
    """Return the one move that does it; none where the names are not to be found below."""
    source = failure.files.source(loop.starts.path)
    node = statement(source, loop.starts.line) if source else None
    if source is None or not isinstance(node, ast.Import | ast.ImportFrom):
        return []
    after = _last_needed(failure, source, loop)
    body = source.tree.body
    if after is None or body.index(after) <= body.index(node):
        return []
    text, last = text_of(source, node), after.end_lineno or after.lineno
    edits = (Edit(source.path, node.lineno, text, ""), Edit(source.path, last + 1, "", text))
    return [Repair(f"in {shown(failure, source)}, move line {node.lineno} below line {last}", edits=edits)]


def _last_needed(failure: Failure, source: Source, loop: Loop) -> ast.stmt | None:
    """Return the last statement that binds what the modules of the loop ask for; None if one is not to be found."""
    summary = failure.files.summary(source.path, loop.module, is_package="__path__" in loop.starts.names)
    wanted = {loop.name}
    for frame in loop.frames[1:]:
        wanted |= _taken(failure, frame, loop.module)
    lines = [bound.statement.line for bound in summary.bounds if bound.name in wanted] if summary else []
    known = {bound.name for bound in summary.bounds} if summary else set()
    return statement(source, max(lines)) if lines and wanted <= known else None


def _taken(failure: Failure, frame: Frame, module: str) -> set[str]:
    """Return the names that this frame's file takes from the module while it is imported."""
    taken: set[str] = set()
    for one in failure.files.imports(frame.path):
        if one.when == "import" and not one.star and _target(one, frame) == module:
            taken.update(alias.name for alias in one.names)
    return taken


def _target(one: Import, frame: Frame) -> str:
    try:
        return one.target(frame.package)
    except BadModuleName:
        return ""
