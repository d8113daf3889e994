"""Where each name of a module comes from: through from-imports, stars, re-exports and aliases, to its origin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loadstone.source.project import Library
    from loadstone.source.stars import Conflict
    from loadstone.source.statements import Statement

__all__ = ["Binding", "Namespace", "Origin", "chain", "namespace"]


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """Where something was first bound: prints as ``module:name``, and as ``module`` for a module itself."""

    module: str
    name: str = ""

    def __str__(self) -> str:
        return f"{self.module}:{self.name}" if self.name else self.module


@dataclass(frozen=True, slots=True)
class Binding:
    """One name of one module: what it is, which statement bound it, where it comes from, and what it hid.

    `kind` is "module", "function", "class", "variable", "dynamic" (no statement binds it), "implicit" (Python's own)
    or "unknown" (its origin cannot be reached: `missing` is true then, and `origin` is the last thing known).
    `how` is "definition", "import", "from-import" or "star". `module` is where the name lives, `source_module`
    the module that the statement names and `member` the name there, empty for a definition. `statement` is None
    for what no statement binds.
    `hides` are the bindings that the name had before, the latest first, and the builtin of that name last.
    `brings` counts the names of a star and `used` those of them that the module uses. `alternatives` are the
    bindings that other branches would make, where nobody can say which branch runs.
    """

    name: str
    kind: str
    how: str
    alias: str | None
    statement: Statement | None
    origin: Origin
    hides: tuple[Binding, ...] = ()
    module: str = ""
    source_module: str = ""
    member: str = ""
    missing: bool = False
    brings: int = 0
    used: int = 0
    alternatives: tuple[Binding, ...] = ()
    conditional: bool = False

    @property
    def bound_by(self) -> str:
        """The statement, with its line and its counts: ``line 5  from os.path import *  (1 of 38 used)``."""
        if self.statement is None:
            return ""
        counts = f"  ({self.used} of {self.brings} used)" if self.how == "star" else ""
        return f"{self.statement}{counts}"

    @property
    def lost(self) -> str:
        """How it reads where something hides it: ``sales:join  line 4  from sales import *``."""
        if self.statement is None:
            return f"{self.module}:{self.name}"
        return f"{self.origin}  {self.statement}"

    def __str__(self) -> str:
        hides = ", ".join(one.lost for one in self.hides)
        return "  ".join(
            part for part in (self.name, self.kind, str(self.origin), self.bound_by, hides) if part
        )


@dataclass(frozen=True, slots=True, eq=False)
class Namespace(Mapping[str, Binding]):
    """The names of a module when its body has run, in the order of Python's own dictionary.

    `complete` is false where something binds names that cannot be read; `dynamic` are the statements that do.
    `exports` is `__all__`, None where there is none; `exports_exact` is false where it cannot be read to the end.
    """

    module: str
    bindings: Mapping[str, Binding]
    conflicts: tuple[Conflict, ...] = ()
    complete: bool = True
    dynamic: tuple[Statement, ...] = ()
    exports: tuple[str, ...] | None = None
    exports_exact: bool = True

    def __getitem__(self, name: str) -> Binding:
        return self.bindings[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.bindings)

    def __len__(self) -> int:
        return len(self.bindings)

    def __repr__(self) -> str:
        return f"<Namespace of {self.module}: {len(self)} names, {len(self.conflicts)} conflicts>"


def namespace(library: Library, module_name: str) -> Namespace:
    """Return the names of a module of the library as Python would have them after importing it.

    Raises NoSuchModule for a name that Python would not find, and SyntaxError for a file that does not compile; the
    same troubles in other modules leave names with ``missing=True``.
    """
    from loadstone.source.naming import naming_of

    naming, module = naming_of(library, module_name)
    return naming.namespace(module)


def chain(library: Library, module_name: str, name: str) -> tuple[Binding, ...]:
    """Return the bindings from a name of a module to its origin, the module's own first.

    Empty where the module has no such name. Raises as `namespace` does.
    """
    from loadstone.source.naming import naming_of

    naming, module = naming_of(library, module_name)
    return naming.chain(module, name)
