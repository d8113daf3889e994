"""Simple statements and definitions."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from loadstone.source.acting.exports import export_call, parts
from loadstone.source.acts import Export, Raised, Unbound
from loadstone.source.annotated import annotation_names
from loadstone.source.conditions import dotted, lower
from loadstone.source.scanning import dynamic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.source.acting.reader import Reader
    from loadstone.source.conditions import Test
    from loadstone.source.statements import Statement

__all__ = [
    "annotated",
    "assign",
    "augmented",
    "class_",
    "delete",
    "expression",
    "function",
    "plain",
    "raise_",
    "type_alias",
]


def plain(reader: Reader, node: ast.stmt, statement: Statement) -> None:
    """A statement that binds nothing here: what it reads."""
    reader.reads(statement, node)


def expression(reader: Reader, node: ast.Expr, statement: Statement) -> None:
    """An expression by itself; one that changes `__all__` is that, too."""
    export = export_call(node.value, statement)
    if export and isinstance(node.value, ast.Call):
        reader.reads(statement, *node.value.args)
        reader.export(export)
    else:
        reader.reads(statement, node.value)


def assign(reader: Reader, node: ast.Assign, statement: Statement) -> None:
    """An assignment: its value, then its targets."""
    reader.reads(statement, node.value)
    if any(isinstance(target, ast.Name) and target.id == "__all__" for target in node.targets):
        reader.export(Export("set", parts(node.value), statement))
    value = lower(node.value)
    for target in node.targets:
        _register(reader, target, value, statement)
        reader.targets(target, statement, value)


def _register(reader: Reader, target: ast.expr, value: Test, statement: Statement) -> None:
    """``sys.modules["os.path"] = path`` gives a module one more name."""
    if (
        isinstance(target, ast.Subscript)
        and dotted(target.value) == "sys.modules"
        and isinstance(target.slice, ast.Constant)
        and isinstance(target.slice.value, str)
    ):
        reader.registers.append((target.slice.value, value, statement))


def annotated(reader: Reader, node: ast.AnnAssign, statement: Statement) -> None:
    """An annotated assignment; without a value it binds nothing."""
    reader.annotated |= annotation_names(node, as_text=reader.scan.as_text)
    frame = reader.scan.frame(reader.when)
    reader.scan.annotations(frame, [node.annotation])
    reader.finish(frame, statement)
    if node.value is None:
        return
    reader.reads(statement, node.value)
    if isinstance(node.target, ast.Name) and node.target.id == "__all__":
        reader.export(Export("set", parts(node.value), statement))
    reader.targets(node.target, statement, lower(node.value))


def augmented(reader: Reader, node: ast.AugAssign, statement: Statement) -> None:
    """``x += 1``; to `__all__` it adds names."""
    target = node.target
    if not isinstance(target, ast.Name):
        reader.reads(statement, target, node.value)
    elif target.id == "__all__":
        reader.reads(statement, node.value)
        op = "extend" if isinstance(node.op, ast.Add) else "touch"
        reader.export(Export(op, parts(node.value), statement))
    else:
        reader.reads(statement, ast.copy_location(ast.Name(target.id, ast.Load()), target), node.value)
        reader.bind(target.id, "variable", statement)


def delete(reader: Reader, node: ast.Delete, statement: Statement) -> None:
    """``del``: of names, and of what is only read."""
    for target in _flat(node.targets):
        if isinstance(target, ast.Name):
            reader.acts.append(Unbound(target.id, statement))
        else:
            reader.reads(statement, target)


def raise_(reader: Reader, node: ast.Raise, statement: Statement) -> None:
    """``raise``, by the name of its exception."""
    reader.reads(statement, node.exc, node.cause)
    error = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    reader.acts.append(Raised((dotted(error) if error else None) or "", statement))


def type_alias(reader: Reader, node: Any, statement: Statement) -> None:
    """``type X = ...``: its value is worked out when somebody asks."""
    frame = reader.scan.frame("later")
    reader.scan.walk(frame, [node.value])
    own = {one.name for one in node.type_params}
    reader.scan.uses.update(name.partition(".")[0] for name in frame.now if name not in own)
    reader.bind(node.name.id, "variable", statement)


def function(reader: Reader, node: ast.FunctionDef | ast.AsyncFunctionDef, statement: Statement) -> None:
    """A definition: what it reads and holds, then its name."""
    reader.reads(statement, node)
    reader.bind(node.name, "function", statement)


def class_(reader: Reader, node: ast.ClassDef, statement: Statement) -> None:
    """A class, and the names that a decorator makes of its members."""
    reader.reads(statement, node)
    reader.bind(node.name, "class", statement)
    for name in dynamic.members(node):
        reader.bind(name, "dynamic", statement)


def _flat(targets: list[ast.expr]) -> Iterator[ast.expr]:
    for target in targets:
        if isinstance(target, ast.Tuple | ast.List):
            yield from _flat(target.elts)
        else:
            yield target
