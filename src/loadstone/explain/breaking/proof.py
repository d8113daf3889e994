"""Whether a repair of a loop does: the program rehearsed without it, and with it."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter

from loadstone.explain.edits import edited
from loadstone.explain.rehearsal.world import Stumble, TooLong, World
from loadstone.explain.state import origin_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from loadstone.explain.explanation import Repair
    from loadstone.explain.failure import Failure

    Start = Callable[[World], None]

__all__ = ["Proof"]


class Proof:
    """Holds repairs against a rehearsal of the program that failed because `module` had no `name` yet.

    Nothing is proven where the rehearsal does not stumble just where the program did: then it is no likeness of it.
    """

    def __init__(self, failure: Failure, module: str, name: str) -> None:
        self._failure = failure
        asked = (module, name, failure.frames[-1].path)
        self._likely = next(
            (start for start in _starts(failure) if _is(self._rehearsed(start, {}), asked)), None
        )

    def holds(self, repair: Repair) -> bool:
        """Return whether the program gets through with the edits of `repair`."""
        if self._likely is None or not repair.edits:
            return False
        try:
            texts = self._texts(repair)
        except ValueError:
            return False
        return self._rehearsed(self._likely, texts) is None

    def _rehearsed(self, start: Start, texts: Mapping[str, str]) -> Exception | None:
        """Go through the program; return where it stumbles, or None if it does not."""
        try:
            start(World(self._failure.modules, self._failure.files, texts))
        except (Stumble, TooLong, RecursionError, SyntaxError) as error:
            return error
        return None

    def _texts(self, repair: Repair) -> dict[str, str]:
        texts = {}
        for path, edits in groupby(sorted(repair.edits, key=attrgetter("path")), key=attrgetter("path")):
            source = self._failure.files.source(path)
            texts[path] = edited("\n".join(source.lines) if source else "", edits)
        return texts


def _starts(failure: Failure) -> list[Start]:
    """Return the ways in which the program may have come to the loop: from its start, or by its first import."""
    ways: list[Start] = []
    main = failure.state.modules.get("__main__")
    package = getattr(main, "__package__", None)
    if failure.state.script:
        ways.append(
            lambda world: world.start(failure.state.script, package if isinstance(package, str) else "")
        )
    imported = [
        frame.module
        for frame in failure.frames
        if frame.function == "<module>" and origin_of(frame.path) == "own"
    ]
    first = next(
        (name for name in imported if name not in {"", "__main__"} and failure.modules.locate(name)), ""
    )
    if first:
        ways.append(lambda world: _load(world, first))
    return ways


def _load(world: World, name: str) -> None:
    world.load(name)


def _is(outcome: Exception | None, asked: tuple[str, str, str]) -> bool:
    return isinstance(outcome, Stumble) and (outcome.module, outcome.name, outcome.path) == asked
