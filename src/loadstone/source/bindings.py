"""What each module binds, statement by statement: its Summary."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from loadstone.source.acting.reader import Reader
from loadstone.source.acting.visits import VISITS
from loadstone.source.acts import Body, Bound, Export, flatten

if TYPE_CHECKING:
    from loadstone.source.conditions import Test
    from loadstone.source.reading import Source
    from loadstone.source.statements import Import, Read, Statement

__all__ = ["Bound", "Summary", "failed", "summarise"]


class Summary(NamedTuple):
    """All that the rest of Loadstone wants to know of one source file; it depends on that file alone.

    `exports` is `__all__` where the file spells it out, None where there is none or it cannot be read
    (`exports_exact` tells which). `dynamic` are the statements that bind names nobody can read; `uses` the names of
    the module that its code reads, at any time, and `reads` where, with the attributes that follow; `sets` the
    attributes that it assigns, dotted. `registers` are ``sys.modules["name"] = value`` statements; `annotated` the
    names that Python adds for annotated assignments. `error` is the SyntaxError of a file that Python could not
    compile; everything else is empty then.
    """

    name: str
    path: str
    is_package: bool
    body: Body = ()
    bounds: tuple[Bound, ...] = ()
    exports: tuple[str, ...] | None = None
    exports_exact: bool = True
    dynamic: tuple[Statement, ...] = ()
    imports: tuple[Import, ...] = ()
    uses: frozenset[str] = frozenset()
    reads: tuple[Read, ...] = ()
    sets: frozenset[str] = frozenset()
    registers: tuple[tuple[str, Test, Statement], ...] = ()
    annotated: frozenset[str] = frozenset()
    installs: bool = False
    getattr: Statement | None = None
    error: SyntaxError | None = None

    @property
    def package(self) -> str:
        """The package that relative imports of this module start from; empty for a top-level module."""
        return self.name if self.is_package else self.name.rpartition(".")[0]

    def __str__(self) -> str:
        return f"{self.name} ({self.path}): {len(self.bounds)} bindings, {len(self.imports)} imports"


def summarise(source: Source, name: str, is_package: bool) -> Summary:
    """Return the summary of a file that is the module `name`; it may be ``__main__``."""
    reader = Reader(source, name if is_package else name.rpartition(".")[0], VISITS)
    body = reader.read()
    bounds = tuple(flatten(body))
    exports, exact = _literal(reader.exports)
    return Summary(
        name=name,
        path=source.path,
        is_package=is_package,
        body=body,
        bounds=bounds,
        exports=exports,
        exports_exact=exact,
        dynamic=tuple(reader.scan.dynamic),
        imports=tuple(sorted(reader.scan.imports, key=_place)),
        uses=frozenset(reader.scan.uses),
        reads=reader.scan.places(),
        sets=frozenset(reader.scan.sets),
        registers=tuple(reader.registers),
        annotated=frozenset(reader.annotated),
        installs=reader.scan.installs or any(bound.name == "__path__" for bound in bounds),
        getattr=next((bound.statement for bound in bounds if bound.name == "__getattr__"), None),
    )


def failed(path: str, name: str, is_package: bool, error: SyntaxError) -> Summary:
    """Return the empty summary of a file that cannot be compiled."""
    return Summary(name=name, path=path, is_package=is_package, exports_exact=False, error=error)


def _place(one: Import) -> tuple[int, int]:
    return one.statement.line, one.statement.column


def _literal(exports: list[Export]) -> tuple[tuple[str, ...] | None, bool]:
    """Put together the `__all__` of a file that needs nothing but itself for it."""
    names: list[str] | None = None
    for export in exports:
        found = [part for part in export.parts if isinstance(part, str)]
        if len(found) < len(export.parts) or export.op == "touch" or (names is None and export.op != "set"):
            return None, False
        if export.op == "remove":
            names = [name for name in names or () if name not in found]
        else:
            names = found if export.op == "set" else [*(names or ()), *found]
    return (None if names is None else tuple(names)), True
