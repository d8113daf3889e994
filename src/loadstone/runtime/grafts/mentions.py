"""What a piece of code mentions: the globals it reads, with the attributes asked of them, and what it imports."""

from __future__ import annotations

import sys
from opcode import EXTENDED_ARG, opmap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType

__all__ = ["Mentions", "mentions"]

_IMPORT = opmap["IMPORT_NAME"]
_STORE = opmap["STORE_GLOBAL"]
_GLOBAL = (opmap["LOAD_GLOBAL"], opmap["LOAD_NAME"])
_ATTRIBUTE = tuple(
    opmap[name] for name in ("LOAD_ATTR", "LOAD_METHOD", "STORE_ATTR", "DELETE_ATTR") if name in opmap
)
_WANTED = frozenset({_IMPORT, _STORE, *_GLOBAL})
# Of these the lowest bit of the argument is a flag, not part of the name's number.
_FLAGGED = {opmap["LOAD_GLOBAL"]} | ({opmap["LOAD_ATTR"]} if sys.version_info >= (3, 12) else set())
# They may stand between a global and its attribute, or between constants and the import that takes them.
_BETWEEN = frozenset({0, EXTENDED_ARG, opmap["PUSH_NULL"]})  # 0 is CACHE


class Mentions:
    """What one function mentions, inner functions included.

    `chains` are globals with their attributes, ``("importlib", "util", "find_spec")``; `imports` what import
    statements ask for, ``(level, "os.path")``; `words` every name there is; `texts` the constants that are text;
    `sets` the globals that are bound.
    """

    __slots__ = ("chains", "imports", "sets", "texts", "words")

    def __init__(self) -> None:
        self.chains: set[tuple[str, ...]] = set()
        self.imports: set[tuple[int, str]] = set()
        self.words: set[str] = set()
        self.texts: set[str] = set()
        self.sets: set[str] = set()


def mentions(code: CodeType) -> Mentions:
    """Return what `code` mentions; a code object without globals or imports mentions little.

    `dis` would read it as well, at thirty times the cost.
    """
    found = Mentions()
    codes = [code]
    for each in codes:
        _Reading(each).add_to(found)
        codes += [constant for constant in each.co_consts if type(constant) is type(code)]
    return found


class _Reading:
    __slots__ = ("_arguments", "_code", "_operations")

    def __init__(self, code: CodeType) -> None:
        self._code = code
        self._operations = code.co_code[::2]
        self._arguments = code.co_code[1::2]

    def add_to(self, found: Mentions) -> None:
        """Add what this one code object mentions."""
        found.words.update(self._code.co_names)
        found.texts.update(_texts(self._code.co_consts))
        for at in [at for at, operation in enumerate(self._operations) if operation in _WANTED]:
            operation = self._operations[at]
            if operation == _IMPORT:
                found.imports.add((self._level(at), self._name(at)))
            elif operation == _STORE:
                found.sets.add(self._name(at))
            else:
                found.chains.add(self._chain(at))

    def _chain(self, at: int) -> tuple[str, ...]:
        chain = [self._name(at)]
        while (at := self._beside(at, 1)) and self._operations[at] in _ATTRIBUTE:
            chain.append(self._name(at))
        return tuple(chain)

    def _level(self, at: int) -> int:
        """Return the dots of an import: its constant is loaded first, then the from-list, then comes the import."""
        at = self._beside(self._beside(at, -1), -1)
        if self._operations[at] == opmap["LOAD_CONST"]:
            return int(self._code.co_consts[self._argument(at)] or 0)
        return self._argument(at)  # LOAD_SMALL_INT, from 3.14 on

    def _beside(self, at: int, step: int) -> int:
        """Return where the next operation is that does something, or the last one that did."""
        at += step
        while self._operations[at] in _BETWEEN:
            at += step
        return at

    def _name(self, at: int) -> str:
        argument = self._argument(at)
        return self._code.co_names[argument >> 1 if self._operations[at] in _FLAGGED else argument]

    def _argument(self, at: int) -> int:
        argument = self._arguments[at]
        shift = 8
        while at and self._operations[at - 1] == EXTENDED_ARG:
            at -= 1
            argument |= self._arguments[at] << shift
            shift += 8
        return argument


def _texts(constants: tuple[object, ...]) -> set[str]:
    found = {constant for constant in constants if isinstance(constant, str)}
    for constant in constants:
        if isinstance(constant, tuple):
            found.update(item for item in constant if isinstance(item, str))
    return found
