"""From a syntax tree to the small program that `machine` goes through: what binds, reads, calls and imports.

A program is made of tuples, so that it can be kept with `marshal`: a statement is ``(op, line, ...)``, an expression
``(op, ...)`` or None where nothing in it matters. What each holds stands beside the function that makes it.

Few functions are called while their module is imported: a program has only their headers, and their bodies are
lowered together when the first function of the file is called.
"""

from __future__ import annotations

import ast
import sys
from typing import TYPE_CHECKING, Any

from loadstone.source.entering.lowering import compound, simple
from loadstone.source.entering.lowering.expressions import lower_value, several
from loadstone.source.entering.lowering.scopes import own_names, postponed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["Block", "Body", "Expr", "Lowering", "functions", "lowered"]

Expr = tuple[Any, ...] | None
Block = tuple[tuple[Any, ...], ...]
Body = tuple[frozenset[str], frozenset[str], str, Block]
"""Of a function: its own names, those it declares global, "plain", "generator" or "async", and its statements."""


def lowered(tree: ast.Module) -> Block:
    """Return the program of a file, without the bodies of its functions."""
    return _lowering(tree, None).block(tree.body)


def functions(tree: ast.Module) -> dict[tuple[int, int], Body]:
    """Return the bodies of all functions of a file, by the line and column where each stands."""
    found: dict[tuple[int, int], Body] = {}
    _lowering(tree, found).block(tree.body)
    return found


def _lowering(tree: ast.Module, bodies: dict[tuple[int, int], Body] | None) -> Lowering:
    return Lowering(bodies, later=sys.version_info >= (3, 14) or postponed(tree))


class Lowering:
    """Lowers one file; `later` is true where its annotations are not evaluated (PEP 563, PEP 649).

    The bodies of functions are lowered into `bodies`, if there is such a place for them.
    """

    def __init__(self, bodies: dict[tuple[int, int], Body] | None, *, later: bool) -> None:
        self.bodies = bodies
        self.later = later
        self.in_function = False

    def block(self, nodes: Iterable[ast.stmt]) -> Block:
        """Return the statements of a block."""
        found: list[tuple[Any, ...]] = []
        for node in nodes:
            lower = _STATEMENTS.get(type(node))
            found.extend(lower(self, node) if lower else ())
        return tuple(found)

    def function(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, body: list[ast.stmt]
    ) -> tuple[Any, ...]:
        """(name, parameters, (line, column)) of a function."""
        place = node.lineno, node.col_offset
        if self.bodies is not None:
            before, self.in_function = self.in_function, True
            own, globals_, kind = own_names(node)
            self.bodies[place] = frozenset(own), frozenset(globals_), kind, self.block(body)
            self.in_function = before
        names = tuple(arg.arg for arg in (*node.args.posonlyargs, *node.args.args))
        return getattr(node, "name", "<lambda>"), names, place

    def target(self, node: ast.expr) -> tuple[Any, ...]:
        """("name", name), ("attr", expression, attribute), ("parts", targets) or ("eval", expression)."""
        if isinstance(node, ast.Name):
            return ("name", node.id)
        if isinstance(node, ast.Attribute):
            return ("attr", self.value(node.value), node.attr)
        if isinstance(node, ast.Tuple | ast.List):
            return ("parts", tuple(self.target(one) for one in node.elts))
        if isinstance(node, ast.Starred):
            return self.target(node.value)
        return ("eval", several(self.values(ast.iter_child_nodes(node))))

    def value(self, node: ast.AST | None) -> Expr:
        """Return an expression."""
        return None if node is None else lower_value(self, node)

    def values(self, nodes: Iterable[ast.AST | None]) -> tuple[Expr, ...]:
        """Return those expressions in which something matters."""
        return tuple(value for node in nodes if (value := self.value(node)))


_STATEMENTS: dict[type[ast.stmt], Callable[[Lowering, Any], Block]] = {
    ast.Import: simple.import_,
    ast.ImportFrom: simple.from_,
    ast.Expr: simple.expression,
    ast.Assign: simple.assign,
    ast.AnnAssign: simple.annotated,
    ast.AugAssign: simple.augmented,
    ast.Delete: simple.delete,
    ast.Raise: simple.raise_,
    ast.Return: simple.return_,
    ast.Break: simple.leave,
    ast.Continue: simple.leave,
    ast.Assert: simple.assert_,
    ast.FunctionDef: compound.function,
    ast.AsyncFunctionDef: compound.function,
    ast.ClassDef: compound.class_,
    ast.If: compound.if_,
    ast.For: compound.for_,
    ast.AsyncFor: compound.for_,
    ast.While: compound.while_,
    ast.Try: compound.try_,
    ast.TryStar: compound.try_,
    ast.With: compound.with_,
    ast.AsyncWith: compound.with_,
    ast.Match: compound.match,
}
if hasattr(ast, "TypeAlias"):  # Python 3.12
    _STATEMENTS[ast.TypeAlias] = simple.type_alias
