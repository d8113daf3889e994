"""Where a module's code reads a name, and whether that happens while the module is being imported."""

from __future__ import annotations

import ast
from dataclasses import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Function", "Use", "uses"]

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Use:
    """One place that reads a name of the module: `when` is "now", "later" or "annotation".

    `function` is the outermost function around it; `node` is None for a name inside a quoted annotation.
    """

    name: str
    when: str
    line: int
    function: Function | None = None
    node: ast.Name | None = None


def uses(body: Iterable[ast.stmt], names: frozenset[str]) -> list[Use]:
    """Return every place in these top-level statements that reads one of `names`."""
    return [use for statement in body for use in _visit(statement, names, "now", None)]


def _visit(node: ast.AST, names: frozenset[str], when: str, function: Function | None) -> Iterator[Use]:
    if isinstance(node, ast.Name):
        if node.id in names and isinstance(node.ctx, ast.Load):
            yield Use(node.id, when, node.lineno, function, node)
    elif isinstance(node, Function | ast.Lambda):
        yield from _function(node, names, when, function)
    elif isinstance(node, ast.AnnAssign):
        yield from _annotation(node.annotation, names, function)
        yield from _all([node.target, node.value], names, when, function)
    else:
        yield from _all(ast.iter_child_nodes(node), names, when, function)


def _all(
    nodes: Iterable[ast.AST | None], names: frozenset[str], when: str, function: Function | None
) -> Iterator[Use]:
    for node in nodes:
        if node is not None:
            yield from _visit(node, names, when, function)


def _function(
    node: Function | ast.Lambda, names: frozenset[str], when: str, function: Function | None
) -> Iterator[Use]:
    """Yield the uses in a function: decorators and defaults run at once, the body when it is called."""
    yield from _all([*node.args.defaults, *node.args.kw_defaults], names, when, function)
    inner = names - _own(node)
    if isinstance(node, ast.Lambda):
        yield from _visit(node.body, inner, "later", function)
        return
    yield from _all(node.decorator_list, names, when, function)
    for annotation in [*(argument.annotation for argument in _arguments(node)), node.returns]:
        yield from _annotation(annotation, names, function)
    yield from _all(node.body, inner, "later", function or node)


def _annotation(node: ast.expr | None, names: frozenset[str], function: Function | None) -> Iterator[Use]:
    if node is None:
        return
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and part.id in names:
            yield Use(part.id, "annotation", part.lineno, function, part)
        elif isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield from (
                Use(name, "annotation", part.lineno, function) for name in _quoted(part.value) & names
            )


def _quoted(text: str) -> set[str]:
    try:
        tree = ast.parse(text, mode="eval")
    except (SyntaxError, ValueError):
        return set()
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def _own(node: Function | ast.Lambda) -> set[str]:
    """Return the names that a function binds itself: there they mean something else."""
    own = {argument.arg for argument in _arguments(node)}
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Load):
            own.add(part.id)
        elif isinstance(part, ast.alias):
            own.add(part.asname or part.name.partition(".")[0])
    return own - {name for part in ast.walk(node) if isinstance(part, ast.Global) for name in part.names}


def _arguments(node: Function | ast.Lambda) -> list[ast.arg]:
    most = node.args
    return [
        arg
        for arg in [*most.posonlyargs, *most.args, most.vararg, *most.kwonlyargs, most.kwarg]
        if arg is not None
    ]
