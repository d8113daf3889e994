"""One module's statements, gone through in order."""

from __future__ import annotations

import ast

from loadstone.errors import BadModuleName
from loadstone.explain.rehearsal.values import ALWAYS, Values, arguments, is_target
from loadstone.explain.rehearsal.world import UNKNOWN, Function, Module, Stumble
from loadstone.names import ModuleName
from loadstone.source.conditions import lower
from loadstone.source.verdicts import UNKNOWN as UNDECIDED
from loadstone.source.verdicts import known, verdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from loadstone.explain.rehearsal.world import Value

__all__ = ["Walk"]


class Walk(Values):
    """Goes through the statements of a module, of a class, or of a function that is called."""

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
            if isinstance(child, ast.expr) and not is_target(child)
        ]
        for value in values:
            self.value(value)
        if isinstance(node, ast.MatchAs | ast.MatchStar) and node.name:
            self.bind(node.name, UNKNOWN)
        for target in ast.iter_child_nodes(node):
            if isinstance(target, ast.expr) and is_target(target):
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
        if source.opaque or name in ALWAYS:
            return UNKNOWN
        raise self.stumble("ImportError", source.name, name, node)

    def _functiondef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        for value in [*node.decorator_list, *node.args.defaults, *node.args.kw_defaults]:
            self.value(value)
        if not self.module.postponed:
            for one in [*arguments(node.args), node]:
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
        return verdict(lower(test), self._standing)

    def _standing(self, name: str) -> object:
        """Return the value of a dotted name in a test, where it is the same in every run."""
        if name == "__name__":
            return self.module.name
        if name.rpartition(".")[2] == "TYPE_CHECKING":
            return False
        return known(*name.split(".")) if name.count(".") == 1 else UNDECIDED

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
