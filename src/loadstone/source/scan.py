"""One pass over the expressions and inner scopes of a module: what they read, import, and bind from afar.

A Frame is one scope while it is walked. Names are dotted where attributes follow (``os.path.join``), so that a reader
can tell which part of a module is used. When a scope ends, the names that are not its own pass to the scope around it.
"""

from __future__ import annotations

import ast
import contextlib
import sys
import warnings
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from loadstone.source import detours, dynamic
from loadstone.source.statements import LONGEST, Alias, Import, Read, characters, statement_at
from loadstone.source.verdicts import dotted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from loadstone.source.reading import Source
    from loadstone.source.statements import Statement

__all__ = ["Frame", "Scan"]


Names = dict[str, ast.expr]
"""Dotted names, each with a place where it stands."""


_INSTALLERS = ("sys.modules", "sys.meta_path", "__path__")
"""What a module handles that makes modules which no finder would find."""


class Frame:
    """One scope: its kind ("module", "class", "function" or "comprehension"), and when its code runs.

    `now`, `later` and `perhaps` map the dotted names that it reads to where they first stand. What is read perhaps
    stands in annotations that Python does not evaluate, or in a class that binds the name itself.
    """

    __slots__ = ("binds", "globals", "kind", "later", "now", "parent", "path", "perhaps", "when")

    def __init__(self, kind: str, when: str, path: str, parent: Frame | None) -> None:
        self.kind = kind
        self.when = when
        self.path = path
        self.parent = parent
        self.now: Names = {}
        self.later: Names = {}
        self.perhaps: Names = {}
        self.binds: set[str] = set()
        self.globals: dict[str, ast.stmt] = {}

    def free(self, *groups: Names) -> Names:
        """Return those of the dotted names that this scope does not bind."""
        own = self.binds - self.globals.keys()
        return {
            name: node
            for names in groups
            for name, node in names.items()
            if name.partition(".")[0] not in own
        }


class Scan:
    """Everything found in one file by walking expressions and inner scopes."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.imports: list[Import] = []
        self.uses: set[str] = set()
        self.installs = False
        # Attributes that its code assigns, as ``config.debug``: they may be names of other modules.
        self.sets: set[str] = set()
        # (dotted name, when) to the first place where it is read.
        self.reads: dict[tuple[str, str], ast.expr] = {}
        # How many forks, and how many handlers of a failing import, are around the code of a function.
        self.forks = 0
        self.guards = 0
        self.dynamic: list[Statement] = []
        self.touched: list[Statement] = []
        self.globals: list[tuple[str, ast.stmt, str]] = []
        self.walrus: list[str] = []
        self.loads: list[Import] = []
        self.harmless: set[int] = set()
        self.as_text = _future_annotations(source.tree)
        self.postponed = sys.version_info >= (3, 14) or self.as_text
        self.statement: ast.stmt = ast.Pass(lineno=1, col_offset=0)

    def here(self) -> Statement:
        """Return the statement that is being walked."""
        return statement_at(self.source, self.statement)

    def frame(self, when: str) -> Frame:
        """Return a fresh frame for one statement at module level."""
        return Frame("module", when, "", None)

    def close(self, frame: Frame) -> tuple[str, ...]:
        """End the frame of a module-level statement; return the names that it reads now."""
        names = (*frame.now, *frame.later, *frame.perhaps)
        self.uses.update(name.partition(".")[0] for name in names)
        self.installs = self.installs or any(name.startswith(_INSTALLERS) for name in names)
        never = frame.when == "never"
        for when, found in (("import", frame.now), ("later", frame.later), ("never", frame.perhaps)):
            for name, node in found.items():
                self.reads.setdefault((name, "never" if never else when), node)
        return tuple(frame.now)

    def places(self) -> tuple[Read, ...]:
        """Return where each name is first read, in the order of the text."""
        lines = self.source.lines
        found = [
            Read(name, when, node.lineno, characters(lines[node.lineno - 1], node.col_offset) + 1)
            for (name, when), node in self.reads.items()
        ]
        return tuple(sorted(found, key=lambda one: (one.line, one.column)))

    def walk(self, frame: Frame, nodes: Iterable[ast.AST | None]) -> None:
        """Walk the nodes as code of the scope `frame`."""
        stack = [node for node in nodes if node is not None]
        stack.reverse()
        while stack:
            node = stack.pop()
            special = _SPECIAL.get(node.__class__)
            if special is None or special(self, frame, node):
                _push(stack, node)

    def annotations(self, frame: Frame, nodes: Iterable[ast.expr | None], *, skipped: bool = False) -> None:
        """Walk annotations: those that Python postpones or skips, and what is in quotes, are read perhaps."""
        inner = Frame(frame.kind, frame.when, frame.path, frame.parent)
        quoted = Frame(frame.kind, "never", frame.path, frame.parent)
        for node in nodes:
            if node is not None:
                self.walk(inner, [node])
                self.walk(quoted, _quoted(node))
        _gather(frame.perhaps if skipped or self.postponed else frame.now, inner.now)
        _gather(frame.later, inner.later)
        for names in (inner.perhaps, quoted.now, quoted.later, quoted.perhaps):
            _gather(frame.perhaps, names)

    def import_(self, frame: Frame, node: ast.Import | ast.ImportFrom) -> tuple[Import, ...]:
        """Record an import statement; return its values, one for each module it names."""
        found = _import_values(self, node, frame)
        self.imports.extend(found)
        return found


def _gather(into: Names, names: Names) -> None:
    """Add names to others where they are not there yet: the first place counts."""
    for name, node in names.items():
        into.setdefault(name, node)


def _future_annotations(tree: ast.Module) -> bool:
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == "__future__"
        and any(alias.name == "annotations" for alias in node.names)
        for node in tree.body[:20]
    )


def _quoted(annotation: ast.expr) -> list[ast.expr]:
    """Return the expressions that stand in quotes in an annotation, such as ``"Cart"``."""
    found = []
    for node in ast.walk(annotation):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < LONGEST:
            with (
                contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError),
                warnings.catch_warnings(),
            ):
                warnings.simplefilter("ignore")
                expression = ast.parse(node.value, mode="eval").body
                found.append(_moved(expression, node))
    return found


def _moved(expression: ast.expr, to: ast.Constant) -> ast.expr:
    """Give the names of an expression that was in quotes the place of the quotes."""
    for inner in ast.walk(expression):
        if isinstance(inner, ast.expr):
            ast.copy_location(inner, to)
    return expression


# Imports.


def _import_values(scan: Scan, node: ast.Import | ast.ImportFrom, frame: Frame) -> tuple[Import, ...]:
    statement = statement_at(scan.source, node)
    aliases = tuple(_alias(scan.source, alias) for alias in node.names)
    if not isinstance(node, ast.Import):
        star = aliases[0].name == "*"
        names = () if star else aliases
        return (_value(scan, frame, statement, node.module or "", node.level, names, star),)
    return tuple(
        replace(_value(scan, frame, statement, alias.name, 0, (), False), alias=alias) for alias in aliases
    )


def _value(
    scan: Scan,
    frame: Frame,
    statement: Statement,
    module: str,
    level: int,
    names: tuple[Alias, ...],
    star: bool,
) -> Import:
    return Import(
        statement,
        module,
        level,
        names,
        star,
        frame.when,
        frame.path,
        conditional=scan.forks > 0,
        guarded=scan.guards > 0,
    )


def _alias(source: Source, alias: ast.alias) -> Alias:
    column = characters(source.lines[alias.lineno - 1], alias.col_offset)
    return Alias(alias.name, alias.asname, alias.lineno, column + 1)


# Walking. A special form returns whether the walk goes on into its children.


def _push(stack: list[ast.AST], node: ast.AST) -> None:
    cls = node.__class__
    fields = _FIELDS.get(cls)
    if fields is None:
        fields = _FIELDS[cls] = tuple(name for name in cls._fields if name not in _LEAVES)
    children: list[ast.AST] = []
    for name in fields:
        value = getattr(node, name, None)
        if value.__class__ is list:
            children.extend([item for item in value if isinstance(item, ast.AST)])
        elif isinstance(value, ast.AST):
            children.append(value)
    stack.extend(reversed(children))


_FIELDS: dict[type[ast.AST], tuple[str, ...]] = {}
_LEAVES = frozenset(("ctx", "op", "ops", "type_comment", "kind", "id", "attr", "level", "simple", "is_async"))


def _name(scan: Scan, frame: Frame, node: ast.Name) -> bool:
    if isinstance(node.ctx, ast.Load):
        frame.now.setdefault(node.id, node)
    else:
        frame.binds.add(node.id)
    return False


def _attribute(scan: Scan, frame: Frame, node: ast.Attribute) -> bool:
    name = dotted(node)
    if name is None:
        return dynamic.attribute(scan, frame, node)
    if isinstance(node.ctx, ast.Load):
        frame.now.setdefault(name, node)
    else:
        frame.now.setdefault(name.rpartition(".")[0], node)
        scan.sets.add(name)
    return False


def _named(scan: Scan, frame: Frame, node: ast.NamedExpr) -> bool:
    """A walrus binds in the scope around all comprehensions."""
    target: Frame | None = frame
    while target is not None and target.kind == "comprehension":
        target = target.parent
    if target is not None:
        target.binds.add(node.target.id)
        if target.kind == "module":
            scan.walrus.append(node.target.id)
    scan.walk(frame, [node.value])
    return False


def _constant(scan: Scan, frame: Frame, node: ast.Constant) -> bool:
    return False


def _function(scan: Scan, frame: Frame, node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    scan.statement = node
    frame.binds.add(node.name)
    _signature(scan, frame, node)
    _inner_function(scan, frame, node.name, node.args, node.body, getattr(node, "type_params", ()))
    return False


def _signature(scan: Scan, frame: Frame, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
    """What a definition evaluates in the scope where it stands: decorators, defaults, annotations."""
    args = node.args
    scan.walk(frame, node.decorator_list)
    scan.walk(frame, [*args.defaults, *args.kw_defaults])
    every = [*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg, args.kwarg]
    scan.annotations(frame, [*(arg.annotation for arg in every if arg), node.returns])


def _inner_function(
    scan: Scan, frame: Frame, name: str, args: ast.arguments, body: list[Any], types: Iterable[Any]
) -> None:
    path = f"{frame.path}.{name}" if frame.path else name
    inner = Frame("function", "never" if frame.when == "never" else "later", path, frame)
    every = [*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg, args.kwarg]
    inner.binds.update(arg.arg for arg in every if arg)
    inner.binds.update(one.name for one in types)
    around, scan.forks, scan.guards = (scan.forks, scan.guards), 0, 0
    scan.walk(inner, body)
    scan.forks, scan.guards = around
    _end_function(scan, inner)


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
        _gather(outer.perhaps if inner.when == "never" else outer.later, free)
        _gather(outer.perhaps, perhaps)


def _lambda(scan: Scan, frame: Frame, node: ast.Lambda) -> bool:
    scan.walk(frame, [*node.args.defaults, *node.args.kw_defaults])
    _inner_function(scan, frame, "<lambda>", node.args, [node.body], ())
    return False


def _class(scan: Scan, frame: Frame, node: ast.ClassDef) -> bool:
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
    _gather(frame.now, inner.free(inner.now))
    # ``class A: join = join`` reads the outer name, so what a class binds may still be used by it.
    _gather(frame.perhaps, inner.now)
    _gather(frame.perhaps, inner.perhaps)
    _gather(frame.later, inner.later)
    return False


def _comprehension(scan: Scan, frame: Frame, node: Any) -> bool:
    inner = Frame("comprehension", frame.when, frame.path, frame)
    scan.walk(frame, [node.generators[0].iter])
    results = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
    for index, part in enumerate(node.generators):
        scan.walk(inner, [part.target, *([part.iter] if index else []), *part.ifs])
    scan.walk(inner, results)
    _gather(frame.now, inner.free(inner.now))
    _gather(frame.later, inner.free(inner.later))
    _gather(frame.perhaps, inner.free(inner.perhaps))
    return False


def _import(scan: Scan, frame: Frame, node: ast.Import | ast.ImportFrom) -> bool:
    scan.statement = node
    found = scan.import_(frame, node)
    frame.binds.update(alias.asname or alias.name.partition(".")[0] for alias in node.names)
    if frame.when == "import":
        scan.loads.extend(found)
    return False


def _global(scan: Scan, frame: Frame, node: ast.Global) -> bool:
    frame.globals.update(dict.fromkeys(node.names, node))
    return False


def _nonlocal(scan: Scan, frame: Frame, node: ast.Nonlocal) -> bool:
    return False


def _handler(scan: Scan, frame: Frame, node: ast.ExceptHandler) -> bool:
    if node.name:
        frame.binds.add(node.name)
    return True


def _capture(scan: Scan, frame: Frame, node: Any) -> bool:
    name = node.rest if isinstance(node, ast.MatchMapping) else node.name
    if name:
        frame.binds.add(name)
    return True


def _statement(scan: Scan, frame: Frame, node: ast.stmt) -> bool:
    scan.statement = node
    return True


def _annotated(scan: Scan, frame: Frame, node: ast.AnnAssign) -> bool:
    scan.statement = node
    if node.value is not None or frame.kind != "module":
        scan.walk(frame, [node.target])
    scan.walk(frame, [node.value])
    scan.annotations(frame, [node.annotation], skipped=frame.kind == "function")
    return False


_SPECIAL: dict[type[ast.AST], Callable[[Scan, Frame, Any], bool]] = {
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.NamedExpr: _named,
    ast.Constant: _constant,
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.Lambda: _lambda,
    ast.ClassDef: _class,
    ast.ListComp: _comprehension,
    ast.SetComp: _comprehension,
    ast.DictComp: _comprehension,
    ast.GeneratorExp: _comprehension,
    ast.Import: _import,
    ast.ImportFrom: _import,
    ast.Global: _global,
    ast.Nonlocal: _nonlocal,
    ast.If: detours.if_,
    ast.For: detours.fork,
    ast.AsyncFor: detours.fork,
    ast.While: detours.fork,
    ast.Match: detours.fork,
    ast.Try: detours.try_,
    ast.TryStar: detours.try_,
    ast.With: detours.with_,
    ast.AsyncWith: detours.with_,
    ast.BoolOp: detours.operation,
    ast.IfExp: detours.choice,
    ast.ExceptHandler: _handler,
    ast.MatchAs: _capture,
    ast.MatchStar: _capture,
    ast.MatchMapping: _capture,
    ast.AnnAssign: _annotated,
    ast.Assign: _statement,
    ast.AugAssign: _statement,
    ast.Expr: _statement,
    ast.Return: _statement,
    ast.Call: dynamic.call,
    ast.Subscript: dynamic.subscript,
    ast.Compare: dynamic.compare,
}
