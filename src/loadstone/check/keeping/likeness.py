"""Whether two readings of a file say the same, wherever in the file it stands."""

from __future__ import annotations

from itertools import pairwise

from loadstone.source.acts import Bound
from loadstone.source.inputs import digest
from loadstone.source.statements import Alias, Statement

__all__ = ["Likeness", "signature"]


class Likeness:
    """Compares values of an old and a new reading; statements may have moved, but not past one another.

    Two statements count as one where their texts differ: what a text says that matters is in the values around it.
    """

    def __init__(self) -> None:
        # The statement, and the line of a fork, that each old one has become; and the other way round.
        self._new: dict[object, object] = {}
        self._old: dict[object, object] = {}

    def alike(self, old: object, new: object) -> bool:
        """Whether two values are the same but for places."""
        if type(old) is not type(new):
            return False
        if isinstance(old, Statement):
            return self._moved(old[1:4], new[1:4])  # type: ignore[index]  # of the same type
        if isinstance(old, Bound):
            return self._bound(old, new)  # type: ignore[arg-type]  # of the same type
        if isinstance(old, Alias):
            return str(old) == str(new)
        if isinstance(old, tuple):
            assert isinstance(new, tuple)
            return len(old) == len(new) and all(map(self.alike, old, new))
        return repr(old) == repr(new) if isinstance(old, float | complex) else old == new

    def in_order(self) -> bool:
        """Whether the statements that were compared follow one another as before."""
        places = sorted((old[:2], new[:2]) for old, new in self._new.items() if isinstance(old, tuple))  # type: ignore[index]
        return all(one[1] < other[1] for one, other in pairwise(places) if one[0] < other[0])

    def _bound(self, old: Bound, new: Bound) -> bool:
        return (
            _besides(old) == _besides(new)
            and self._moved(old.statement[1:4], new.statement[1:4])
            and self.alike(old.value, new.value)
            and [arm for _, arm in old.branch] == [arm for _, arm in new.branch]
            and all(self._moved(one[0], other[0]) for one, other in zip(old.branch, new.branch, strict=True))
        )

    def _moved(self, old: object, new: object) -> bool:
        return self._new.setdefault(old, new) == new and self._old.setdefault(new, old) == old


def _besides(bound: Bound) -> tuple[object, ...]:
    """Return what a binding says besides its place and its value."""
    return (*bound[:4], *bound[5:7], bound.conditional)


def signature(*programs: object) -> bytes:
    """Return a digest of lowered programs that is the same wherever their lines stand.

    Of the lines only the order counts: which come before which, and which are one.
    """
    lines: list[int] = []
    shape = [_shape(program, lines) for program in programs]
    ranks = {line: rank for rank, line in enumerate(sorted({*lines}))}
    return digest(repr((shape, [ranks[line] for line in lines])).encode("utf-8", "surrogatepass"))


def _shape(value: object, lines: list[int]) -> object:
    """Return a value of a program without its lines, which go to the list."""
    if isinstance(value, frozenset):
        return sorted(value)
    if type(value) is int:
        lines.append(value)
        return None
    if not isinstance(value, tuple) or value[:1] in _CONSTANTS:
        return value
    if value[:1] == ("from",) and len(value) == _FROM:
        op, line, module, level, names = value
        return (op, _shape(line, lines), module, level, names)
    if len(value) == _FUNCTION and isinstance(value[2], tuple) and list(map(type, value[2])) == [int, int]:
        name, parameters, place = value
        return (name, parameters, _shape(place[0], lines))
    return tuple(_shape(part, lines) for part in value)


_CONSTANTS = (("const",), ("constant",))
_FROM = 5
"""Parts of ``("from", line, module, level, names)``, whose level is no line."""
_FUNCTION = 3
"""Parts of ``(name, parameters, (line, column))``."""
