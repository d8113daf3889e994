"""Move out: names that themselves need nothing of the loop can live in a module of their own."""

from __future__ import annotations

import ast

from loadstone.explain.breaking.trees import bound_by, statement, text_of
from loadstone.explain.explanation import Edit, Repair

TYPE_CHECKING = False
if TYPE_CHECKING:
    from loadstone.explain.breaking.proof import Proof
    from loadstone.explain.failure import Failure, Frame
    from loadstone.explain.loops import Loop
    from loadstone.source.reading import Source

__all__ = ["ways"]

_NOWHERE = "_a_module_of_its_own"  # stands for the new module in a rehearsal


def ways(failure: Failure, loop: Loop, proof: Proof) -> list[Repair]:
    """Return which names to move: those the end of the loop takes from its start, or the other way round."""
    start, end = loop.starts, loop.ends
    pairs = [(start, end)] if loop.frames[1:] != (end,) else [(start, end), (end, start)]
    for home, other in pairs:
        trial = _trial(failure, home, other)
        if trial is not None and proof.holds(trial):
            return [Repair(trial.say)]
    return []


def _trial(failure: Failure, home: Frame, other: Frame) -> Repair | None:
    """Return the move as edits that leave the new module out: good for a rehearsal only."""
    taking, holding = failure.files.source(other.path), failure.files.source(home.path)
    node = statement(taking, other.line) if taking else None
    if taking is None or holding is None or not isinstance(node, ast.ImportFrom):
        return None
    names = [alias.name for alias in node.names]
    moved = [_alone(failure, holding, home, name) for name in names]
    if None in moved:
        return None
    new = f"from {_NOWHERE} import {', '.join(names)}"
    edits = [Edit(taking.path, node.lineno, text_of(taking, node), new)]
    edits += [Edit(holding.path, one.lineno, text_of(holding, one), new) for one in moved if one is not None]
    what = f"{' and '.join(names)} from {home.module}"
    where = f"a module of {'its' if len(names) == 1 else 'their'} own, which {home.module} and {other.module} import"
    return Repair(f"move {what} into {where}", edits=tuple(edits))


def _alone(failure: Failure, source: Source, frame: Frame, name: str) -> ast.stmt | None:
    """Return the one definition of the name, if it reads nothing else that its file imports or defines."""
    summary = failure.files.summary(frame.path, frame.module, is_package="__path__" in frame.names)
    bounds = [bound for bound in summary.bounds if bound.name == name] if summary else []
    if len(bounds) != 1 or bounds[0].how != "definition":
        return None
    node = statement(source, bounds[0].statement.line)
    return node if node is not None and not _read(node) & _own(source) - {name} else None


def _read(node: ast.stmt) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def _own(source: Source) -> set[str]:
    """Return what the file imports or defines: all that would have to move along."""
    names: set[str] = set()
    for node in source.tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            names |= bound_by(node)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        else:
            names |= {
                n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
            }
    return names
