"""Which names the modules of a project mention, and whether only one of them does."""

from __future__ import annotations

import zlib
from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Mentions"]

_MANY = 0xFFFFFFFF
"""In the place of an owner: more than one module mentions the word."""


class Mentions(NamedTuple):
    """Words by their checksums, in order, and for each the number of the module that mentions it.

    Two words of one checksum count as one: more may seem to be mentioned than is. Nothing is ever taken out.
    """

    checksums: array[int]
    owners: array[int]
    modules: tuple[str, ...]

    @classmethod
    def of(cls, mentioned: Iterable[tuple[str, Iterable[str]]]) -> Mentions:
        """Return the words of modules: [("shop.cart", ["total", "VAT"]), ...]; a module may come more than once."""
        numbers: dict[str, int] = {}
        found: dict[str, int] = {}
        for module, words in mentioned:
            number = numbers.setdefault(module, len(numbers))
            for word in {*words}:
                if found.setdefault(word, number) != number:
                    found[word] = _MANY
        owners: dict[int, int] = {}
        for word, owner in found.items():
            checksum = _checksum(word)
            owners[checksum] = _MANY if checksum in owners else owner
        ordered = sorted(owners)
        return cls(array("I", ordered), array("I", (owners[one] for one in ordered)), tuple(numbers))

    def and_of(self, mentioned: Iterable[tuple[str, Iterable[str]]]) -> Mentions:
        """Return these mentions and those of some modules more, or again."""
        numbers = {module: number for number, module in enumerate(self.modules)}
        checksums, owners = self.checksums[:], self.owners[:]
        for module, words in mentioned:
            number = numbers.setdefault(module, len(numbers))
            for checksum in map(_checksum, {*words}):
                index = bisect_left(checksums, checksum)
                if index == len(checksums) or checksums[index] != checksum:
                    checksums.insert(index, checksum)
                    owners.insert(index, number)
                elif owners[index] != number:
                    owners[index] = _MANY
        return Mentions(checksums, owners, tuple(numbers))

    def __contains__(self, word: object) -> bool:
        """Whether any module mentions the word."""
        return self._owner(str(word)) is not None

    def elsewhere(self, word: str, module: str) -> bool:
        """Whether another module than this one mentions the word."""
        owner = self._owner(word)
        return owner is not None and (owner == _MANY or self.modules[owner] != module)

    def _owner(self, word: str) -> int | None:
        checksum = _checksum(word)
        index = bisect_left(self.checksums, checksum)
        there = index < len(self.checksums) and self.checksums[index] == checksum
        return self.owners[index] if there else None


def _checksum(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))
