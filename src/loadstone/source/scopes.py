"""Which scope a name belongs to at one line of a file: local, enclosing, class, global or builtin."""

from __future__ import annotations

import ast
import builtins
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from loadstone.source.statements import statement_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from loadstone.source.reading import Source
    from loadstone.source.statements import Statement

__all__ = ["Place", "scope_of"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a name is looked up and found.

    `scope` is "local", "enclosing", "class", "global", "builtin", or "unbound" where nothing in sight binds it. `where`
    is the dotted path of the function or class that binds it, empty for the module. `statements` are those of
    that scope which bind it, in the order of the text (a parameter is bound by its ``def``). `certain` is false
    where a star import of the module may bring a name that nothing else binds: `statements` are those stars then.
    """

    name: str
    scope: str
    where: str
    statements: tuple[Statement, ...]
    certain: bool = True

    def __str__(self) -> str:
        by = f", bound by {self.statements[-1]}" if self.statements else ""
        inside = f" of {self.where}" if self.where else ""
        return f"{self.name}: {self.scope}{inside}{by}"


def scope_of(source: Source, line: int, name: str) -> Place:
    """Return the scope of `name` as code on `line` reads it.

    If the name stands on that line, it is looked up from there; otherwise from the innermost function or class
    around the line. A line outside the file is taken as module level.
    """
    table = _Table(source.tree)
    scope = table.scope_at(line, name)
    return _place(source, name, scope, table.owner(scope, name))


class _Scope:
    """One scope: what it binds, with the statements, and the names it declares to be others'."""

    def __init__(self, kind: str, name: str, node: ast.AST | None, parent: _Scope | None) -> None:
        self.kind = kind
        self.parent = parent
        self.path: str = ".".join(part for part in (parent.path if parent else "", name) if part)
        self.lines = (getattr(node, "lineno", 0), getattr(node, "end_lineno", None) or 1 << 60)
        self.binds: dict[str, list[ast.stmt]] = {}
        self.declared: dict[str, str] = {}
        self.stars: list[ast.stmt] = []

    def bind(self, name: str, statement: ast.stmt) -> None:
        """Note that a statement binds the name in this scope."""
        self.binds.setdefault(name, []).append(statement)

    def outward(self) -> Iterable[_Scope]:
        """Yield this scope and those around it."""
        scope: _Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.parent


class _Table:
    """The scopes of a file. The walk keeps its own stack: an expression may be deeper than Python's."""

    def __init__(self, tree: ast.Module) -> None:
        self.module = _Scope("module", "", None, None)
        self.scopes = [self.module]
        # (line, name) to the scope in which that name stands there; the first on the line counts.
        self.occurrences: dict[tuple[int, str], _Scope] = {}
        self.stack: list[tuple[ast.AST, _Scope, ast.stmt]] = []
        for node in reversed(tree.body):
            self.stack.append((node, self.module, node))
        while self.stack:
            self.visit(*self.stack.pop())
        for scope in self.scopes:
            self.give_away(scope)

    def scope_at(self, line: int, name: str) -> _Scope:
        """Return the scope in which code on the line would read the name."""
        found = self.occurrences.get((line, name))
        if found:
            return found
        around = [one for one in self.scopes if one.lines[0] <= line <= one.lines[1] and one.kind in _BLOCKS]
        return around[-1] if around else self.module

    def owner(self, scope: _Scope, name: str) -> _Scope | None:
        """Return the scope that binds the name as `scope` reads it; None where none does."""
        for one in scope.outward():
            if one.declared.get(name) == "global":
                return self.module
            if name in one.binds and (one is scope or one.kind != "class" or scope.kind == "types"):
                return one  # a function does not see what the class around it binds
        return None

    def _declared_owner(self, scope: _Scope, name: str) -> _Scope:
        around = scope.parent if scope.declared[name] == "nonlocal" else None
        while around is not None and (around.kind == "class" or name not in around.binds):
            around = around.parent
        return around or self.module

    # Walking.

    def visit(self, node: ast.AST, scope: _Scope, statement: ast.stmt) -> None:
        """Take one node: note what it binds, and put its parts on the stack, each with its scope."""
        if isinstance(node, ast.stmt):
            statement = node
        special = _SPECIAL.get(type(node))
        if special is None:
            self.push(ast.iter_child_nodes(node), scope, statement)
        else:
            special(self, node, scope, statement)

    def push(self, nodes: Iterable[ast.AST | None], scope: _Scope, statement: ast.stmt) -> None:
        """Put nodes on the stack so that the first is taken first."""
        self.stack.extend((node, scope, statement) for node in reversed([*nodes]) if node is not None)

    def open(self, kind: str, name: str, node: ast.AST, parent: _Scope) -> _Scope:
        """Return a new scope inside `parent`."""
        scope = _Scope(kind, name, node, parent)
        self.scopes.append(scope)
        return scope

    def meet(self, node: Any, name: str, scope: _Scope) -> None:
        """Note that the name stands in the line of the node."""
        self.occurrences.setdefault((node.lineno, name), scope)

    def name(self, node: ast.Name, scope: _Scope, statement: ast.stmt) -> None:
        """Take a name: read, bound or deleted."""
        self.meet(node, node.id, scope)
        if not isinstance(node.ctx, ast.Load):
            scope.bind(node.id, statement)

    def walrus(self, node: ast.NamedExpr, scope: _Scope, statement: ast.stmt) -> None:
        """A walrus binds outside the comprehensions around it."""
        self.meet(node.target, node.target.id, scope)
        target = next(one for one in scope.outward() if one.kind != "comprehension")
        target.bind(node.target.id, statement)
        self.push([node.value], scope, statement)

    def function(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef, scope: _Scope, statement: ast.stmt
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

    def parameters(self, args: ast.arguments, inner: _Scope, statement: ast.stmt) -> None:
        """Bind the parameters of a function."""
        for arg in _arguments(args):
            inner.bind(arg.arg, statement)
            self.meet(arg, arg.arg, inner)

    def types(self, node: Any, scope: _Scope) -> _Scope:
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

    def lambda_(self, node: ast.Lambda, scope: _Scope, statement: ast.stmt) -> None:
        """A lambda: its defaults are outside."""
        self.push([*node.args.defaults, *node.args.kw_defaults], scope, statement)
        inner = self.open("function", "<lambda>", node, scope)
        self.parameters(node.args, inner, statement)
        self.push([node.body], inner, statement)

    def class_(self, node: ast.ClassDef, scope: _Scope, statement: ast.stmt) -> None:
        """A class: its bases are outside its body."""
        scope.bind(node.name, node)
        self.meet(node, node.name, scope)
        around = self.types(node, scope)
        self.push(node.decorator_list, scope, statement)
        self.push([*node.bases, *node.keywords], around, statement)
        self.push(node.body, self.open("class", node.name, node, around), statement)

    def alias(self, node: Any, scope: _Scope, statement: ast.stmt) -> None:
        """``type X[T] = ...``: the value sees the type parameters."""
        self.push([node.name], scope, statement)
        self.push([node.value], self.types(node, scope), statement)

    def comprehension(self, node: Any, scope: _Scope, statement: ast.stmt) -> None:
        """A comprehension: its first iterable is outside."""
        inner = self.open("comprehension", "", node, scope)
        first, *rest = node.generators
        self.push([first.iter], scope, statement)
        results = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        self.push([first.target, *first.ifs, *rest, *results], inner, statement)

    def import_(self, node: ast.Import | ast.ImportFrom, scope: _Scope, statement: ast.stmt) -> None:
        """An import binds its names, or, as a star, names that are not written there."""
        for alias in node.names:
            if alias.name == "*":
                scope.stars.append(node)
            else:
                bound = alias.asname or alias.name.partition(".")[0]
                scope.bind(bound, node)
                self.meet(alias, bound, scope)

    def declaration(self, node: ast.Global | ast.Nonlocal, scope: _Scope, statement: ast.stmt) -> None:
        """``global x`` and ``nonlocal x`` stand for the whole scope."""
        kind = "global" if isinstance(node, ast.Global) else "nonlocal"
        for name in node.names:
            scope.declared[name] = kind
            self.meet(node, name, scope)

    def give_away(self, scope: _Scope) -> None:
        """What a scope binds under a declaration belongs to the module, or to the function around."""
        for name in scope.declared.keys() & scope.binds.keys():
            owner = self._declared_owner(scope, name)
            owner.binds.setdefault(name, []).extend(scope.binds.pop(name))

    def capture(self, node: Any, scope: _Scope, statement: ast.stmt) -> None:
        """``case ... as x``, ``except ... as x``."""
        name = node.rest if isinstance(node, ast.MatchMapping) else node.name
        if name:
            scope.bind(name, statement)
            self.meet(node, name, scope)
        self.push(ast.iter_child_nodes(node), scope, statement)


_BLOCKS = frozenset(("function", "class"))
_SPECIAL: dict[type[ast.AST], Callable[[_Table, Any, _Scope, ast.stmt], None]] = {
    ast.Name: _Table.name,
    ast.NamedExpr: _Table.walrus,
    ast.FunctionDef: _Table.function,
    ast.AsyncFunctionDef: _Table.function,
    ast.Lambda: _Table.lambda_,
    ast.ClassDef: _Table.class_,
    ast.ListComp: _Table.comprehension,
    ast.SetComp: _Table.comprehension,
    ast.DictComp: _Table.comprehension,
    ast.GeneratorExp: _Table.comprehension,
    ast.Import: _Table.import_,
    ast.ImportFrom: _Table.import_,
    ast.Global: _Table.declaration,
    ast.Nonlocal: _Table.declaration,
    ast.ExceptHandler: _Table.capture,
    ast.MatchAs: _Table.capture,
    ast.MatchStar: _Table.capture,
    ast.MatchMapping: _Table.capture,
}
if hasattr(ast, "TypeAlias"):  # Python 3.12
    _SPECIAL[ast.TypeAlias] = _Table.alias


def _arguments(args: ast.arguments) -> list[ast.arg]:
    every = [*args.posonlyargs, *args.args, args.vararg, *args.kwonlyargs, args.kwarg]
    return [arg for arg in every if arg is not None]


def _place(source: Source, name: str, scope: _Scope, owner: _Scope | None) -> Place:
    if owner is not None and name in owner.binds:
        statements = tuple(statement_at(source, node) for node in owner.binds[name])
        return Place(name, _relation(scope, owner), owner.path, statements)
    stars = next((one.stars for one in scope.outward() if one.kind == "module"), [])
    if stars:
        kind = "builtin" if hasattr(builtins, name) else "global"
        return Place(name, kind, "", tuple(statement_at(source, node) for node in stars), certain=False)
    return Place(name, "builtin" if hasattr(builtins, name) else "unbound", "", ())


def _relation(scope: _Scope, owner: _Scope) -> str:
    if owner.kind == "module":
        return "global"
    if owner.kind == "class":
        return "class"
    inside = scope is owner or all(one.kind == "comprehension" for one in _between(scope, owner))
    return "local" if inside else "enclosing"


def _between(scope: _Scope, owner: _Scope) -> list[_Scope]:
    found: list[_Scope] = []
    for one in scope.outward():
        if one is owner:
            return found
        found.append(one)
    return found
