"""All scopes of a file, found in one walk."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from loadstone.source.scoping.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["Table"]


class Table:
    """The scopes of a file. The walk keeps its own stack: an expression may be deeper than Python's."""

    def __init__(self, tree: ast.Module) -> None:
        self.module = Scope("module", "", None, None)
        self.scopes = [self.module]
        # (line, name) to the scope in which that name stands there; the first on the line counts.
        self.occurrences: dict[tuple[int, str], Scope] = {}
        self.stack: list[tuple[ast.AST, Scope, ast.stmt]] = []
        for node in reversed(tree.body):
            self.stack.append((node, self.module, node))
        while self.stack:
            self.visit(*self.stack.pop())
        for scope in self.scopes:
            self.give_away(scope)

    def scope_at(self, line: int, name: str) -> Scope:
        """Return the scope in which code on the line would read the name."""
        found = self.occurrences.get((line, name))
        if found:
            return found
        around = [one for one in self.scopes if one.lines[0] <= line <= one.lines[1] and one.kind in _BLOCKS]
        return around[-1] if around else self.module

    def owner(self, scope: Scope, name: str) -> Scope | None:
        """Return the scope that binds the name as `scope` reads it; None where none does."""
        for one in scope.outward():
            if one.declared.get(name) == "global":
                return self.module
            if name in one.binds and (one is scope or one.kind != "class" or scope.kind == "types"):
                return one  # a function does not see what the class around it binds
        return None

    def _declared_owner(self, scope: Scope, name: str) -> Scope:
        around = scope.parent if scope.declared[name] == "nonlocal" else None
        while around is not None and (around.kind == "class" or name not in around.binds):
            around = around.parent
        return around or self.module

    # Walking.

    def visit(self, node: ast.AST, scope: Scope, statement: ast.stmt) -> None:
        """Take one node: note what it binds, and put its parts on the stack, each with its scope."""
        if isinstance(node, ast.stmt):
            statement = node
        special = _SPECIAL.get(type(node))
        if special is None:
            self.push(ast.iter_child_nodes(node), scope, statement)
        else:
            special(self, node, scope, statement)

    def push(self, nodes: Iterable[ast.AST | None], scope: Scope, statement: ast.stmt) -> None:
        """Put nodes on the stack so that the first is taken first."""
        self.stack.extend((node, scope, statement) for node in reversed([*nodes]) if node is not None)

    def open(self, kind: str, name: str, node: ast.AST, parent: Scope) -> Scope:
        """Return a new scope inside `parent`."""
        scope = Scope(kind, name, node, parent)
        self.scopes.append(scope)
        return scope

    def meet(self, node: Any, name: str, scope: Scope) -> None:
        """Note that the name stands in the line of the node."""
        self.occurrences.setdefault((node.lineno, name), scope)

    def name(self, node: ast.Name, scope: Scope, statement: ast.stmt) -> None:
        """Take a name: read, bound or deleted."""
        self.meet(node, node.id, scope)
        if not isinstance(node.ctx, ast.Load):
            scope.bind(node.id, statement)

    def walrus(self, node: ast.NamedExpr, scope: Scope, statement: ast.stmt) -> None:
        """A walrus binds outside the comprehensions around it."""
        self.meet(node.target, node.target.id, scope)
        target = next(one for one in scope.outward() if one.kind != "comprehension")
        target.bind(node.target.id, statement)
        self.push([node.value], scope, statement)

    def function(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope, statement: ast.stmt
    ) -> None:
        """A definition: its name, decorators and defaults are outside, its parameters and body inside."""
        scope.bind(node.name, node)
        self.meet(node, node.name, scope)
        args = node.args
        self.push([*node.decorator_list, *args.defaults, *args.kw_defaults], scope, statement)
        around = self.types(node, scope)
        inner = self.open("function", node.name, node, around)
        self.push([*(arg.annotation for arg in _arguments(args)), node.returns], around, statement)
        self.parameters(args, inner, statement)
        self.push(node.body, inner, statement)

    def parameters(self, args: ast.arguments, inner: Scope, statement: ast.stmt) -> None:
        """Bind the parameters of a function."""
        for arg in _arguments(args):
            inner.bind(arg.arg, statement)
            self.meet(arg, arg.arg, inner)

    def types(self, node: Any, scope: Scope) -> Scope:
        """Return the scope of type parameters (PEP 695), which sees the names of a class around it."""
        parameters = getattr(node, "type_params", None)
        if not parameters:
            return scope
        inner = self.open("types", "", node, scope)
        for one in parameters:
            inner.bind(one.name, node)
            self.meet(one, one.name, inner)
            self.push(ast.iter_child_nodes(one), inner, node)
        return inner

    def lambda_(self, node: ast.Lambda, scope: Scope, statement: ast.stmt) -> None:
        """A lambda: its defaults are outside."""
        self.push([*node.args.defaults, *node.args.kw_defaults], scope, statement)
        inner = self.open("function", "<lambda>", node, scope)
        self.parameters(node.args, inner, statement)
        self.push([node.body], inner, statement)

    def class_(self, node: ast.ClassDef, scope: Scope, statement: ast.stmt) -> None:
        """A class: its bases are outside its body."""
        scope.bind(node.name, node)
        self.meet(node, node.name, scope)
        around = self.types(node, scope)
        self.push(node.decorator_list, scope, statement)
        self.push([*node.bases, *node.keywords], around, statement)
        self.push(node.body, self.open("class", node.name, node, around), statement)

    def alias(self, node: Any, scope: Scope, statement: ast.stmt) -> None:
        """``type X[T] = ...``: the value sees the type parameters."""
        self.push([node.name], scope, statement)
        self.push([node.value], self.types(node, scope), statement)

    def comprehension(self, node: Any, scope: Scope, statement: ast.stmt) -> None:
        """A comprehension: its first iterable is outside."""
        inner = self.open("comprehension", "", node, scope)
        first, *rest = node.generators
        self.push([first.iter], scope, statement)
        results = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        self.push([first.target, *first.ifs, *rest, *results], inner, statement)

    def import_(self, node: ast.Import | ast.ImportFrom, scope: Scope, statement: ast.stmt) -> None:
        """An import binds its names, or, as a star, names that are not written there."""
        for alias in node.names:
            if alias.name == "*":
                scope.stars.append(node)
            else:
                bound = alias.asname or alias.name.partition(".")[0]
                scope.bind(bound, node)
                self.meet(alias, bound, scope)

    def declaration(self, node: ast.Global | ast.Nonlocal, scope: Scope, statement: ast.stmt) -> None:
        """``global x`` and ``nonlocal x`` stand for the whole scope."""
        kind = "global" if isinstance(node, ast.Global) else "nonlocal"
        for name in node.names:
            scope.declared[name] = kind
            self.meet(node, name, scope)

    def give_away(self, scope: Scope) -> None:
        """What a scope binds under a declaration belongs to the module, or to the function around."""
        for name in scope.declared.keys() & scope.binds.keys():
            owner = self._declared_owner(scope, name)
            owner.binds.setdefault(name, []).extend(scope.binds.pop(name))

    def capture(self, node: Any, scope: Scope, statement: ast.stmt) -> None:
        """``case ... as x``, ``except ... as x``."""
        name = node.rest if isinstance(node, ast.MatchMapping) else node.name
        if name:
            scope.bind(name, statement)
            self.meet(node, name, scope)
        self.push(ast.iter_child_nodes(node), scope, statement)


_BLOCKS = frozenset(("function", "class"))
_SPECIAL: dict[type[ast.AST], Callable[[Table, Any, Scope, ast.stmt], None]] = {
    ast.Name: Table.name,
    ast.NamedExpr: Table.walrus,
    ast.FunctionDef: Table.function,
    ast.AsyncFunctionDef: Table.function,
    ast.Lambda: Table.lambda_,
    ast.ClassDef: Table.class_,
    ast.ListComp: Table.comprehension,
    ast.SetComp: Table.comprehension,
    ast.DictComp: Table.comprehension,
    ast.GeneratorExp: Table.comprehension,
    ast.Import: Table.import_,
    ast.ImportFrom: Table.import_,
    ast.Global: Table.declaration,
    ast.Nonlocal: Table.declaration,
    ast.ExceptHandler: Table.capture,
    ast.MatchAs: Table.capture,
    ast.MatchStar: Table.capture,
    ast.MatchMapping: Table.capture,
}
if hasattr(ast, "TypeAlias"):  # Python 3.12
    _SPECIAL[ast.TypeAlias] = Table.alias


def _arguments(args: ast.arguments) -> list[ast.arg]:
    every = [*args.posonlyargs, *args.args, args.vararg, *args.kwonlyargs, args.kwarg]
    return [arg for arg in every if arg is not None]
