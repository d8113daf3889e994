"""The expression at which a frame stopped, and what the names in it stand for; no code of the user's runs for it."""

from __future__ import annotations

import ast
from types import ModuleType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.explain.failure import Failure, Frame

__all__ = ["ABSENT", "asked", "called", "is_local", "member", "scope", "value", "values"]

ABSENT = object()
"""What `value` returns for an expression that can only be evaluated by running it."""


def called(failure: Failure) -> ast.expr | None:
    """Return what the failing call calls: ``pprint`` of ``pprint([1])``; None where that is not certain."""
    found = [node for node in _stopped(failure) if isinstance(node, ast.Call)]
    return found[0].func if len(found) == 1 else None


def asked(failure: Failure) -> ast.expr | None:
    """Return what the failing expression asks for the missing attribute: ``yaml`` of ``yaml.load``."""
    error = failure.error
    name = error.name if isinstance(error, AttributeError) else None
    found = [node for node in _stopped(failure) if isinstance(node, ast.Attribute) and node.attr == name]
    return found[0].value if len(found) == 1 else None


def values(failure: Failure) -> Iterator[tuple[ast.expr, object]]:
    """Yield the names, dotted too, that the failing statement's line reads, each with what it stands for."""
    at = failure.at
    source = failure.files.source(at.path) if at else None
    if at is None or source is None:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Name | ast.Attribute) and node.lineno <= at.line <= (node.end_lineno or 0):
            yield node, value(at, node)


def value(frame: Frame, node: ast.expr) -> object:
    """Return what a name, or a chain of attributes of modules and classes, stands for now; else ABSENT."""
    if isinstance(node, ast.Attribute):
        return member(value(frame, node.value), node.attr)
    if not isinstance(node, ast.Name):
        return ABSENT
    local = frame.names if frame.function == "<module>" else frame.call.f_locals
    return local[node.id] if node.id in local else frame.names.get(node.id, ABSENT)


def member(owner: object, name: str) -> object:
    """Return the attribute of a module or class as it stands in their dicts; ABSENT for one of anything else."""
    if isinstance(owner, ModuleType):
        return owner.__dict__.get(name, ABSENT)
    for base in type.mro(owner) if isinstance(owner, type) else ():
        if name in base.__dict__:
            return base.__dict__[name]
    return ABSENT


def is_local(frame: Frame, name: str) -> bool:
    """Return whether the name is one of the function's own, and not of its module."""
    return frame.function != "<module>" and name in frame.call.f_locals


def scope(tree: ast.Module, frame: Frame | None) -> Iterator[ast.AST]:
    """Yield the nodes of the code that the frame runs, functions and classes in it left out; None: the module's."""
    waiting: list[ast.AST] = [tree]
    if frame is not None and frame.function != "<module>":
        waiting = [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and node.name == frame.function
            and node.lineno <= frame.line <= (node.end_lineno or node.lineno)
        ]
    for start in waiting[-1:]:
        yield from _within(start)


def _within(start: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(start):
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            yield from _within(node)


def _stopped(failure: Failure) -> list[ast.expr]:
    """Return the expressions that end where the last frame's instruction does: its own, if there is one of a kind.

    The start is no help: for a method call over several lines the compiler moves it.
    """
    at = failure.at
    source = failure.files.source(at.path) if at else None
    if at is None or source is None:
        return []
    line, column = _end(at)
    nodes = [node for node in ast.walk(source.tree) if isinstance(node, ast.expr)]
    if column is None:  # python -X no_debug_ranges
        return [node for node in nodes if node.lineno <= at.line <= (node.end_lineno or node.lineno)]
    return [node for node in nodes if (node.end_lineno, node.end_col_offset) == (line, column)]


def _end(frame: Frame) -> tuple[int | None, int | None]:
    for index, position in enumerate(frame.call.f_code.co_positions()):
        if index == frame.instruction // 2:
            return position[1], position[3]
    return None, None
