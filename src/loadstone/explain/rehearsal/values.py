"""Expressions of a rehearsal: what they come to, as far as it is known, and what they ask for on the way."""

from __future__ import annotations

import ast
import builtins

from loadstone.explain.rehearsal.world import UNKNOWN, Function, Module, Stumble

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from loadstone.explain.rehearsal.world import Value, World

__all__ = ["ALWAYS", "Values", "arguments", "is_target"]

ALWAYS = frozenset(dir(builtins)) | {
    *(
        "__name__",
        "__file__",
        "__doc__",
        "__package__",
        "__spec__",
        "__loader__",
        "__path__",
        "__annotations__",
    ),
    *("__builtins__", "__class__", "__module__", "__qualname__", "__all__", "__dict__"),
}
_Scope = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


class Values:
    """Evaluates code of `module`; `local` holds the names of the classes and functions around, outermost first."""

    def __init__(
        self, world: World, module: Module, local: Iterable[dict[str, Value]] = (), *, called: bool = False
    ) -> None:
        self.world = world
        self.module = module
        self.local = list(local)
        self.called = called

    def value(self, node: ast.expr | None) -> Value:
        """Return what an expression comes to, as far as it is known."""
        if isinstance(node, ast.Name):
            return self._name(node)
        if isinstance(node, ast.Attribute):
            return self._attribute(node)
        if isinstance(node, ast.Call):
            return self._call(node)
        if isinstance(node, ast.Lambda):
            return Function(node, self.module, tuple(self.local))
        if isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            return self._comprehension(node)
        for child in ast.iter_child_nodes(node) if node is not None else ():
            if isinstance(child, ast.expr):
                self.value(child)
        return UNKNOWN

    def _name(self, node: ast.Name) -> Value:
        for names in reversed(self.local):
            if node.id in names:
                return names[node.id]
        if node.id in self.module.names:
            return self.module.names[node.id]
        if self.module.opaque or node.id in ALWAYS:
            return UNKNOWN
        raise self.stumble("NameError", self.module.name, node.id, node)

    def _attribute(self, node: ast.Attribute) -> Value:
        owner = self.value(node.value)
        if not isinstance(owner, Module) or owner.opaque or node.attr in ALWAYS:
            return UNKNOWN
        if node.attr in owner.names:
            return owner.names[node.attr]
        raise self.stumble("AttributeError", owner.name, node.attr, node)

    def _call(self, node: ast.Call) -> Value:
        function = self.value(node.func)
        for argument in [*node.args, *(keyword.value for keyword in node.keywords)]:
            self.value(argument)
        if isinstance(function, Function) and self.world.enters(function.node):
            self._enter(function)
            self.world.leaves()
        return UNKNOWN

    def _enter(self, function: Function) -> None:
        own: dict[str, Value] = dict.fromkeys(_own(function.node), UNKNOWN)
        inner = type(self)(self.world, function.home, [*function.scopes, own], called=True)
        if isinstance(function.node, ast.Lambda):
            inner.value(function.node.body)
        else:
            inner.run(function.node.body)

    def _comprehension(self, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp) -> Value:
        self.local.append({})
        for part in node.generators:
            self.value(part.iter)
            self._bind(part.target, UNKNOWN)
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                self.value(child)
        self.local.pop()
        return UNKNOWN

    def bind(self, name: str, value: Value) -> None:
        """Bind a name where the code stands: in a class or function, or in the module."""
        (self.local[-1] if self.local else self.module.names)[name] = value

    def _bind(self, target: ast.expr, value: Value) -> None:
        if isinstance(target, ast.Name):
            self.bind(target.id, value)
            return
        for child in ast.iter_child_nodes(target):
            if isinstance(child, ast.expr):
                self._bind(child, UNKNOWN) if is_target(child) else self.value(child)

    def stumble(self, kind: str, module: str, name: str, node: ast.stmt | ast.expr) -> Stumble:
        """Return the error for a name that is not there at `node`."""
        return Stumble(kind, module, name, self.module.path, node.lineno)

    def run(self, body: Iterable[ast.stmt]) -> None:
        """Go through statements; raise Stumble where one would fail."""
        raise NotImplementedError


def is_target(node: ast.expr) -> bool:
    """Return whether the expression is assigned to."""
    return isinstance(getattr(node, "ctx", None), ast.Store)


def arguments(node: ast.arguments) -> list[ast.arg]:
    """Return every parameter."""
    every = [*node.posonlyargs, *node.args, node.vararg, *node.kwonlyargs, node.kwarg]
    return [argument for argument in every if argument is not None]


def _own(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> set[str]:
    """Return the names that a function has of its own, wherever in it they are bound."""
    own = {argument.arg for argument in arguments(node.args)}
    outer: set[str] = set()
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store | ast.Del):
            own.add(part.id)
        elif isinstance(part, _Scope | ast.ExceptHandler):
            own.add(part.name or "")
        elif isinstance(part, ast.Global):
            outer.update(part.names)
    return own - outer
