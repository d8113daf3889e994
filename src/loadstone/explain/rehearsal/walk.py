"""One module's statements, gone through in order."""

from __future__ import annotations

import ast
import builtins

from loadstone.errors import BadModuleName
from loadstone.explain.rehearsal.world import UNKNOWN, Function, Module, Stumble
from loadstone.names import ModuleName

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from loadstone.explain.rehearsal.world import Value, World

__all__ = ["Walk"]

_ALWAYS = frozenset(dir(builtins)) | {
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


class Walk:
    """Goes through code of `module`; `local` holds the names of the classes and functions around, outermost first."""

    def __init__(
        self, world: World, module: Module, local: Iterable[dict[str, Value]] = (), *, called: bool = False
    ) -> None:
        self.world = world
        self.module = module
        self.local = list(local)
        self.called = called

    def run(self, body: Iterable[ast.stmt]) -> None:
        """Go through statements; raise Stumble where one would fail."""
        for node in body:
            self.world.step()
            visit = getattr(self, "_" + type(node).__name__.lower(), None)
            if visit is not None:
                visit(node)
            else:
                self._parts(node)

    def _parts(self, node: ast.AST) -> None:
        """Loops, ``with``, ``match``, assignments: what is in them, once, in the order of the text."""
        values = [
            child
            for child in ast.iter_child_nodes(node)
            if isinstance(child, ast.expr) and not _is_target(child)
        ]
        for value in values:
            self.value(value)
        if isinstance(node, ast.MatchAs | ast.MatchStar) and node.name:
            self.bind(node.name, UNKNOWN)
        for target in ast.iter_child_nodes(node):
            if isinstance(target, ast.expr) and _is_target(target):
                self._bind(target, UNKNOWN)
            elif not isinstance(target, ast.expr | ast.stmt):
                self._parts(target)
        self.run(child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt))

    def _import(self, node: ast.Import) -> None:
        for alias in node.names:
            module = self.world.load(alias.name)
            top = self.world.load(alias.name.partition(".")[0])
            self.bind(alias.asname or top.name, module if alias.asname else top)

    def _importfrom(self, node: ast.ImportFrom) -> None:
        try:
            name = (
                ModuleName(self.module.package).relative(node.level, node.module or "")
                if node.level
                else node.module
            )
        except BadModuleName:
            raise self.stumble("ImportError", self.module.package, node.module or "", node) from None
        source = self.world.load(str(name))
        for alias in node.names:
            if alias.name == "*":
                self._star(source)
            else:
                self.bind(alias.asname or alias.name, self._member(source, alias.name, node))

    def _star(self, source: Module) -> None:
        if source.opaque:
            self.module.opaque = True
        for name, value in list(source.names.items()):
            if not name.startswith("_"):
                self.bind(name, value)

    def _member(self, source: Module, name: str, node: ast.stmt) -> Value:
        if name in source.names:
            return source.names[name]
        found = self.world.submodule(source, name)
        if found is not None:
            return found
        if source.opaque or name in _ALWAYS:
            return UNKNOWN
        raise self.stumble("ImportError", source.name, name, node)

    def _functiondef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        for value in [*node.decorator_list, *node.args.defaults, *node.args.kw_defaults]:
            self.value(value)
        if not self.module.postponed:
            for one in [*_arguments(node.args), node]:
                self.value(
                    one.returns if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) else one.annotation
                )
        self.bind(
            node.name, UNKNOWN if node.decorator_list else Function(node, self.module, tuple(self.local))
        )

    _asyncfunctiondef = _functiondef

    def _classdef(self, node: ast.ClassDef) -> None:
        for value in [*node.decorator_list, *node.bases, *(keyword.value for keyword in node.keywords)]:
            self.value(value)
        self.local.append({})
        self.run(node.body)
        made = self.local.pop().get("__init__", UNKNOWN)
        self.bind(node.name, made if isinstance(made, Function) else UNKNOWN)

    def _annassign(self, node: ast.AnnAssign) -> None:
        if not self.module.postponed and not self.called:
            self.value(node.annotation)
        if node.value is not None:
            self._bind(node.target, self.value(node.value))

    def _assign(self, node: ast.Assign) -> None:
        value = self.value(node.value)
        for target in node.targets:
            self._bind(target, value)

    def _if(self, node: ast.If) -> None:
        told = self._decided(node.test)
        self.value(node.test)
        if told is not False:
            self.run(node.body)
        if told is not True:
            self.run(node.orelse)

    def _decided(self, test: ast.expr) -> bool | None:
        text = ast.unparse(test)
        if text in {"TYPE_CHECKING", "typing.TYPE_CHECKING"}:
            return False
        if text in {"__name__ == '__main__'", "'__main__' == __name__"}:
            return self.module.name == "__main__"
        return None

    def _try(self, node: ast.Try) -> None:
        try:
            self.run(node.body)
        except Stumble:
            if not node.handlers:
                raise
        else:
            self.run(node.orelse)
        for handler in node.handlers:
            if handler.name:
                self.bind(handler.name, UNKNOWN)
            self.run(handler.body)
        self.run(node.finalbody)

    _trystar = _try

    def _delete(self, node: ast.Delete) -> None:
        for target in node.targets:
            if isinstance(target, ast.Name):
                (self.local[-1] if self.local else self.module.names).pop(target.id, None)

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
        if self.module.opaque or node.id in _ALWAYS:
            return UNKNOWN
        raise self.stumble("NameError", self.module.name, node.id, node)

    def _attribute(self, node: ast.Attribute) -> Value:
        owner = self.value(node.value)
        if not isinstance(owner, Module) or owner.opaque or node.attr in _ALWAYS:
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
        inner = Walk(self.world, function.home, [*function.scopes, own], called=True)
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
                self._bind(child, UNKNOWN) if _is_target(child) else self.value(child)

    def stumble(self, kind: str, module: str, name: str, node: ast.stmt | ast.expr) -> Stumble:
        """Return the error for a name that is not there at `node`."""
        return Stumble(kind, module, name, self.module.path, node.lineno)


def _is_target(node: ast.expr) -> bool:
    return isinstance(getattr(node, "ctx", None), ast.Store)


def _arguments(node: ast.arguments) -> list[ast.arg]:
    every = [*node.posonlyargs, *node.args, node.vararg, *node.kwonlyargs, node.kwarg]
    return [argument for argument in every if argument is not None]


def _own(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> set[str]:
    """Return the names that a function has of its own, wherever in it they are bound."""
    own = {argument.arg for argument in _arguments(node.args)}
    outer: set[str] = set()
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store | ast.Del):
            own.add(part.id)
        elif isinstance(part, _Scope | ast.ExceptHandler):
            own.add(part.name or "")
        elif isinstance(part, ast.Global):
            outer.update(part.names)
    return own - outer
