"""What the host pays for a space with extensions: while one is open, its own ``__import__`` has a stand-in.

Before and while are taken in turn, in one process, by putting the one or the other `builtins.__import__` in place.
"""

from __future__ import annotations

import builtins
import time
from typing import TYPE_CHECKING

from benchmarks._measure import Result, Unit, against, combined
from benchmarks.spacing.packages import installed
from loadstone.runtime.space import Space

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

NANOSECONDS = Unit("ns", 1e9)
LOOPS = range(5_000)
STATEMENTS = ("import json", "import os.path", "from json import dumps")
# Both make C code import: of the standard library, which is answered at once; of another, for which the stack is read.
FROM_C = {
    "time.strptime": "from time import strptime as act; given = '12', '%H'",
    "pickle.dumps of a class": "from pickle import dumps as act; from benchmarks._measure import Unit; given = [Unit]",
}
OWN = "def act(thing): return thing\ngiven = [1]"


def rows() -> Iterator[Result]:
    """Yield the host's import statements and C imports before and while a space with extensions is open, and calls."""
    folder = installed("markupsafe==3.0.2")
    if folder is None:
        return
    before = builtins.__import__
    space = Space("extensions", [folder])
    space.import_module("markupsafe._speedups")
    instead = builtins.__import__
    assert instead is not before, "a space with extensions puts its own in place"
    statements = [_turns(text, _loop(text), before, instead) for text in STATEMENTS]
    yield from statements
    yield combined("the host, while open / before: the median of the three", statements, 2.0)
    yield from (_turns(what, _loop("act(*given)", setup), before, instead) for what, setup in FROM_C.items())
    builtins.__import__ = instead
    space.close()
    yield _calls()


def _turns(what: str, loop: Callable[[range], None], before: Any, instead: Any) -> Result:
    times = [_timed_with(function, loop) for function in (before, instead)]
    return against(f"the host, while open / before: {what}", *times, unit=NANOSECONDS)


def _timed_with(function: Any, loop: Callable[[range], None]) -> Callable[[], float]:
    def seconds() -> float:
        builtins.__import__ = function
        return _timed(loop)

    return seconds


def _calls() -> Result:
    """Return the row of a call of a space's function, beside a function of the host."""
    module = Space("called").define("called", OWN)
    own = _loop("act(*given)", OWN)
    theirs = _loop("act(*given)", act=module.act, given=module.given)
    return against(
        "a call of a space's function / of the host's", lambda: _timed(own), lambda: _timed(theirs),
        unit=NANOSECONDS, goal=1.1,
    )  # fmt: skip


def _loop(text: str, setup: str = "", **names: Any) -> Callable[[range], None]:
    exec(f"{setup}\ndef loop(times):\n    for _ in times:\n        {text}\n", names)
    loop: Callable[[range], None] = names["loop"]
    return loop


def _timed(loop: Callable[[range], None]) -> float:
    start = time.process_time()
    loop(LOOPS)
    return (time.process_time() - start) / len(LOOPS)
