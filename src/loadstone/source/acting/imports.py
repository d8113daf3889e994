"""Import statements at module level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.source.scanning.imports import record

if TYPE_CHECKING:
    import ast

    from loadstone.source.acting.reader import Reader
    from loadstone.source.statements import Statement

__all__ = ["from_", "import_"]


def import_(reader: Reader, node: ast.Import, statement: Statement) -> None:
    """``import a.b as c``: for each module, that it is loaded and what it binds."""
    for one in record(reader.scan, reader.scan.frame(reader.when), node):
        alias = one.alias
        assert alias is not None
        reader.load(one)
        target = one.module if alias.asname else one.module.partition(".")[0]
        reader.bind(alias.bound, "module", statement, how="import", alias=alias.asname, target=target)


def from_(reader: Reader, node: ast.ImportFrom, statement: Statement) -> None:
    """``from a import b``: that the module is loaded, then what its names bind."""
    (one,) = record(reader.scan, reader.scan.frame(reader.when), node)
    target = reader.load(one)
    if one.star:
        reader.bind("*", "unknown", statement, how="star", target=target)
    for alias in one.names:
        reader.bind(
            alias.bound,
            "unknown",
            statement,
            how="from-import",
            alias=alias.asname,
            target=target,
            member=alias.name,
        )
