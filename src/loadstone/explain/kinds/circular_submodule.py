"""A submodule in the middle of its own import: it becomes an attribute of its package when that is done."""

from __future__ import annotations

from loadstone.explain import loops
from loadstone.explain.attributes import dotted_at, named
from loadstone.explain.breaking import below, later
from loadstone.explain.breaking.proof import Proof
from loadstone.explain.breaking.trees import is_bound
from loadstone.explain.explanation import Edit, Evidence, Explanation, Repair

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from loadstone.explain.failure import Failure, Frame
    from loadstone.explain.loops import Loop
    from loadstone.source.reading import Source

__all__ = ["explain"]


def explain(failure: Failure) -> Explanation | None:
    """Return the loop around the submodule; None where the submodule is not being imported further out."""
    owner, name = failure.missing_attribute
    at = failure.at
    if owner is None or at is None:
        return None
    full = f"{owner.__name__}.{name}"
    frame = loops.running(failure, full)
    source = failure.files.source(at.path)
    if frame is None or source is None or frame is at:
        return None
    late = [member for member in _members(source, at.line, full) if member not in frame.names]
    loop = loops.find(failure, frame.names, late[0]) if late else None
    if loop is not None:
        return _explanation(
            failure, full, loop.evidence(failure), _proven(failure, full, _candidates(failure, loop))
        )
    return _explanation(
        failure, full, _steps(failure, frame, full), _proven(failure, full, _from(source, failure, full))
    )


def _candidates(failure: Failure, loop: Loop) -> Iterator[Repair]:
    yield from below.ways(failure, loop)
    for frame in reversed(loop.frames[:-1]):
        yield from later.ways(failure, frame)


def _proven(failure: Failure, full: str, repairs: Iterable[Repair]) -> tuple[Repair, ...]:
    package, _, tail = full.rpartition(".")
    proof = Proof(failure, package, tail)
    return tuple(repair for repair in repairs if proof.holds(repair))[:2]


def _members(source: Source, line: int, full: str) -> list[str]:
    """Return what the line goes on to read from the submodule: ["f"] for ``p.a.f()``."""
    chains = [
        chain.removeprefix(full + ".")
        for chain in dotted_at(source.tree, line)
        if chain.startswith(full + ".")
    ]
    return sorted({chain.partition(".")[0] for chain in chains})


def _steps(failure: Failure, frame: Frame, full: str) -> tuple[Evidence, ...]:
    frames = failure.frames[failure.frames.index(frame) :]
    return (
        *loops.steps(failure, frames),
        Evidence(f"needs {full}", *failure.files.place(frames[-1].path, frames[-1].line)),
    )


def _from(source: Source, failure: Failure, full: str) -> Iterator[Repair]:
    """Offer a from-import, which finds the submodule all the same: it also looks among the modules (bpo-17636)."""
    package, _, tail = full.rpartition(".")
    importing = [one for one in failure.files.imports(source.path) if one.module == full and not one.names]
    if not importing or importing[0].scope or is_bound(source, tail):
        return
    line = importing[0].statement.end_line
    edits = [
        Edit(source.path, line + 1, "", f"from {package} import {tail}"),
        *_shortened(source, full, tail),
    ]
    yield Repair(
        f"write `from {package} import {tail}` after line {line}, and {tail} for {full}", edits=tuple(edits)
    )


def _shortened(source: Source, full: str, tail: str) -> list[Edit]:
    """Return the edits that write the last part alone for the whole dotted name, wherever it is used."""
    lines: dict[int, bytes] = {}
    for node in reversed(named(source.tree, full)):
        line = lines.get(node.lineno, source.lines[node.lineno - 1].encode())
        lines[node.lineno] = line[: node.col_offset] + tail.encode() + line[node.end_col_offset or 0 :]
    return [Edit(source.path, at, source.lines[at - 1], new.decode()) for at, new in lines.items()]


def _explanation(
    failure: Failure, full: str, evidence: tuple[Evidence, ...], repairs: tuple[Repair, ...]
) -> Explanation:
    package, _, tail = full.rpartition(".")
    summary = f"circular import: {full} is still being imported, and is no attribute of {package} before that is done"
    facts = {"module": full, "name": tail}
    return Explanation("circular-attribute", summary, evidence, repairs, facts, failure.state.folder)
