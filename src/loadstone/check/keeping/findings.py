"""Findings as they are kept: packed in parts, so that an edit has to look into few of them."""

from __future__ import annotations

import pickle
from bisect import bisect_right
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from loadstone.check.diagnostic import Diagnostic
    from loadstone.check.engine import Found

    Findings = tuple[Diagnostic, ...]

__all__ = ["Packed", "in_parts", "mentions", "pack", "spliced", "unpack"]

_MANY = 100
"""Findings in a part: each is read whole."""
_PATH = attrgetter("path")


class Packed(NamedTuple):
    """What rules have found, by module and by rule; those without findings are left out."""

    modules: Mapping[str, bytes]
    rules: Mapping[str, bytes]

    @classmethod
    def of(cls, found: Found) -> Packed:
        """Return findings packed."""
        return cls(_packed(found.modules), _packed(found.rules))

    def and_of(self, found: Found, names: Iterable[str]) -> Packed:
        """Return the findings of some modules and of all rules, with those that were found anew in their places."""
        left = {*names} - found.modules.keys()
        modules = {name: part for name, part in self.modules.items() if name in left}
        rules = {name: part for name, part in self.rules.items() if name not in found.rules}
        return Packed({**modules, **_packed(found.modules)}, {**rules, **_packed(found.rules)})

    def in_files(self, paths: Iterable[str]) -> Iterator[Diagnostic]:
        """Yield the findings that stand in some files."""
        wanted = frozenset(paths)
        for part in (*self.modules.values(), *self.rules.values()):
            if any(_bytes(path) in part for path in wanted):
                yield from (one for one in unpack(part) if one.path in wanted)


def pack(findings: Findings) -> bytes:
    """Return findings as they are kept; every text of theirs is in it, in one piece."""
    return pickle.dumps(findings, 5)


def unpack(part: bytes) -> Findings:
    """Return findings that were packed; none for what is empty."""
    findings: Findings = pickle.loads(part) if part else ()  # noqa: S301  # ours, as .pyc files are
    return findings


def in_parts(findings: Iterable[Diagnostic]) -> dict[str, bytes]:
    """Return findings, which are in order, packed in parts of some files each, by the path at which a part begins."""
    parts: dict[str, list[Diagnostic]] = {}
    part: list[Diagnostic] = []
    for path, found in groupby(findings, _PATH):
        if not part or len(part) >= _MANY:
            part = parts[path] = []
        part.extend(found)
    return {path: pack(tuple(part)) for path, part in parts.items()}


def spliced(parts: Mapping[str, bytes], paths: Iterable[str], new: Sequence[Diagnostic]) -> dict[str, bytes]:
    """Return the parts with new findings in the place of all that were in some files."""
    starts = [*parts] or [""]
    inside: dict[str, set[str]] = {}
    for path in paths:
        start = starts[max(bisect_right(starts, path) - 1, 0)]
        inside.setdefault(start, set()).add(path)
    return {
        **parts,
        **{start: _spliced(parts.get(start, b""), those, new) for start, those in inside.items()},
    }


def _spliced(part: bytes, paths: set[str], new: Sequence[Diagnostic]) -> bytes:
    kept = (one for one in unpack(part) if one.path not in paths)
    return pack(tuple(sorted((*kept, *(one for one in new if one.path in paths)), key=_PATH)))


def mentions(part: bytes, *texts: str) -> bool:
    """Whether packed findings show or name something: a place in a file, or a module that they speak of."""
    if not any(_bytes(text) in part for text in texts):
        return False
    return any(text in said for one in unpack(part) for said in _said(one) for text in texts)


def _packed(parts: Mapping[str, Findings]) -> dict[str, bytes]:
    return {name: pack(part) for name, part in parts.items() if part}


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _said(one: Diagnostic) -> Iterator[str]:
    yield from (one.message, *one.notes)
    for place in (one.place, *one.related):
        yield from (place.path, place.label)
    if one.edit:
        yield from (one.edit.path, one.edit.title, *one.edit.lines)
