"""A loop of imports: a name is asked for before the line that binds it has run."""

from __future__ import annotations

from loadstone.explain import breaking, loops
from loadstone.explain.explanation import Evidence, Explanation, Repair, relative_to
from loadstone.spelling import closest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from loadstone.explain.failure import Failure, Frame
    from loadstone.explain.loops import Loop

__all__ = ["explain"]


def explain(failure: Failure) -> Explanation | None:
    """Return the loop, line by line, and its cheapest edges to break; None where there is no loop.

    Python 3.13 takes the second kind for a file with an unlucky name ("consider renaming"); whether a module
    is in the middle of its own import is read off the calls under way instead.
    """
    module, name = failure.missing_name
    owner, attribute = failure.missing_attribute
    if owner is not None:
        return _explanation(failure, loops.find(failure, owner.__dict__, attribute), "circular-attribute")
    frame = loops.running(failure, module)
    if frame is None:
        return None
    loop = loops.find(failure, frame.names, name)
    return _explanation(failure, loop, "circular-import") or _never_bound(failure, frame, name)


def _never_bound(failure: Failure, frame: Frame, name: str) -> Explanation | None:
    """Say that the name is bound nowhere: Python suspects the loop just because the module is not finished."""
    summary = failure.files.summary(frame.path, frame.module, is_package="__path__" in frame.names)
    known = {bound.name for bound in summary.bounds} if summary else set()
    if summary is None or summary.dynamic or summary.getattr or "*" in known or name in known:
        return None
    near = relative_to(failure.state.folder, frame.path)
    meant = closest(name, known)
    repairs = (Repair(f"write `{meant}` for `{name}`"),) if meant else ()
    at = failure.frames[-1]
    shown = (Evidence("", *failure.files.place(at.path, at.line)), Evidence(f"binds no {name}", frame.path))
    says = f"{near} binds no {name!r} anywhere: the circular import is not the cause"
    facts = {"module": frame.module, "name": name, "path": frame.path}
    return Explanation("absent-name", says, shown, repairs, facts, failure.state.folder)


def _explanation(failure: Failure, loop: Loop | None, kind: str) -> Explanation | None:
    if loop is None:
        return None
    first = loop.frames[1].module if loop.frames[1].function == "<module>" else loop.frames[1].function
    inner = "" if loop.ends.function == "<module>" else f"{loop.ends.function} in "
    asks = inner + loop.ends.module
    runs = f"runs {first}" + ("" if first == asks else f", which leads to {asks},")
    summary = f"circular import: {loop.module} {runs} before it binds {loop.name}, which {asks} needs at once"
    facts = {
        "module": loop.module,
        "name": loop.name,
        "loop": [{"module": f.module, "path": f.path, "line": f.line} for f in loop.frames],
        "bound_at": {"path": loop.starts.path, "line": loop.bound.statement.line},
    }
    evidence = loop.evidence(failure)
    return Explanation(kind, summary, evidence, breaking.ways(failure, loop), facts, failure.state.folder)
