"""The proof for anybody's change: two states of a project, and in what they differ that matters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loadstone.fix.model import Model
from loadstone.fix.proof.prove import changed_modules, prove

if TYPE_CHECKING:
    from loadstone.fix.proof.objection import Objection
    from loadstone.source.tree import Project

__all__ = ["Verdict", "verify"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a change does: the modules it touches, what speaks against it, and dropped names that nobody asks for."""

    changed: tuple[str, ...]
    objections: tuple[Objection, ...]
    dropped: tuple[tuple[str, str], ...] = ()

    @property
    def holds(self) -> bool:
        """Whether nothing speaks against the change."""
        return not self.objections

    def __str__(self) -> str:
        return f"{len(self.changed)} modules changed, {len(self.objections)} objections"


def verify(before: Project, after: Project) -> Verdict:
    """Return whether the second state of a project means what the first one means; without a change it does."""
    old, new = Model(before), Model(after)
    changed = changed_modules(old, new)
    objections = tuple(prove(old, new, strict=False, changed=changed))
    removed = tuple(name for name in changed if name in old.compiled and name not in after.modules)
    dropped = [(name, one) for name in (*changed,) if name not in removed for one in _dropped(old, new, name)]
    told = {(one.module, one.name) for one in objections}
    return Verdict(changed, objections, tuple(one for one in dropped if one not in told))


def _dropped(old: Model, new: Model, module: str) -> list[str]:
    after = new.names(module)
    return [name for name in old.names(module) if name not in after] if module in new.compiled else []
