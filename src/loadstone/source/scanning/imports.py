"""Import statements, wherever they stand, as values."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from loadstone.source.statements import Alias, Import, characters, statement_at

if TYPE_CHECKING:
    from loadstone.source.reading import Source
    from loadstone.source.scanning.frames import Frame
    from loadstone.source.scanning.scan import Scan, Stack
    from loadstone.source.statements import Statement

__all__ = ["import_", "record"]


def import_(scan: Scan, frame: Frame, node: ast.Import | ast.ImportFrom, stack: Stack) -> None:
    """Walk an import in a function, a class or a branch."""
    scan.statement = node
    found = record(scan, frame, node)
    frame.binds.update(alias.asname or alias.name.partition(".")[0] for alias in node.names)
    if frame.when == "import":
        scan.loads.extend(found)


def record(scan: Scan, frame: Frame, node: ast.Import | ast.ImportFrom) -> tuple[Import, ...]:
    """Record an import statement; return its values, one for each module it names."""
    found = _values(scan, node, frame)
    scan.imports.extend(found)
    return found


def _values(scan: Scan, node: ast.Import | ast.ImportFrom, frame: Frame) -> tuple[Import, ...]:
    statement = statement_at(scan.source, node)
    aliases = tuple(_alias(scan.source, alias) for alias in node.names)
    if not isinstance(node, ast.Import):
        star = aliases[0].name == "*"
        names = () if star else aliases
        return (_value(scan, frame, statement, node.module or "", node.level, names, star),)
    return tuple(
        _value(scan, frame, statement, alias.name, 0, (), False)._replace(alias=alias) for alias in aliases
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
