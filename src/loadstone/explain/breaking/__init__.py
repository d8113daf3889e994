"""The cheapest edges of a loop of imports to break, each as edits that can be made as they stand.

A loop has a module that asks too early (its end), and one that is asked in the middle of its own import (its
start). Either the first asks later, or the second binds the name sooner, or the name moves out of the loop; or
an edge between them goes. What is offered has been rehearsed.
"""

from __future__ import annotations

from itertools import islice

from loadstone.explain.breaking import apart, below, later
from loadstone.explain.breaking.proof import Proof

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.explain.explanation import Repair
    from loadstone.explain.failure import Failure
    from loadstone.explain.loops import Loop

__all__ = ["ways"]


def ways(failure: Failure, loop: Loop) -> tuple[Repair, ...]:
    """Return at most three repairs with which the program gets through, cheapest first; or how to take it apart."""
    proof = Proof(failure, loop.module, loop.name)
    found = tuple(islice((repair for repair in _candidates(failure, loop) if proof.holds(repair)), 3))
    return found or tuple(apart.ways(failure, loop, proof))


def _candidates(failure: Failure, loop: Loop) -> Iterator[Repair]:
    yield from later.ways(failure, loop.ends)
    yield from below.ways(failure, loop)
    for frame in reversed(loop.frames[:-1]):
        yield from later.ways(failure, frame)
