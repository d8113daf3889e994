"""A loop of imports, read off the calls that were under way when a name was asked for too early."""

from __future__ import annotations

from dataclasses import dataclass

from loadstone.explain.explanation import Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from loadstone.explain.failure import Failure, Frame
    from loadstone.source.acts import Bound

__all__ = ["Loop", "find", "find_by_name"]


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
        steps = [
            _step(failure, frame, after) for frame, after in zip(self.frames, self.frames[1:], strict=False)
        ]
        if len(steps) > _MOST:
            steps[2:-2] = [Evidence(f"... {len(steps) - 4} more ...")]
        asks = f"needs {self.name} from {self.module}"
        late = self.bound.statement
        return (
            *steps,
            Evidence(
                asks, self.ends.path, self.ends.line, failure.files.text_at(self.ends.path, self.ends.line)
            ),
            Evidence("binds it: not yet run", self.starts.path, late.line, late.text),
        )


_MOST = 6


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


def find_by_name(failure: Failure, module: str, name: str) -> Loop | None:
    """As `find`; a module whose import has failed is no longer among the modules, so its frame is looked for."""
    for frame in reversed(failure.frames):
        if frame.function == "<module>" and frame.module == module:
            return find(failure, frame.names, name)
    return None


def _bound_below(failure: Failure, frame: Frame, name: str) -> Bound | None:
    summary = failure.files.summary(frame.path, frame.module, is_package="__path__" in frame.names)
    if summary is None or name in frame.names:
        return None
    for bound in summary.bounds:
        if bound.name == name and bound.statement.end_line >= frame.line:
            return bound
    return None


def _step(failure: Failure, frame: Frame, after: Frame) -> Evidence:
    does = f"runs {after.module}" if after.function == "<module>" else f"calls {after.function}"
    return Evidence(does, frame.path, frame.line, failure.files.text_at(frame.path, frame.line))
