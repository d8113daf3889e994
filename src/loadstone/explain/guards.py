"""Imports under ``try``, whose failure is passed over: where, and what becomes of the name they would bind."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from loadstone.errors import BadModuleName
from loadstone.explain import spot
from loadstone.names import ModuleName

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.explain.failure import Failure, Frame

__all__ = ["Guarded", "find"]

_CATCH = frozenset({"ImportError", "ModuleNotFoundError", "Exception", "BaseException"})
_HOPS = 5  # modules that pass a name on


@dataclass(frozen=True, slots=True)
class Guarded:
    """The statement `text` at `line`, which imports `target` (or `member` of it); its ``except`` is at `caught`.

    `by_none` tells that the name is None after a failure, and not left unbound.
    """

    path: str
    line: int
    text: str
    target: str
    member: str
    caught: int
    by_none: bool


def find(failure: Failure, path: str, module: str, name: str, frame: Frame | None = None) -> Guarded | None:
    """Return the guarded import that should have bound `name` in the module; None where something else binds it.

    With `frame` it is a name of the function that the frame runs. A name that the module takes from another is
    looked for there.
    """
    for _ in range(_HOPS):
        source = failure.files.source(path) if path else None
        if source is None:
            return None
        package = _package(failure, module)
        found = next(_guarded(source.tree, frame, path, package, name), None)
        if found is not None:
            return found if _fits(source.tree, found, name) else None
        summary = failure.files.summary(path, module, is_package=package == module)
        passed = (
            [one for one in summary.bounds if (one.name, one.how) == (name, "from-import")] if summary else []
        )
        if not passed:
            return None
        module, name = passed[-1].target, passed[-1].member
        path, frame = failure.state.file_of(module) or failure.modules.file(module), None
    return None


def _package(failure: Failure, module: str) -> str:
    names = getattr(failure.state.modules.get(module), "__dict__", {})
    package = names.get("__package__")
    return package if isinstance(package, str) else module.rpartition(".")[0]


def _guarded(tree: ast.Module, frame: Frame | None, path: str, package: str, name: str) -> Iterator[Guarded]:
    for node in spot.scope(tree, frame):
        handler = _handler(node) if isinstance(node, ast.Try) else None
        for statement in node.body if isinstance(node, ast.Try) and handler is not None else ():
            found = _target(statement, package, name)
            if found is not None and handler is not None:
                none = _sets_none([*tree.body, *handler.body], name)
                yield Guarded(path, statement.lineno, ast.unparse(statement), *found, handler.lineno, none)


def _handler(node: ast.Try) -> ast.ExceptHandler | None:
    """Return the handler that a failed import goes to, where it does not raise again."""
    for handler in node.handlers:
        kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
        if any(kind is None or ast.unparse(kind).rpartition(".")[2] in _CATCH for kind in kinds):
            raises = any(isinstance(part, ast.Raise) for part in ast.walk(handler))
            return None if raises else handler
    return None


def _target(node: ast.stmt, package: str, name: str) -> tuple[str, str] | None:
    """Return the (module, member) by which the statement binds the name; None where it does not."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            if (alias.asname or alias.name.partition(".")[0]) == name:
                return alias.name, ""
    if isinstance(node, ast.ImportFrom):
        for alias in node.names:
            if (alias.asname or alias.name) == name:
                return _absolute(node, package), alias.name
    return None


def _absolute(node: ast.ImportFrom, package: str) -> str:
    try:
        return (
            str(ModuleName(package).relative(node.level, node.module or ""))
            if node.level
            else node.module or ""
        )
    except BadModuleName:
        return ""


def _fits(tree: ast.Module, found: Guarded, name: str) -> bool:
    """Whether nothing else in the file gives the name another value, which would be the one that was used."""
    stores = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store | ast.Del)
    ]
    return not stores or found.by_none


def _sets_none(body: list[ast.stmt], name: str) -> bool:
    """Whether these statements set the name to None, and to nothing else."""
    made = [node for node in body if isinstance(node, ast.Assign | ast.AnnAssign)]
    values = [
        node.value
        for node in made
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        for part in ast.walk(target)
        if isinstance(part, ast.Name) and part.id == name
    ]
    return bool(values) and all(isinstance(value, ast.Constant) and value.value is None for value in values)
