"""How a module's name was resolved, decision by decision: what ``loadstone why`` prints."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Resolution", "Step"]


@dataclass(frozen=True, slots=True)
class Step:
    """One decision: `where` was asked, and what came of it, with the reason.

    `outcome` is "used", "hidden" (it has the name, and something before it won), "portion" (a folder that is
    part of a namespace package), "nothing", "absent" (the place itself is not there) or "not asked". `path` is
    the file or folder that was found. `inner` are the steps inside, such as a finder's path entries.
    """

    where: str
    outcome: str
    reason: str = ""
    path: str | None = None
    inner: tuple[Step, ...] = ()

    def __str__(self) -> str:
        return f"{self.where}: {self.reason or self.outcome}"


@dataclass(frozen=True, slots=True)
class Resolution:
    """The whole way from a name to a file, or to nothing: `kind` is None then.

    `kind`, `path` and `search` are those of the location that won. `parent` is the resolution of the package
    above, in whose folders a submodule is looked for. `bytecode` says what is cached on disk.
    """

    name: str
    kind: str | None
    path: str | None
    search: tuple[str, ...]
    steps: tuple[Step, ...]
    parent: Resolution | None = None
    bytecode: Step | None = None

    @property
    def found(self) -> bool:
        """Whether importing the name would find a module."""
        return self.kind is not None

    @property
    def hides(self) -> tuple[Step, ...]:
        """The steps that had the name too, and lost; the nearest first."""
        return tuple(step for step in _flat(self.steps) if step.outcome == "hidden")

    def __str__(self) -> str:
        if self.kind is None:
            return f"{self.name}: not found"
        return f"{self.name}: {self.kind} ({self.path or ', '.join(self.search) or 'no file'})"


def _flat(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    return tuple(one for step in steps for one in (step, *_flat(step.inner)))
