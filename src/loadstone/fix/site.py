"""What every repair is made from: a state of a project, who needs which name, and what the user prefers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loadstone.fix.needs import Needs
from loadstone.fix.repair import NOTHING, Refusal, Repair

if TYPE_CHECKING:
    from loadstone.check.diagnostic import Diagnostic
    from loadstone.check.module import Module
    from loadstone.fix.edits import Edit
    from loadstone.fix.model import Model
    from loadstone.fix.repair import Meant

__all__ = ["Site", "Unfixable"]


class Unfixable(Exception):
    """A finding that cannot be repaired; the text is the reason."""


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """The project before any repair; `prefer` is a module that wins conflicts, `everything` keeps what stars bring."""

    model: Model
    needs: Needs
    prefer: str = ""
    everything: bool = False

    @classmethod
    def of(cls, model: Model, *, prefer: str = "", everything: bool = False) -> Site:
        """Return the site of a project."""
        return cls(model, Needs(model), prefer, everything)

    def module(self, found: Diagnostic) -> Module:
        """Return the module in which a finding stands."""
        module = self.model.whole.module(self.model.project.owners[found.path])
        assert module is not None, "findings stand in modules of the project"
        return module

    def repair(self, found: Diagnostic, title: str, *edits: Edit, meant: Meant = NOTHING) -> Repair:
        """Return the repair of a finding."""
        module = self.model.project.owners[found.path]
        return Repair(found.rule, module, found.path, found.line, title, edits, meant)

    def refusal(self, found: Diagnostic, reason: str) -> Refusal:
        """Return the refusal of a finding."""
        return Refusal(found.rule, found.path, found.line, reason)

    def proposed(self, found: Diagnostic, meant: Meant = NOTHING) -> Repair:
        """Return the repair that makes the edit of the finding itself; raise Unfixable where it has none."""
        edit = found.edit
        if edit is None:
            raise Unfixable("there is no edit that would settle it without a decision of yours")
        document = self.model.document(edit.path)
        return self.repair(
            found, edit.title, document.replace_lines(edit.first, edit.last, edit.lines), meant=meant
        )
