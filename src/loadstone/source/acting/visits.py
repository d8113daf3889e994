"""Which visit is for which kind of statement."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from loadstone.source.acting import forks, imports, simple

if TYPE_CHECKING:
    from collections.abc import Callable

    from loadstone.source.acting.reader import Reader
    from loadstone.source.statements import Statement

__all__ = ["VISITS"]

VISITS: dict[type[ast.stmt], Callable[[Reader, Any, Statement], None]] = {
    ast.stmt: simple.plain,
    ast.Expr: simple.expression,
    ast.Assign: simple.assign,
    ast.AnnAssign: simple.annotated,
    ast.AugAssign: simple.augmented,
    ast.Delete: simple.delete,
    ast.Raise: simple.raise_,
    ast.FunctionDef: simple.function,
    ast.AsyncFunctionDef: simple.function,
    ast.ClassDef: simple.class_,
    ast.Import: imports.import_,
    ast.ImportFrom: imports.from_,
    ast.If: forks.if_,
    ast.Match: forks.match,
    ast.Try: forks.try_,
    ast.TryStar: forks.try_,
    ast.For: forks.loop,
    ast.AsyncFor: forks.loop,
    ast.While: forks.loop,
    ast.With: forks.with_,
    ast.AsyncWith: forks.with_,
}
if hasattr(ast, "TypeAlias"):  # Python 3.12
    VISITS[ast.TypeAlias] = simple.type_alias
