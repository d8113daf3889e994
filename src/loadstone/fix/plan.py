"""From findings to a Plan: the repairs that are proven, all together, and the reasons for those that are not made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loadstone.check.engine import check
from loadstone.fix.document import NotLossless
from loadstone.fix.edits import apply, overlapping
from loadstone.fix.links import linked
from loadstone.fix.model import Model
from loadstone.fix.proof.prove import prove
from loadstone.fix.repair import NOTHING, Refusal, Repair
from loadstone.fix.repairs import FIRST, NAMES, repairer
from loadstone.fix.repairs.unexecuted_star import unexecuted_stars
from loadstone.fix.site import Site, Unfixable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from loadstone.check.config.settings import Settings
    from loadstone.check.diagnostic import Diagnostic
    from loadstone.fix.edits import Edit
    from loadstone.fix.proof.objection import Objection
    from loadstone.fix.repair import Meant
    from loadstone.source.tree import Project

__all__ = ["Plan", "plan"]

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is going to be written: `before` and `after` are the bytes of each file, by path."""

    before: dict[str, bytes]
    after: dict[str, bytes]
    repairs: tuple[Repair, ...]
    refusals: tuple[Refusal, ...]

    def __str__(self) -> str:
        return f"{len(self.repairs)} repairs in {len(self.after)} files, {len(self.refusals)} refused"


def plan(
    project: Project,
    settings: Settings,
    *,
    prefer: str = "",
    everything: bool = False,
    progress: Progress | None = None,
) -> Plan:
    """Return the repairs of what `check` finds under these settings, as far as they are proven.

    `prefer` is the module that wins conflicts, in place of the running winner; with `everything`, stars are replaced
    by all of their names. A project without findings has an empty plan. Raises OSError for a file that is gone.
    """
    model = Model(project)
    found = [one for one in _findings(model, settings, progress) if one.rule in NAMES]
    site = Site.of(model, prefer=prefer, everything=everything)
    planner = _Planner(site, progress)
    planner.take([one for one in found if one.rule in FIRST])
    planner.take([one for one in found if one.rule not in FIRST])
    return planner.plan()


def _findings(model: Model, settings: Settings, progress: Progress | None) -> Iterator[Diagnostic]:
    """Yield what the rules find, and the stars that do not run, which are no matter for them."""
    yield from check(model.project, settings, progress)
    for name in model.project.selected if settings.runs("star") else ():
        module = model.whole.module(name)
        if module is not None and name in model.compiled and "star" not in settings.silent(module.path):
            yield from unexecuted_stars(module)


@dataclass(slots=True)
class _Planner:
    site: Site
    progress: Progress | None = None
    made: list[Repair] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    proven: Model = field(init=False)
    linked: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.proven = self.site.model
        self.linked = linked(self.site.model.project)

    def take(self, found: Sequence[Diagnostic]) -> None:
        """Take the findings of one round: those that can be repaired are proven on top of what is made already."""
        repairs: list[Repair] = []
        for one in sorted(found, key=lambda one: NAMES.index(one.rule)):
            repair = self._repair(one, repairs)
            if repair is not None:
                repairs.append(repair)
        self._prove(repairs, len(repairs))

    def plan(self) -> Plan:
        after = self._contents(self.made)
        before = {path: self.site.model.document(path).content for path in after}
        return Plan(
            before,
            {path: content for path, content in after.items() if content != before[path]},
            tuple(sorted(self.made, key=_place)),
            tuple(sorted(self.refused, key=_place)),
        )

    def _repair(self, found: Diagnostic, repairs: Sequence[Repair]) -> Repair | None:
        if found.rule in ("star-conflict", "star-hides") and self._is_settled(found):
            return None
        try:
            repair = repairer(found.rule)(self.site, found)
        except (Unfixable, NotLossless) as error:
            self.refused.append(self.site.refusal(found, str(error)))
            return None
        reason = self._impossible(repair, repairs)
        if reason:
            self.refused.append(self.site.refusal(found, reason))
        return None if reason else repair

    def _impossible(self, repair: Repair, repairs: Sequence[Repair]) -> str:
        """Return why the edits of a repair cannot be made; empty where they can."""
        if any(overlapping(repair.edits, other.edits) for other in (*self.made, *repairs)):
            return "it overlaps with another repair: run it again"
        return next((self.linked[edit.path] for edit in repair.edits if edit.path in self.linked), "")

    def _is_settled(self, found: Diagnostic) -> bool:
        """Whether the star of a conflict has become explicit, and so the conflict is no more."""
        return any(
            one.rule in FIRST and (one.path, one.line) == (found.path, found.line) for one in self.made
        )

    # The proof, for all at once; where it fails, for halves.

    def _prove(self, repairs: list[Repair], every: int) -> None:
        if not repairs:
            return
        if self.progress:
            self.progress(every - len(repairs), every, "proving")
        after = self._with(repairs)
        objections = list(self._objections(repairs, after))
        if not objections:
            self.made += repairs
            self.proven = after
        elif len(repairs) == 1:
            self.refused.append(self._refusal(repairs[0], objections))
        else:
            for part in _parts(repairs, objections):
                self._prove(part, every)

    def _with(self, repairs: Sequence[Repair]) -> Model:
        """Return the project with these repairs made, too."""
        touched = {edit.path for one in repairs for edit in one.edits}
        after = self._contents([*self.made, *repairs])
        return self.proven.changed({path: after[path] for path in touched})

    def _objections(self, repairs: Sequence[Repair], after: Model) -> Iterator[Objection]:
        """What is proven of two changes one after the other is proven of both: only the later one is gone through."""
        changed = dict.fromkeys(one.module for one in repairs)
        return prove(self.proven, after, _meant(repairs), changed=changed)

    def _contents(self, repairs: Iterable[Repair]) -> dict[str, bytes]:
        edits: dict[str, list[Edit]] = {}
        for one in repairs:
            for edit in one.edits:
                edits.setdefault(edit.path, []).append(edit)
        return {path: apply(self.site.model.document(path).content, group) for path, group in edits.items()}

    def _refusal(self, repair: Repair, objections: Sequence[Objection]) -> Refusal:
        more = f" (and {len(objections) - 1} more)" if len(objections) > 1 else ""
        return Refusal(repair.rule, repair.path, repair.line, f"{objections[0]}{more}")


def _parts(repairs: list[Repair], objections: Sequence[Objection]) -> list[list[Repair]]:
    """Return the repairs in two parts: those where the objections show last; halves where that tells nothing."""
    named = {one.module for one in objections} | {one.path for one in objections}
    near = [one for one in repairs if one.module in named or one.path in named]
    if not near or len(near) == len(repairs):
        half = len(repairs) // 2
        return [repairs[:half], repairs[half:]]
    return [[one for one in repairs if one not in near], near]


def _meant(repairs: Iterable[Repair]) -> Meant:
    every = NOTHING
    for one in repairs:
        every |= one.meant
    return every


def _place(one: Repair | Refusal) -> tuple[str, int]:
    return one.path, one.line
