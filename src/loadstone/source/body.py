"""From the statements of a module to its acts: one visit for each kind of statement, in the order of the text."""

from __future__ import annotations

import ast
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from loadstone.errors import BadModuleName
from loadstone.source import dynamic
from loadstone.source.acts import (
    Act,
    Arm,
    Attempt,
    Body,
    Bound,
    Branch,
    Choice,
    Export,
    Handler,
    Load,
    Loop,
    Planted,
    Raised,
    Reads,
    Unbound,
)
from loadstone.source.annotated import annotation_names
from loadstone.source.detours import only_for_checkers
from loadstone.source.exports import export_call, parts
from loadstone.source.scan import Scan
from loadstone.source.statements import statement_at
from loadstone.source.verdicts import dotted, lower

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from loadstone.source.reading import Source
    from loadstone.source.statements import Import, Statement
    from loadstone.source.verdicts import Test

__all__ = ["Reader"]


class Reader:
    """Reads one file; afterwards `scan`, `exports` and `registers` hold what was met on the way."""

    def __init__(self, source: Source, package: str) -> None:
        self.source = source
        self.package = package
        self.scan = Scan(source)
        self.exports: list[Export] = []
        self.registers: list[tuple[str, Test, Statement]] = []
        self.annotated: set[str] = set()
        self.branch: Branch = ()
        self.loops = 0
        self.when = "import"
        self.acts: list[Act] = []

    def read(self) -> Body:
        """Return the acts of the whole file."""
        body = self._block(self.source.tree.body)
        touched = tuple(Export("touch", (), statement) for statement in self.scan.touched)
        self.exports.extend(touched)
        return (*body, *touched, *self._globals())

    def _globals(self) -> Iterator[Bound]:
        """Names that functions declare ``global`` and bind: when, if ever, nobody can say."""
        for name, node, _ in self.scan.globals:
            yield Bound(
                name, "dynamic", "definition", None, statement_at(self.source, node), conditional=True
            )

    def _block(self, nodes: Iterable[ast.stmt], arm: tuple[int, int] | None = None) -> Body:
        outer, self.acts = self.acts, []
        with self._inside(arm):
            for node in nodes:
                self._visit(node)
        body, self.acts = tuple(self.acts), outer
        return body

    @contextmanager
    def _inside(self, arm: tuple[int, int] | None) -> Iterator[None]:
        branch = self.branch
        if arm:
            self.branch = (*branch, arm)
        yield
        self.branch = branch

    def _visit(self, node: ast.stmt) -> None:
        self.scan.statement = node
        visit = _VISITS.get(type(node), Reader._plain)
        visit(self, node, statement_at(self.source, node))

    # Expressions, and what they bind on the side.

    def _reads(self, statement: Statement, *nodes: ast.AST | None) -> None:
        frame = self.scan.frame(self.when)
        self.scan.walk(frame, nodes)
        self._finish(frame, statement)

    def _finish(self, frame: Any, statement: Statement) -> None:
        names = self.scan.close(frame)
        if names:
            self.acts.append(Reads(names, statement))
        for one in self.scan.loads:
            self._load(one)
        for name in self.scan.walrus:
            self._bind(name, "variable", statement)
        self.scan.loads.clear()
        self.scan.walrus.clear()

    def _bind(self, name: str, kind: str, statement: Statement, **more: Any) -> None:
        how = more.pop("how", "definition")
        alias = more.pop("alias", None)
        conditional = bool(self.branch) or self.loops > 0
        self.acts.append(
            Bound(name, kind, how, alias, statement, branch=self.branch, conditional=conditional, **more)
        )

    def _targets(self, target: ast.expr, statement: Statement, value: Test = None) -> None:
        """Bind the names of an assignment target; other targets (``a.b``, ``a[0]``) are only read."""
        if isinstance(target, ast.Name):
            self._bind(target.id, "variable", statement, value=value)
        elif isinstance(target, ast.Tuple | ast.List):
            for part in target.elts:
                self._targets(part, statement)
        elif isinstance(target, ast.Starred):
            self._targets(target.value, statement)
        else:
            self._reads(statement, target)
            if isinstance(target, ast.Attribute) and (path := dotted(target)):
                self.acts.append(Planted(path, statement))

    # Simple statements.

    def _plain(self, node: ast.stmt, statement: Statement) -> None:
        self._reads(statement, node)

    def _expression(self, node: ast.Expr, statement: Statement) -> None:
        export = export_call(node.value, statement)
        if export and isinstance(node.value, ast.Call):
            self._reads(statement, *node.value.args)
            self._export(export)
        else:
            self._reads(statement, node.value)

    def _export(self, export: Export) -> None:
        self.exports.append(export)
        self.acts.append(export)

    def _assign(self, node: ast.Assign, statement: Statement) -> None:
        self._reads(statement, node.value)
        if any(isinstance(target, ast.Name) and target.id == "__all__" for target in node.targets):
            self._export(Export("set", parts(node.value), statement))
        value = lower(node.value)
        for target in node.targets:
            self._register(target, value, statement)
            self._targets(target, statement, value)

    def _register(self, target: ast.expr, value: Test, statement: Statement) -> None:
        """``sys.modules["os.path"] = path`` gives a module one more name."""
        if (
            isinstance(target, ast.Subscript)
            and dotted(target.value) == "sys.modules"
            and isinstance(target.slice, ast.Constant)
            and isinstance(target.slice.value, str)
        ):
            self.registers.append((target.slice.value, value, statement))

    def _annotated(self, node: ast.AnnAssign, statement: Statement) -> None:
        self.annotated |= annotation_names(node, as_text=self.scan.as_text)
        frame = self.scan.frame(self.when)
        self.scan.annotations(frame, [node.annotation])
        self._finish(frame, statement)
        if node.value is None:
            return
        self._reads(statement, node.value)
        if isinstance(node.target, ast.Name) and node.target.id == "__all__":
            self._export(Export("set", parts(node.value), statement))
        self._targets(node.target, statement, lower(node.value))

    def _augmented(self, node: ast.AugAssign, statement: Statement) -> None:
        target = node.target
        if not isinstance(target, ast.Name):
            self._reads(statement, target, node.value)
        elif target.id == "__all__":
            self._reads(statement, node.value)
            op = "extend" if isinstance(node.op, ast.Add) else "touch"
            self._export(Export(op, parts(node.value), statement))
        else:
            self._reads(statement, ast.copy_location(ast.Name(target.id, ast.Load()), target), node.value)
            self._bind(target.id, "variable", statement, extends=True)

    def _delete(self, node: ast.Delete, statement: Statement) -> None:
        for target in _flat(node.targets):
            if isinstance(target, ast.Name):
                self.acts.append(Unbound(target.id, statement))
            else:
                self._reads(statement, target)

    def _raise(self, node: ast.Raise, statement: Statement) -> None:
        self._reads(statement, node.exc, node.cause)
        error = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        self.acts.append(Raised((dotted(error) if error else None) or "", statement))

    def _type_alias(self, node: Any, statement: Statement) -> None:
        frame = self.scan.frame("later")
        self.scan.walk(frame, [node.value])
        own = {one.name for one in node.type_params}
        self.scan.uses.update(name.partition(".")[0] for name in frame.now if name not in own)
        self._bind(node.name.id, "variable", statement)

    # Definitions.

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, statement: Statement) -> None:
        self._reads(statement, node)
        self._bind(node.name, "function", statement)

    def _class(self, node: ast.ClassDef, statement: Statement) -> None:
        self._reads(statement, node)
        self._bind(node.name, "class", statement)
        for name in dynamic.members(node):
            self._bind(name, "dynamic", statement)

    # Imports.

    def _import(self, node: ast.Import, statement: Statement) -> None:
        for one in self.scan.import_(self.scan.frame(self.when), node):
            alias = one.alias
            assert alias is not None
            self._load(one)
            target = one.module if alias.asname else one.module.partition(".")[0]
            self._bind(alias.bound, "module", statement, how="import", alias=alias.asname, target=target)

    def _from(self, node: ast.ImportFrom, statement: Statement) -> None:
        (one,) = self.scan.import_(self.scan.frame(self.when), node)
        target = self._load(one)
        if one.star:
            self._bind("*", "unknown", statement, how="star", target=target)
        for alias in one.names:
            self._bind(
                alias.bound,
                "unknown",
                statement,
                how="from-import",
                alias=alias.asname,
                target=target,
                member=alias.name,
            )

    def _load(self, one: Import) -> str:
        """Note that the module of an import is loaded here; return its absolute name, empty if it has none."""
        try:
            target = one.target(self.package)
        except BadModuleName:
            self.acts.append(Raised("ImportError", one.statement))
            return ""
        self.acts.append(Load(target, tuple(alias.name for alias in one.names), one.statement))
        return target

    # Compound statements.

    def _if(self, node: ast.If, statement: Statement) -> None:
        arms: list[Arm] = []
        rest: list[ast.stmt] = [node]
        # A chain of elif is a list, not a tower; a walrus in its test binds only if the tests before it fail.
        while len(rest) == 1 and isinstance(one := rest[0], ast.If) and (one is node or not _binds(one.test)):
            self._reads(statement, one.test)
            arms.append(Arm(lower(one.test), self._arm(one, (node.lineno, len(arms)))))
            rest = one.orelse
        arms.append(Arm(("constant", True), self._block(rest, (node.lineno, len(arms)))))
        self.acts.append(Choice(tuple(arms), statement))

    def _arm(self, node: ast.If, arm: tuple[int, int]) -> Body:
        before = self.when
        if only_for_checkers(node.test):
            self.when = "never"
        body = self._block(node.body, arm)
        self.when = before
        return body

    def _match(self, node: ast.Match, statement: Statement) -> None:
        self._reads(statement, node.subject)
        arms = []
        for number, case in enumerate(node.cases):
            arms.append(Arm(None, self._case(case, statement, (node.lineno, number))))
        if not _catches_all(node.cases[-1]):
            arms.append(Arm(None, ()))
        self.acts.append(Choice(tuple(arms), statement))

    def _case(self, case: ast.match_case, statement: Statement, arm: tuple[int, int]) -> Body:
        outer, self.acts = self.acts, []
        with self._inside(arm):
            self._reads(statement, case.pattern, case.guard)
            for name in _captures(case.pattern):
                self._bind(name, "variable", statement)
            body = self._block(case.body)
        acts, self.acts = (*self.acts, *body), outer
        return acts

    def _try(self, node: ast.Try, statement: Statement) -> None:
        line = node.lineno
        body = self._block(node.body, (line, 0))
        handlers = [self._handler(one, (line, number)) for number, one in enumerate(node.handlers, 1)]
        otherwise = self._block(node.orelse, (line, 0))
        final = self._block(node.finalbody)
        self.acts.append(Attempt(body, tuple(handlers), otherwise, final, statement))

    def _handler(self, node: ast.ExceptHandler, arm: tuple[int, int]) -> Handler:
        statement = statement_at(self.source, node)  # type: ignore[arg-type]
        outer, self.acts = self.acts, []
        with self._inside(arm):
            self._reads(statement, node.type)
            if node.name:
                self._bind(node.name, "variable", statement)
            body = self._block(node.body)
            end = (Unbound(node.name, statement),) if node.name else ()
        acts, self.acts = (*self.acts, *body, *end), outer
        return Handler(_caught(node.type), acts)

    def _loop(self, node: ast.For | ast.AsyncFor | ast.While, statement: Statement) -> None:
        self.loops += 1
        outer, self.acts = self.acts, []
        if isinstance(node, ast.While):
            self._reads(statement, node.test)
        else:
            self._reads(statement, node.iter)
            self._targets(node.target, statement)
        acts, self.acts = (*self.acts, *self._block(node.body)), outer
        self.loops -= 1
        breaks = bool(node.orelse) and any(isinstance(one, ast.Break) for one in ast.walk(node))
        self.acts.append(Loop(acts, self._block(node.orelse), breaks, statement))

    def _with(self, node: ast.With | ast.AsyncWith, statement: Statement) -> None:
        for item in node.items:
            self._reads(statement, item.context_expr)
            if item.optional_vars is not None:
                self._targets(item.optional_vars, statement)
        caught = _suppressed(node)
        if caught is None:
            for inner in node.body:
                self._visit(inner)
            return
        body = self._block(node.body, (node.lineno, 0))
        self.acts.append(Attempt(body, (Handler(caught, ()),), (), (), statement))


def _binds(test: ast.expr) -> bool:
    return any(isinstance(node, ast.NamedExpr) for node in ast.walk(test))


def _flat(targets: list[ast.expr]) -> Iterator[ast.expr]:
    for target in targets:
        if isinstance(target, ast.Tuple | ast.List):
            yield from _flat(target.elts)
        else:
            yield target


def _captures(pattern: ast.pattern) -> Iterator[str]:
    for node in ast.walk(pattern):
        if isinstance(node, ast.MatchAs | ast.MatchStar) and node.name:
            yield node.name
        elif isinstance(node, ast.MatchMapping) and node.rest:
            yield node.rest


def _catches_all(case: ast.match_case) -> bool:
    return case.guard is None and isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None


def _caught(node: ast.expr | None) -> tuple[str, ...] | None:
    if node is None:
        return None
    types = node.elts if isinstance(node, ast.Tuple) else [node]
    return tuple(dotted(one) or "" for one in types)


def _suppressed(node: ast.With | ast.AsyncWith) -> tuple[str, ...] | None:
    """Return what ``with contextlib.suppress(...)`` catches; None for any other ``with``."""
    for item in node.items:
        call = item.context_expr
        if isinstance(call, ast.Call) and (dotted(call.func) or "").rpartition(".")[2] == "suppress":
            return tuple(dotted(one) or "" for one in call.args)
    return None


_VISITS: dict[type[ast.stmt], Callable[[Reader, Any, Statement], None]] = {
    ast.Expr: Reader._expression,
    ast.Assign: Reader._assign,
    ast.AnnAssign: Reader._annotated,
    ast.AugAssign: Reader._augmented,
    ast.Delete: Reader._delete,
    ast.Raise: Reader._raise,
    ast.FunctionDef: Reader._function,
    ast.AsyncFunctionDef: Reader._function,
    ast.ClassDef: Reader._class,
    ast.Import: Reader._import,
    ast.ImportFrom: Reader._from,
    ast.If: Reader._if,
    ast.Match: Reader._match,
    ast.Try: Reader._try,
    ast.TryStar: Reader._try,
    ast.For: Reader._loop,
    ast.AsyncFor: Reader._loop,
    ast.While: Reader._loop,
    ast.With: Reader._with,
    ast.AsyncWith: Reader._with,
}
if hasattr(ast, "TypeAlias"):  # Python 3.12
    _VISITS[ast.TypeAlias] = Reader._type_alias
