"""Reads one file: what every visit of a statement needs."""

from __future__ import annotations

import ast
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from loadstone.errors import BadModuleName
from loadstone.source.acts import Act, Body, Bound, Branch, Export, Load, Planted, Raised, Reads
from loadstone.source.conditions import dotted
from loadstone.source.scanning.forms import forms_for
from loadstone.source.scanning.scan import Scan
from loadstone.source.statements import statement_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from loadstone.source.conditions import Test
    from loadstone.source.reading import Source
    from loadstone.source.scanning.frames import Frame
    from loadstone.source.statements import Import, Statement

    Visits = Mapping[type[ast.stmt], Callable[["Reader", Any, Statement], None]]
    """What is done with each kind of statement; `ast.stmt` stands for all others."""

__all__ = ["Reader"]


class Reader:
    """Reads one file; afterwards `scan`, `exports` and `registers` hold what was met on the way."""

    def __init__(self, source: Source, package: str, visits: Visits) -> None:
        self.source = source
        self.package = package
        self.visits = visits
        self.scan = Scan(source, forms_for(source.text))
        self.exports: list[Export] = []
        self.registers: list[tuple[str, Test, Statement]] = []
        self.annotated: set[str] = set()
        self.branch: Branch = ()
        self.loops = 0
        self.when = "import"
        self.acts: list[Act] = []

    def read(self) -> Body:
        """Return the acts of the whole file."""
        body = self.block(self.source.tree.body)
        touched = tuple(Export("touch", (), statement) for statement in self.scan.touched)
        self.exports.extend(touched)
        return (*body, *touched, *self._globals())

    def _globals(self) -> Iterator[Bound]:
        """Names that functions declare ``global`` and bind: when, if ever, nobody can say."""
        for name, node, _ in self.scan.globals:
            yield Bound(
                name, "dynamic", "definition", None, statement_at(self.source, node), conditional=True
            )

    def block(self, nodes: Iterable[ast.stmt], arm: tuple[int, int] | None = None) -> Body:
        """Return the acts of some statements; `arm` is set where they are one way through a fork."""
        with self.apart(arm) as acts:
            self.visit_all(nodes)
        return tuple(acts)

    @contextmanager
    def apart(self, arm: tuple[int, int] | None = None) -> Iterator[list[Act]]:
        """Yield a list that gathers the acts of what is visited meanwhile, in place of the reader's own."""
        outer, branch = self.acts, self.branch
        acts: list[Act] = []
        self.acts = acts
        if arm:
            self.branch = (*branch, arm)
        yield acts
        self.acts, self.branch = outer, branch

    def visit_all(self, nodes: Iterable[ast.stmt]) -> None:
        """Add the acts of these statements to those gathered so far."""
        for node in nodes:
            self.scan.statement = node
            visit = self.visits.get(type(node), self.visits[ast.stmt])
            visit(self, node, statement_at(self.source, node))

    # Expressions, and what they bind on the side.

    def reads(self, statement: Statement, *nodes: ast.AST | None) -> None:
        """Note what a statement reads in these expressions, and what they bind on the side."""
        frame = self.scan.frame(self.when)
        self.scan.walk(frame, nodes)
        self.finish(frame, statement)

    def finish(self, frame: Frame, statement: Statement) -> None:
        """Take over what a walked frame has read, loaded and bound."""
        names = self.scan.close(frame)
        if names:
            self.acts.append(Reads(names, statement))
        for one in self.scan.loads:
            self.load(one)
        for name in self.scan.walrus:
            self.bind(name, "variable", statement)
        self.scan.loads.clear()
        self.scan.walrus.clear()

    def bind(self, name: str, kind: str, statement: Statement, **more: Any) -> None:
        """Note that a statement binds a name; `more` are further fields of Bound."""
        how = more.pop("how", "definition")
        alias = more.pop("alias", None)
        conditional = bool(self.branch) or self.loops > 0
        self.acts.append(
            Bound(name, kind, how, alias, statement, branch=self.branch, conditional=conditional, **more)
        )

    def targets(self, target: ast.expr, statement: Statement, value: Test = None) -> None:
        """Bind the names of an assignment target; other targets (``a.b``, ``a[0]``) are only read."""
        if isinstance(target, ast.Name):
            self.bind(target.id, "variable", statement, value=value)
        elif isinstance(target, ast.Tuple | ast.List):
            for part in target.elts:
                self.targets(part, statement)
        elif isinstance(target, ast.Starred):
            self.targets(target.value, statement)
        else:
            self.reads(statement, target)
            if isinstance(target, ast.Attribute) and (path := dotted(target)):
                self.acts.append(Planted(path, statement))

    def export(self, export: Export) -> None:
        """Note what a statement does to `__all__`."""
        self.exports.append(export)
        self.acts.append(export)

    def load(self, one: Import) -> str:
        """Note that the module of an import is loaded here; return its absolute name, empty if it has none."""
        try:
            target = one.target(self.package)
        except BadModuleName:
            self.acts.append(Raised("ImportError", one.statement))
            return ""
        self.acts.append(Load(target, tuple(alias.name for alias in one.names), one.statement))
        return target
