"""Star imports of strict modules, as they happen: which names they took, and what was there before."""

from __future__ import annotations

import os

from loadstone.errors import NameConflict
from loadstone.runtime.events import Site, _Frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import Any

__all__ = ["Candidate", "StarConflict", "StarLedger"]

_MISSING = object()


class Candidate(_Frozen):
    """One thing that a name could mean: from which module, bound by which statement.

    `own` is true for what the strict module itself bound before a star took the name.
    """

    __slots__ = ("module", "name", "own", "statement")
    module: str
    name: str
    own: bool
    statement: Site

    @property
    def settle(self) -> str | None:
        """The line that chooses this candidate, to be written after the stars; None for the module's own."""
        return None if self.own else f"from {self.module} import {self.name}"

    def __str__(self) -> str:
        return f"{self.module}:{self.name}  {self.statement}  {self.statement.text}"


class StarConflict(_Frozen):
    """A name that two stars, or a statement and a later star, bind to different objects; the last wins."""

    __slots__ = ("after_line", "candidates", "name")
    name: str
    candidates: tuple[Candidate, ...]
    after_line: int

    def __str__(self) -> str:
        lines = [f"  {self.name} means {len(self.candidates)} things; Python takes the last:"]
        lines += [f"    {candidate}" for candidate in self.candidates]
        lines.append(f"    to settle it {self.settle}")
        return "\n".join(lines)

    @property
    def settle(self) -> str:
        """What to do, as the end of a sentence: the lines to add, or the statement to move."""
        added = dict.fromkeys(candidate.settle for candidate in self.candidates if candidate.settle)
        moved = [candidate.statement.line for candidate in self.candidates if candidate.own]
        ways = [f"add, after line {self.after_line}: {'  or  '.join(added)}"] if added else []
        ways += [f"move line {line} below line {self.after_line}" for line in moved if line]
        return "; or ".join(ways)


class StarLedger:
    """What the stars of modules that are being executed took.

    `_rows` maps the id of a namespace to ``{name: [(object, Candidate), ...]}``, oldest first: ``{140...:
    {"join": [(<function>, sales:join line 4), (<function>, posixpath:join line 5)]}}``. A row lives from the
    first star of a module to its end.
    """

    def __init__(self) -> None:
        self._rows: dict[int, dict[str, list[tuple[Any, Candidate]]]] = {}

    def record(self, source: Any, namespace: dict[str, Any], frame: FrameType) -> None:
        """Note what a star import of `source` is about to bind in `namespace`; the standard library may do as it likes.

        `bisect` ends with ``from _bisect import *``, as many of its modules do, and no user could settle that.
        """
        if _is_standard(frame.f_code.co_filename):
            return
        row = self._rows.setdefault(id(namespace), {})
        site = Site(path=frame.f_code.co_filename, line=frame.f_lineno)
        for name in _star_names(source):
            value = getattr(source, name, _MISSING)
            before = namespace.get(name, _MISSING)
            if value is _MISSING:
                continue  # The statement itself will say so.
            held = row.setdefault(name, [])
            if before is not _MISSING and not (held and held[-1][0] is before):
                held.append((before, _explicit(namespace, name, site)))
            held.append((value, Candidate(module=source.__name__, name=name, own=False, statement=site)))

    def settle(self, name: str, module: Any) -> None:
        """Raise NameConflict when stars of the module that ends here took a name for different objects."""
        namespace = getattr(module, "__dict__", None)
        row = self._rows.pop(id(namespace), None)
        if not row or namespace is None:
            return
        conflicts = tuple(
            conflict
            for taken, held in row.items()
            if (conflict := _conflict(taken, held, namespace)) is not None
        )
        if conflicts:
            raise NameConflict(name=name, conflicts=conflicts)


_STANDARD = os.path.dirname(os.__file__) + os.sep


def _is_standard(path: str) -> bool:
    return path.startswith((_STANDARD, "<frozen ")) and "-packages" not in path


def _star_names(source: Any) -> list[str]:
    exported = getattr(source, "__all__", None)
    if exported is None:
        return [name for name in vars(source) if isinstance(name, str) and not name.startswith("_")]
    return [name for name in exported if isinstance(name, str)]


def _explicit(namespace: dict[str, Any], name: str, star: Site) -> Candidate:
    """Return the candidate that a statement of the module itself bound before the star."""
    lines = [line for line in _explicit_lines(star.path, name) if line < star.line]
    site = Site(path=star.path, line=lines[-1] if lines else 0)
    return Candidate(module=namespace.get("__name__", ""), name=name, own=True, statement=site)


def _conflict(name: str, held: list[tuple[Any, Candidate]], namespace: dict[str, Any]) -> StarConflict | None:
    last, winner = held[-1]
    if all(value is last for value, _ in held):
        return None
    star = winner.statement
    # Bound again after the stars, to whatever: somebody has chosen.
    if namespace.get(name, _MISSING) is not last or any(
        line > star.line for line in _explicit_lines(star.path, name)
    ):
        return None
    return StarConflict(name=name, candidates=tuple(candidate for _, candidate in held), after_line=star.line)


def _explicit_lines(path: str, name: str) -> list[int]:
    """Return the lines of the statements, stars aside, that bind `name` in the module at `path`, in order."""
    from loadstone.source.bindings import summarise
    from loadstone.source.reading import read

    try:
        summary = summarise(read(path), "", is_package=False)
    except (OSError, SyntaxError):
        return []
    return [bound.statement.line for bound in summary.bounds if bound.name == name and bound.how != "star"]
