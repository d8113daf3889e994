"""Inner scopes: functions, classes and comprehensions, and what passes from them to the scope around."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from loadstone.source.scanning import dynamic
from loadstone.source.scanning.frames import Frame, gather

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loadstone.source.scanning.scan import Scan, Stack

__all__ = ["class_", "comprehension", "function", "lambda_"]


def function(scan: Scan, frame: Frame, node: ast.FunctionDef | ast.AsyncFunctionDef, stack: Stack) -> None:
    """A definition: its name and signature here, its body in a scope of its own."""
    scan.statement = node
    frame.binds.add(node.name)
    _signature(scan, frame, node)
    _inner_function(scan, frame, node.name, node.args, node.body, getattr(node, "type_params", ()))


def _signature(scan: Scan, frame: Frame, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
    """What a definition evaluates in the scope where it stands: decorators, defaults, annotations."""
    args = node.args
    scan.walk(frame, [*node.decorator_list, *args.defaults, *args.kw_defaults])
    scan.annotations(frame, [*(arg.annotation for arg in _every(args)), node.returns])


def _inner_function(
    scan: Scan, frame: Frame, name: str, args: ast.arguments, body: list[Any], types: Iterable[Any]
) -> None:
    path = f"{frame.path}.{name}" if frame.path else name
    inner = Frame("function", "never" if frame.when == "never" else "later", path, frame)
    inner.binds.update([arg.arg for arg in _every(args)])
    inner.binds.update([one.name for one in types])
    around, scan.forks, scan.guards = (scan.forks, scan.guards), 0, 0
    scan.walk(inner, body)
    scan.forks, scan.guards = around
    _end_function(scan, inner)


def _every(args: ast.arguments) -> list[ast.arg]:
    """Return all parameters."""
    starred = [arg for arg in (args.vararg, args.kwarg) if arg is not None]
    return [*args.posonlyargs, *args.args, *args.kwonlyargs, *starred]


def _end_function(scan: Scan, inner: Frame) -> None:
    free = inner.free(inner.now, inner.later)
    perhaps = inner.free(inner.perhaps)
    for name, node in inner.globals.items():
        if name in inner.binds:
            scan.globals.append((name, node, inner.when))
    outer = inner.parent
    while outer is not None and outer.kind == "class":  # names of a class body are not seen by its functions
        outer = outer.parent
    if outer is not None:
        gather(outer.perhaps if inner.when == "never" else outer.later, free)
        gather(outer.perhaps, perhaps)


def lambda_(scan: Scan, frame: Frame, node: ast.Lambda, stack: Stack) -> None:
    """A lambda: its defaults here, its body in a scope of its own."""
    scan.walk(frame, [*node.args.defaults, *node.args.kw_defaults])
    _inner_function(scan, frame, "<lambda>", node.args, [node.body], ())


def class_(scan: Scan, frame: Frame, node: ast.ClassDef, stack: Stack) -> None:
    """A class: its body runs now, and its names are seen by nobody inside."""
    scan.statement = node
    frame.binds.add(node.name)
    scan.walk(frame, [*node.decorator_list])
    dynamic.class_(scan, frame, node)
    inner = Frame("class", frame.when, f"{frame.path}.{node.name}" if frame.path else node.name, frame)
    inner.binds.update(one.name for one in getattr(node, "type_params", ()))
    scan.walk(inner, [*node.bases, *node.keywords])
    scan.walk(inner, node.body)
    for name, stmt in inner.globals.items():
        if name in inner.binds:
            scan.globals.append((name, stmt, inner.when))
    gather(frame.now, inner.free(inner.now))
    # ``class A: join = join`` reads the outer name, so what a class binds may still be used by it.
    gather(frame.perhaps, inner.now)
    gather(frame.perhaps, inner.perhaps)
    gather(frame.later, inner.later)


def comprehension(scan: Scan, frame: Frame, node: Any, stack: Stack) -> None:
    """A comprehension: its first iterable here, the rest in a scope of its own."""
    inner = Frame("comprehension", frame.when, frame.path, frame)
    scan.walk(frame, [node.generators[0].iter])
    results = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
    for index, part in enumerate(node.generators):
        scan.walk(inner, [part.target, *([part.iter] if index else []), *part.ifs])
    scan.walk(inner, results)
    gather(frame.now, inner.free(inner.now))
    gather(frame.later, inner.free(inner.later))
    gather(frame.perhaps, inner.free(inner.perhaps))
