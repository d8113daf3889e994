"""The way from a module's name to its file, as text: ``loadstone why NAME``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loadstone.report.text import relative

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from loadstone.report.about import About
    from loadstone.report.text import Style
    from loadstone.trace import Resolution, Step

__all__ = ["Resolved"]

WORDS = {"nothing": "no", "absent": "no", "portion": "part", "not asked": "-"}


@dataclass(frozen=True, slots=True)
class Resolved:
    """A resolution, what the module is, and whose the files are that it hides.

    `owners` maps the path of a hidden file to its owner, as in `` of click 8.1.7``. `suggestion` is what was
    perhaps meant by a name that leads nowhere, a module or ``module:name``; `alias` the name that was asked
    for, where the module has another; `space` the declared space that was asked about, empty for the program itself.
    With `everything`, the packages above are told in full.
    """

    resolution: Resolution
    about: About | None
    owners: Mapping[str, str]
    suggestion: str = ""
    alias: str = ""
    space: str = ""
    everything: bool = False

    @property
    def found(self) -> bool:
        """Whether the name leads to a module."""
        return self.resolution.found

    def text(self, style: Style) -> str:
        """Return the report; it ends without a newline."""
        lines = [self._head(style), *(f"  {line}" for line in self._hidden(style))]
        one = self.resolution
        way = [*_above(one)]
        told = way if self.everything else way[-1:]
        for each in told:
            lines += [style.dim(f"  {each.name}:")] if len(told) > 1 else []
            lines += _told(each, style)
        return "\n".join(lines)

    def to_json(self) -> str:
        """Return the report as JSON, two spaces an indent."""
        import json

        from loadstone.report import data

        facts = data.resolution(self.resolution)
        owner = {"name": self.about.distribution, "version": self.about.version} if self.about else None
        facts["distribution"] = owner if owner and owner["name"] else None
        facts["standard_library"] = bool(self.about and self.about.standard)
        facts["suggestion"] = self.suggestion or None
        return json.dumps(facts, indent=2, ensure_ascii=False)

    def _head(self, style: Style) -> str:
        name = style.bold(self.resolution.name)
        if self.alias:
            parent = self.alias.rpartition(".")[0]
            name = f"{style.bold(self.alias)} is {name}, which {parent} puts into sys.modules under that name\n{name}"
        if self.about is not None:
            return f"{name}: {self.about}"
        return f"{name}: not found{self._meant()}"

    def _meant(self) -> str:
        module, _, name = self.suggestion.partition(":")
        if name:
            space = f" --space {self.space}" if self.space else ""
            return f"; {name} is a name in {module}, no module: loadstone why {self.suggestion}{space}"
        return f"; did you mean {module}?" if module else ""

    def _hidden(self, style: Style) -> Iterator[str]:
        for step in self.resolution.hides:
            path = step.path or "the built-in module"
            yield f"{style.warn('hides')} {relative(path)}{self.owners.get(path, '')}"


def _above(one: Resolution) -> Iterator[Resolution]:
    """Yield the resolutions of the packages above, then this one, up to the first that found nothing."""
    if one.parent is not None:
        yield from _above(one.parent)
    if one.parent is None or one.parent.found:
        yield one


def _told(one: Resolution, style: Style) -> list[str]:
    rows = list(_rows(one))
    width = max(len(place) for place, _, _, _ in rows)
    outcomes = max(len(outcome) for _, outcome, _, _ in rows)
    return [_line(row, width, outcomes, style) for row in rows]


def _line(row: tuple[str, str, str, str], width: int, outcomes: int, style: Style) -> str:
    place, word, reason, outcome = row
    text = f"  {place.ljust(width)}  {word.ljust(outcomes)}  {reason}".rstrip()
    look = {"used": style.good, "hidden": style.warn, "part": style.good}.get(outcome, style.dim)
    return look(text)


def _rows(one: Resolution) -> Iterator[tuple[str, str, str, str]]:
    """Yield place, outcome in a word, reason, and the outcome itself, for each step and those inside it."""
    for step in (*one.steps, one.bytecode):
        if step is None:
            continue
        yield (
            step.where,
            "" if step.inner else _word(step, one),
            step.reason,
            "" if step.inner else step.outcome,
        )
        for inner in step.inner:
            yield f"  {relative(inner.where)}", _word(inner, one), inner.reason, inner.outcome


def _word(step: Step, one: Resolution) -> str:
    if step.outcome == "portion" and one.kind != "namespace":
        return "no"
    return WORDS.get(step.outcome, step.outcome)
