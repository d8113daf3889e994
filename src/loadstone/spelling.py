"""Which of some names is meant by a name that none of them is: of a few words of ours, or of a user's many names."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["closest", "distance", "folded", "nearest"]

SHORTEST = 3  # letters of a name that can be a slip of another
LONG = 8  # letters from which on there can be two slips


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the one of a few words, such as commands, that is most like `name`; empty for none. Case counts least."""
    words = list(dict.fromkeys(known))
    by_case = {word.lower(): word for word in reversed(words)}
    if name.lower() in by_case:
        return by_case[name.lower()]
    import difflib  # only for what is misspelt

    return next(iter(difflib.get_close_matches(name, words, 1)), "")


def closest(name: str, names: Iterable[str]) -> str:
    """Return the one name that `name` is a slip of; empty where there is none, or two equally near.

    Among many names something is always a little alike: ``pytest`` is no slip of ``test``. Another case of the letters
    is nearest; else one slip in a name of three to seven letters, two in a longer one, and the first letters agree.
    Shorter names are too near to everything.
    """
    others = {other for other in names if other != name and other.startswith("_") <= name.startswith("_")}
    wanted = folded(name)
    same = [other for other in others if folded(other) == wanted]
    if same:
        return same[0] if len(same) == 1 else ""
    allowed = _allowed(name)
    near = sorted((distance(name, other, allowed), other) for other in others if _near(name, other, allowed))
    near = [pair for pair in near if pair[0] <= allowed]
    if not near or (len(near) > 1 and near[0][0] == near[1][0]):
        return ""
    return near[0][1]


def folded(name: str) -> str:
    """Return the name without what people get wrong first: case, underscores and hyphens."""
    return name.lower().replace("_", "").replace("-", "")


def distance(one: str, other: str, most: int = 99) -> int:
    """Return how many slips lie between two words: a letter added, left out, changed, or two swapped.

    Anything above `most` is only known to be above it.
    """
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, wanted in enumerate(other, 1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != wanted))
            if row > 1 < column and (letter, wanted) == (other[column - 2], one[row - 2]):
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        if min(now) > most:
            return most + 1
        before, last = last, now
    return last[-1]


def _allowed(name: str) -> int:
    return 0 if len(name) < SHORTEST else 1 if len(name) < LONG else 2


def _near(name: str, other: str, allowed: int) -> bool:
    return abs(len(name) - len(other)) <= allowed and _starts(name, other)


def _starts(name: str, other: str) -> bool:
    # `lib` is no slip of `zlib`; `sjon` is one of `json`.
    return name[0] == other[0] or (name[:2] == other[1::-1])
