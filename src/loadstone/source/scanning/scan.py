"""The walk over one file: what it collects, and how it goes through expressions and inner scopes.

Names are dotted where attributes follow (``os.path.join``), so that a reader can tell which part of a module is used.
When a scope ends, the names that are not its own pass to the scope around it.
"""

from __future__ import annotations

import ast
import sys
from typing import TYPE_CHECKING

from loadstone.source.scanning.annotations import quoted, stays_text
from loadstone.source.scanning.children import PUSHES, push
from loadstone.source.scanning.frames import Frame, gather
from loadstone.source.statements import Read, characters, statement_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from loadstone.source.reading import Source
    from loadstone.source.statements import Import, Statement

    Stack = list[ast.AST]
    Forms = Mapping[type[ast.AST], Callable[["Scan", Frame, Any, Stack], None]]
    """What is done with each kind of node; those of its parts that are to be walked next go on the stack."""

__all__ = ["Scan"]


_INSTALLERS = ("sys.modules", "sys.meta_path", "__path__")
"""What a module handles that makes modules which no finder would find."""


class Scan:
    """Everything found in one file by walking expressions and inner scopes."""

    def __init__(self, source: Source, forms: Forms) -> None:
        self.source = source
        self.forms = forms
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
        self.as_text = stays_text(source.tree)
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
        forms, now, local = self.forms, frame.now, frame.local
        while stack:
            node: Any = stack.pop()
            kind = node.__class__
            if kind is _NAME:  # every third node is one
                if node.ctx.__class__ is not _LOAD:
                    frame.binds.add(node.id)
                elif node.id not in local:
                    now.setdefault(node.id, node)
            elif (
                kind is _ATTRIBUTE and node.value.__class__ is _NAME and node.ctx.__class__ is _LOAD
            ):  # every tenth
                if node.value.id not in local:
                    now.setdefault(f"{node.value.id}.{node.attr}", node)
            elif kind is not _CONSTANT:
                form = forms.get(kind)
                if form is not None:
                    form(self, frame, node, stack)
                else:
                    PUSHES.get(kind, push)(stack, node)

    def annotations(self, frame: Frame, nodes: Iterable[ast.expr | None], *, skipped: bool = False) -> None:
        """Walk annotations: those that Python postpones or skips, and what is in quotes, are read perhaps."""
        written = [node for node in nodes if node is not None]
        if not written:
            return
        inner = Frame(frame.kind, frame.when, frame.path, frame.parent)
        inside = Frame(frame.kind, "never", frame.path, frame.parent)
        for node in written:
            self.walk(inner, (node,))
            self.walk(inside, quoted(node))
        gather(frame.perhaps if skipped or self.postponed else frame.now, inner.now)
        gather(frame.later, inner.later)
        for names in (inner.perhaps, inside.now, inside.later, inside.perhaps):
            gather(frame.perhaps, names)


_NAME, _ATTRIBUTE, _LOAD, _CONSTANT = ast.Name, ast.Attribute, ast.Load, ast.Constant
