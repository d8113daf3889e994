"""Where one name comes from, as text: ``loadstone why MODULE:NAME`` and ``FILE:LINE:NAME``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loadstone.report import data
from loadstone.report.text import relative, table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from loadstone.report.text import Style
    from loadstone.source.origins import Binding
    from loadstone.source.scopes import Place
    from loadstone.source.stars import Conflict
    from loadstone.source.statements import Statement

__all__ = ["Provenance"]


@dataclass(frozen=True, slots=True)
class Provenance:
    """A name and the chain of bindings that leads to its origin, the nearest first.

    `asked` is what was asked about, as text. `place` is its scope, where a line was named. `links` is empty for
    what no module holds: a local variable, or a name that is nowhere bound; `suggestion` is what was meant then.
    """

    asked: str
    name: str
    links: tuple[Binding, ...]
    conflict: Conflict | None = None
    place: Place | None = None
    suggestion: str = ""

    @property
    def found(self) -> bool:
        """Whether something binds the name."""
        return bool(self.links) or (self.place is not None and self.place.scope != "unbound")

    def text(self, style: Style) -> str:
        """Return the report; it ends without a newline."""
        lines = [f"{style.bold(self.asked)}: {self._head()}"]
        rows = list(self._rows())
        if rows:
            lines.append(table(("where", "statement", "hides"), rows, style, usual=1000))
        if self.conflict is not None:
            lines.append(f"{style.warn('conflict:')} {self.conflict}")
        return "\n".join(lines)

    def to_json(self) -> str:
        """Return the report as JSON, two spaces an indent."""
        import json

        facts: dict[str, Any] = {
            "name": self.name,
            "found": self.found,
            "scope": None if self.place is None else self.place.scope,
            "inside": None if self.place is None else self.place.where,
            "bound_by": [] if self.place is None else [data.statement(one) for one in self.place.statements],
            "chain": [data.binding(one) for one in self.links],
            "origin": str(self.links[-1].origin) if self.links else None,
            "conflict": None if self.conflict is None else data.conflict(self.conflict),
            "suggestion": self.suggestion or None,
        }
        return json.dumps(facts, indent=2, ensure_ascii=False)

    def _head(self) -> str:
        scope = _scope(self.place) if self.place is not None else ""
        if not self.found:
            meant = f"; did you mean {self.suggestion}?" if self.suggestion else ""
            return f"{scope or 'no such name'}{meant}"
        return ", ".join(part for part in (scope, self._what()) if part)

    def _what(self) -> str:
        """Return what the name is in the end: ``a function, posixpath:join``."""
        if not self.links:
            return ""
        last = self.links[-1]
        if last.missing:
            return f"{last.origin}, which is not found on this path"
        if last.kind == "module":
            return f"the module {last.origin}"
        article = "an" if last.kind == "implicit" else "a"
        return f"{article} {last.kind}, {last.origin}"

    def _rows(self) -> Iterator[tuple[str, str, str]]:
        """Yield place, statement and what it hides: those of an inner scope, then the chain to the origin."""
        inner = self.place.statements if self.place is not None and self.place.scope in INNER else ()
        chained = {link.statement for link in self.links}
        for statement in inner:
            if statement not in chained:
                yield _where(statement), statement.text, ""
        for link in self.links:
            if link.statement is not None:
                first, *others = [_lost(one) for one in link.hides] or [""]
                yield _where(link.statement), link.statement.text, first
                yield from (("", "", other) for other in others)


INNER = frozenset(("local", "enclosing", "class"))


def _where(statement: Statement) -> str:
    return f"{relative(statement.path)}:{statement.line}"


def _lost(one: Binding) -> str:
    return one.lost if one.statement is None else f"{one.origin}  {_where(one.statement)}"


def _scope(place: Place) -> str:
    inside = f" of {place.where}" if place.where else ""
    words = {"local": f"local{inside}", "enclosing": f"of the enclosing function{inside.removeprefix(' of')}"}
    words |= {"class": f"in the class{inside.removeprefix(' of')}", "unbound": "nothing in sight binds it"}
    return words.get(place.scope, place.scope)
