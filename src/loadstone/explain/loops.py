"""A loop of imports, read off the calls that were under way when a name was asked for too early."""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import pairwise

from loadstone.explain.explanation import Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from loadstone.explain.failure import Failure, Frame
    from loadstone.source.acts import Bound

__all__ = ["Loop", "find", "running", "steps"]


@dataclass(frozen=True, slots=True)
class Loop:
    """`module` has run as far as `frames[0].line`; the last frame asks it for `name`.

    `bound` is the statement further down that would bind the name: it has not run yet.
    """

    module: str
    name: str
    frames: tuple[Frame, ...]
    bound: Bound

    @property
    def starts(self) -> Frame:
        """The frame of the module that is asked for the name, in the middle of its own import."""
        return self.frames[0]

    @property
    def ends(self) -> Frame:
        """The frame that asks."""
        return self.frames[-1]

    def evidence(self, failure: Failure) -> tuple[Evidence, ...]:
        """Return the lines of the loop, each with what it does, and the line that comes too late."""
        late = self.bound.statement
        asks = Evidence(
            f"needs {self.name} from {self.module}", *failure.files.place(self.ends.path, self.ends.line)
        )
        binds = Evidence("binds it: not yet run", self.starts.path, late.line, late.text)
        return (*steps(failure, self.frames), asks, binds)


_MOST = 6


def steps(failure: Failure, frames: tuple[Frame, ...]) -> tuple[Evidence, ...]:
    """Return the lines at which each of these frames leads to the next."""
    found = [_step(failure, frame, after) for frame, after in pairwise(frames)]
    if len(found) > _MOST:
        found[2:-2] = [Evidence(f"... {len(found) - 4} more ...")]
    return (*_first_run(failure, frames), *found)


def find(failure: Failure, names: Mapping[str, object], name: str) -> Loop | None:
    """Return the loop in which the module whose dict is `names` was asked for `name`; None where there is none.

    There is one only if the module's own code is under way further out, and binds the name further down.
    """
    starts = [
        i for i, frame in enumerate(failure.frames) if frame.function == "<module>" and frame.names is names
    ]
    if not starts or starts[-1] == len(failure.frames) - 1:
        return None
    frames = failure.frames[starts[-1] :]
    bound = _bound_below(failure, frames[0], name)
    return Loop(frames[0].module, name, frames, bound) if bound else None


def running(failure: Failure, module: str) -> Frame | None:
    """Return the frame in which the module is being imported; None where it is not.

    A module whose import has failed is no longer among the modules: its frame still knows it.
    """
    frames = [frame for frame in failure.frames if frame.function == "<module>" and frame.module == module]
    return frames[-1] if frames else None


def _bound_below(failure: Failure, frame: Frame, name: str) -> Bound | None:
    summary = failure.files.summary(frame.path, frame.module, is_package="__path__" in frame.names)
    if summary is None or name in frame.names:
        return None
    for bound in summary.bounds:
        if bound.name == name and bound.statement.end_line >= frame.line:
            return bound
    return None


def _first_run(failure: Failure, frames: tuple[Frame, ...]) -> list[Evidence]:
    """Return the line at which the script started the loop, where it is itself imported again in it."""
    script = failure.state.script
    again = next((frame.module for frame in frames if script and frame.path == script), "__main__")
    for frame, after in pairwise(failure.frames):
        if again != "__main__" and frame.module == "__main__" and frame.path == script:
            does = f"runs {after.module}, as __main__: then {os.path.basename(script)} runs again, as {again}"
            return [Evidence(does, *failure.files.place(frame.path, frame.line))]
    return []


def _step(failure: Failure, frame: Frame, after: Frame) -> Evidence:
    does = f"runs {after.module}" if after.function == "<module>" else f"calls {after.function}"
    return Evidence(does, *failure.files.place(frame.path, frame.line))
