"""What a function has of its own: its local names, what it declares global, and what kind of function it is."""

from __future__ import annotations

import ast
from typing import Any

from loadstone.source.scanning.children import push

__all__ = ["own_names", "postponed"]

_Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_SCOPES = frozenset((ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
_LEAVES = frozenset((ast.Constant, ast.Lambda))
_NOTED = frozenset((
    ast.alias, ast.ExceptHandler, ast.MatchAs, ast.MatchStar, ast.MatchMapping, ast.Global, ast.Nonlocal, ast.Yield,
    ast.YieldFrom,
))  # fmt: skip


def own_names(node: _Function) -> tuple[set[str], set[str], str]:
    """Return the local names of a function, those it declares global, and "plain", "generator" or "async"."""
    args = node.args
    every = [*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg, args.kwarg]
    search = _Search({arg.arg for arg in every if arg})
    for part in [node.body] if isinstance(node, ast.Lambda) else node.body:
        search.look(part)
    kind = "async" if isinstance(node, ast.AsyncFunctionDef) else "generator" if search.yields else "plain"
    return search.names - search.outer, search.globals, kind


def postponed(tree: ast.Module) -> bool:
    """Whether the file says ``from __future__ import annotations``."""
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == "__future__"
        and any(alias.name == "annotations" for alias in node.names)
        for node in tree.body
    )


class _Search:
    def __init__(self, names: set[str]) -> None:
        self.names = names
        self.globals: set[str] = set()
        self.outer: set[str] = set()
        self.yields = False

    def look(self, start: ast.AST) -> None:
        waiting = [start]
        while waiting:
            node: Any = waiting.pop()
            kind = node.__class__
            if kind is ast.Name:
                if node.ctx.__class__ is not ast.Load:
                    self.names.add(node.id)
            elif kind in _SCOPES:
                self.names.add(node.name)
            elif kind not in _LEAVES:
                if kind in _NOTED:
                    self.note(node)
                push(waiting, node)

    def note(self, node: ast.AST) -> None:
        match node:
            case ast.alias():
                self.names.add(node.asname or node.name.partition(".")[0])
            case (
                ast.ExceptHandler(name=str(name))
                | ast.MatchAs(name=str(name))
                | ast.MatchStar(name=str(name))
            ):
                self.names.add(name)
            case ast.MatchMapping(rest=str(name)):
                self.names.add(name)
            case ast.Global(names=names):
                self.globals.update(names)
                self.outer.update(names)
            case ast.Nonlocal(names=names):
                self.outer.update(names)
            case ast.Yield() | ast.YieldFrom():
                self.yields = True
