"""From a syntax tree to the small program that `machine` goes through: what binds, reads, calls and imports.

A program is made of tuples, so that it can be kept with `marshal`: a statement is ``(op, line, ...)``, an expression
``(op, ...)`` or None where nothing in it matters. What each holds stands beside the function that makes it.
"""

from __future__ import annotations

import ast
import sys
from typing import TYPE_CHECKING, Any

from loadstone.source.entering.expressions import export_call, has_items, listed, lower_value
from loadstone.source.entering.scopes import own_names, postponed
from loadstone.source.verdicts import dotted, lower

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["Block", "Expr", "lowered"]

Expr = tuple[Any, ...] | None
Block = tuple[tuple[Any, ...], ...]


def lowered(tree: ast.Module) -> Block:
    """Return the program of a file."""
    return _Lowering(later=sys.version_info >= (3, 14) or postponed(tree)).block(tree.body)


class _Lowering:
    """Lowers one file; `later` is true where its annotations are not evaluated (PEP 563, PEP 649)."""

    def __init__(self, *, later: bool) -> None:
        self.later = later
        self.in_function = False

    def block(self, nodes: Iterable[ast.stmt]) -> Block:
        return tuple(one for node in nodes for one in self.statement(node))

    def statement(self, node: ast.stmt) -> tuple[tuple[Any, ...], ...]:
        lowering = _STATEMENTS.get(type(node))
        return lowering(self, node) if lowering else ()

    # Simple statements.

    def import_(self, node: ast.Import) -> Block:
        """("import", line, module, asname or None), one for each module."""
        return tuple(("import", node.lineno, alias.name, alias.asname) for alias in node.names)

    def from_(self, node: ast.ImportFrom) -> Block:
        """("from", line, module, level, ((name, bound as), ...)); a star is the name ``*``."""
        names = tuple((alias.name, alias.asname or alias.name) for alias in node.names)
        return (("from", node.lineno, node.module or "", node.level, names),)

    def expression(self, node: ast.Expr) -> Block:
        """("expr", line, expression)."""
        export = export_call(node.value)
        if export:
            return (("bind", node.lineno, (("name", "__all__"),), export),)
        value = self.value(node.value)
        return (("expr", node.lineno, value),) if value else ()

    def assign(self, node: ast.Assign) -> Block:
        """("bind", line, targets, expression)."""
        targets = tuple(self.target(target) for target in node.targets)
        return (("bind", node.lineno, targets, listed(node.value) or self.value(node.value)),)

    def annotated(self, node: ast.AnnAssign) -> Block:
        """As an assignment, and then the annotation as an expression where it is evaluated at all."""
        evaluated = not self.later and not self.in_function
        annotation = self.value(node.annotation) if evaluated else None
        first: Block = (("expr", node.lineno, annotation),) if annotation else ()
        if node.value is None:
            return first
        return (("bind", node.lineno, (self.target(node.target),), self.value(node.value)), *first)

    def augmented(self, node: ast.AugAssign) -> Block:
        old = self.value(_loaded(node.target))
        value = _several((old, self.value(node.value)))
        more = listed(node.value)
        if more and isinstance(node.target, ast.Name) and isinstance(node.op, ast.Add):
            value = ("join", old, more)
        return (("bind", node.lineno, (self.target(node.target),), value),)

    def delete(self, node: ast.Delete) -> Block:
        """("del", line, names); other targets are evaluated only."""
        names = tuple(target.id for target in node.targets if isinstance(target, ast.Name))
        return (("del", node.lineno, names),)

    def raise_(self, node: ast.Raise) -> Block:
        """("raise", line, expression, the name of the exception or "")."""
        error = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        name = (dotted(error) or "") if error else ""
        return (("raise", node.lineno, self.value(node.exc), name.rpartition(".")[2]),)

    def return_(self, node: ast.Return) -> Block:
        """("return", line, expression)."""
        return (("return", node.lineno, self.value(node.value)),)

    def leave(self, node: ast.Break | ast.Continue) -> Block:
        """("leave", line): the rest of the loop's body does not run this time."""
        return (("leave", node.lineno),)

    def assert_(self, node: ast.Assert) -> Block:
        value = self.value(node.test)
        return (("expr", node.lineno, value),) if value else ()

    # Definitions.

    def function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Block:
        """("def", line, name, decorators, what else is evaluated, function)."""
        every = [
            *node.args.posonlyargs,
            *node.args.args,
            *node.args.kwonlyargs,
            node.args.vararg,
            node.args.kwarg,
        ]
        hints = [] if self.later else [*(arg.annotation for arg in every if arg), node.returns]
        evaluated = self.values([*node.args.defaults, *node.args.kw_defaults, *hints])
        decorators = tuple(self.value(one) for one in node.decorator_list)
        return (("def", node.lineno, node.name, decorators, evaluated, self.body(node, node.body)),)

    def body(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, body: list[ast.stmt]
    ) -> tuple[Any, ...]:
        """(name, parameters, names of its own, "plain" | "generator" | "async", block) of a function."""
        before, self.in_function = self.in_function, True
        own, globals_, kind = own_names(node)
        arguments = node.args
        names = tuple(arg.arg for arg in (*arguments.posonlyargs, *arguments.args))
        found = (
            getattr(node, "name", "<lambda>"),
            names,
            frozenset(own),
            frozenset(globals_),
            kind,
            self.block(body),
        )
        self.in_function = before
        return found

    def class_(self, node: ast.ClassDef) -> Block:
        """("class", line, name, decorators, bases, ((keyword, expression), ...), block)."""
        before, self.in_function = self.in_function, False
        block = self.block(node.body)
        self.in_function = before
        decorators = tuple(self.value(one) for one in node.decorator_list)
        bases = tuple(self.value(one) for one in node.bases)
        keywords = tuple((one.arg or "", self.value(one.value)) for one in node.keywords)
        return (("class", node.lineno, node.name, decorators, bases, keywords, block),)

    # Compound statements.

    def if_(self, node: ast.If) -> Block:
        """("if", line, test for `verdicts`, expression, block, else block)."""
        test = lower(node.test)
        return (
            ("if", node.lineno, test, self.value(node.test), self.block(node.body), self.block(node.orelse)),
        )

    def for_(self, node: ast.For | ast.AsyncFor) -> Block:
        """("for", line, whether the body surely runs, iterable, target, block, else block)."""
        target, value = self.target(node.target), self.value(node.iter)
        return (
            (
                "for",
                node.lineno,
                has_items(node.iter),
                value,
                target,
                self.block(node.body),
                self.block(node.orelse),
            ),
        )

    def while_(self, node: ast.While) -> Block:
        """("while", line, test, expression, block, else block)."""
        test = lower(node.test)
        return (
            (
                "while",
                node.lineno,
                test,
                self.value(node.test),
                self.block(node.body),
                self.block(node.orelse),
            ),
        )

    def try_(self, node: ast.Try) -> Block:
        """("try", line, block, ((caught names or None, expression, name or None, block), ...), else, finally)."""
        handlers = tuple(
            (_caught(one.type), self.value(one.type), one.name, self.block(one.body)) for one in node.handlers
        )
        parts = self.block(node.body), handlers, self.block(node.orelse), self.block(node.finalbody)
        return (("try", node.lineno, *parts),)

    def with_(self, node: ast.With | ast.AsyncWith) -> Block:
        """("with", line, ((expression, target or None), ...), block, caught names of a suppress(), or None)."""
        items = tuple(
            (self.value(item.context_expr), self.target(item.optional_vars) if item.optional_vars else None)
            for item in node.items
        )
        return (("with", node.lineno, items, self.block(node.body), _suppressed(node)),)

    def match(self, node: ast.Match) -> Block:
        """("match", line, expression, ((captured names, guard, block), ...))."""
        cases = tuple(
            (
                _captures(case.pattern),
                _several((*self.values([case.guard]), *self.pattern(case.pattern))),
                self.block(case.body),
            )
            for case in node.cases
        )
        return (("match", node.lineno, self.value(node.subject), cases),)

    def pattern(self, pattern: ast.pattern) -> tuple[Expr, ...]:
        values = [one for one in ast.walk(pattern) if isinstance(one, ast.expr)]
        return self.values(one for one in values if isinstance(one, ast.Name | ast.Attribute))

    def type_alias(self, node: Any) -> Block:
        """``type X = ...`` evaluates nothing (PEP 695)."""
        return (("bind", node.lineno, (("name", node.name.id),), None),)

    # Targets and expressions.

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
        return ("eval", _several(self.values(ast.iter_child_nodes(node))))

    def value(self, node: ast.AST | None) -> Expr:
        return None if node is None else lower_value(self, node)

    def values(self, nodes: Iterable[ast.AST | None]) -> tuple[Expr, ...]:
        return tuple(value for node in nodes if (value := self.value(node)))


def _several(values: Iterable[Expr]) -> Expr:
    found = tuple(value for value in values if value and value[0] != "const")
    return ("all", found) if found else None


def _loaded(target: ast.expr) -> ast.expr:
    if isinstance(target, ast.Name):
        return ast.copy_location(ast.Name(target.id, ast.Load()), target)
    return target


def _caught(node: ast.expr | None) -> tuple[str, ...] | None:
    if node is None:
        return None
    types = node.elts if isinstance(node, ast.Tuple) else [node]
    return tuple((dotted(one) or "").rpartition(".")[2] for one in types)


def _suppressed(node: ast.With | ast.AsyncWith) -> tuple[str, ...] | None:
    for item in node.items:
        call = item.context_expr
        if isinstance(call, ast.Call) and (dotted(call.func) or "").rpartition(".")[2] == "suppress":
            return tuple((dotted(one) or "").rpartition(".")[2] for one in call.args)
    return None


def _captures(pattern: ast.pattern) -> tuple[str, ...]:
    found = []
    for node in ast.walk(pattern):
        name = node.rest if isinstance(node, ast.MatchMapping) else getattr(node, "name", None)
        if name:
            found.append(name)
    return tuple(found)


_STATEMENTS: dict[type[ast.stmt], Callable[[_Lowering, Any], Block]] = {
    ast.Import: _Lowering.import_,
    ast.ImportFrom: _Lowering.from_,
    ast.Expr: _Lowering.expression,
    ast.Assign: _Lowering.assign,
    ast.AnnAssign: _Lowering.annotated,
    ast.AugAssign: _Lowering.augmented,
    ast.Delete: _Lowering.delete,
    ast.Raise: _Lowering.raise_,
    ast.Return: _Lowering.return_,
    ast.Break: _Lowering.leave,
    ast.Continue: _Lowering.leave,
    ast.Assert: _Lowering.assert_,
    ast.FunctionDef: _Lowering.function,
    ast.AsyncFunctionDef: _Lowering.function,
    ast.ClassDef: _Lowering.class_,
    ast.If: _Lowering.if_,
    ast.For: _Lowering.for_,
    ast.AsyncFor: _Lowering.for_,
    ast.While: _Lowering.while_,
    ast.Try: _Lowering.try_,
    ast.TryStar: _Lowering.try_,
    ast.With: _Lowering.with_,
    ast.AsyncWith: _Lowering.with_,
    ast.Match: _Lowering.match,
}
if hasattr(ast, "TypeAlias"):  # Python 3.12
    _STATEMENTS[ast.TypeAlias] = _Lowering.type_alias
