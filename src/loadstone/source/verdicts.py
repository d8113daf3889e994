"""Tests of ``if`` statements that can be decided without running the program, for the running interpreter.

`conditions.lower` turns an expression into a small value that a summary can keep; here that is computed, given what
the names in it stand for. What cannot be known is UNKNOWN: never a guess.
"""

from __future__ import annotations

import operator
import os
import platform
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from loadstone.source.conditions import Test

__all__ = ["SOMETHING", "UNKNOWN", "Lookup", "evaluate", "known", "verdict"]


class _Mark:
    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name

    def __reduce__(self) -> str:
        return self.name


UNKNOWN = _Mark("UNKNOWN")
"""The value of what cannot be decided."""

SOMETHING = _Mark("SOMETHING")
"""The value of a module, function or class: true, and not None."""

if TYPE_CHECKING:
    Lookup = Callable[[str], object]
    """What a dotted name stands for at that place: a value, SOMETHING or UNKNOWN."""


def verdict(test: Test, lookup: Lookup) -> bool | None:
    """Return whether the test is true; None where that cannot be known."""
    match test:
        case ("And", *parts):
            return _every([verdict(part, lookup) for part in parts])
        case ("Or", *parts):
            return _negated(_every([_negated(verdict(part, lookup)) for part in parts]))
        case ("not", part):
            return _negated(verdict(part, lookup))
    value = evaluate(test, lookup)
    return None if value is UNKNOWN else bool(value)  # SOMETHING is true, as any object is by default


def evaluate(test: Test, lookup: Lookup) -> object:
    """Return the value of a lowered expression, or UNKNOWN."""
    if test is None:
        return UNKNOWN
    try:
        return _OPERATIONS[test[0]](lookup, *test[1:])
    except (TypeError, ValueError, LookupError, AttributeError):
        return UNKNOWN


def known(module: str, path: str) -> object:
    """Return the value of an attribute that this interpreter fixes, such as ("sys", "platform"); else UNKNOWN."""
    if path == "TYPE_CHECKING" and module in {"typing", "typing_extensions"}:
        return False
    if module == "sys" and path in _OF_SYS:
        return operator.attrgetter(path)(sys)
    if module == "os" and path in {"name", "sep", "altsep", "linesep", "pathsep"}:
        return getattr(os, path)
    if module == "platform" and path in {"system()", "python_implementation()"}:
        return getattr(platform, path[:-2])()
    return UNKNOWN


_OF_SYS = frozenset(
    (
        "api_version",
        "builtin_module_names",
        "byteorder",
        "hexversion",
        "implementation.name",
        "implementation.version",
        "maxsize",
        "maxunicode",
        "platform",
        "version",
        "version_info",
        "version_info.major",
        "version_info.micro",
        "version_info.minor",
    )
)


def _every(truths: list[bool | None]) -> bool | None:
    """All of them, where one unknown is enough not to know; ``False and unknown`` is false."""
    return False if False in truths else None if None in truths else True


def _negated(truth: bool | None) -> bool | None:
    return None if truth is None else not truth


def _values(lookup: Lookup, tests: tuple[Test, ...]) -> list[Any]:
    values = [evaluate(test, lookup) for test in tests]
    if UNKNOWN in values or SOMETHING in values:
        raise LookupError
    return values


def _first(lookup: Lookup, wanted: bool, *tests: Test) -> object:
    """Return the value of ``or`` (of ``and``, if `wanted` is false): the first that is true, or the last."""
    value: object = UNKNOWN
    for test in tests:
        value = evaluate(test, lookup)
        if value is UNKNOWN or bool(value) is wanted:
            return value
    return value


def _negate(lookup: Lookup, test: Test) -> object:
    truth = verdict(test, lookup)
    return UNKNOWN if truth is None else not truth


def _relate(lookup: Lookup, op: str, left: Test, right: Test) -> object:
    one, other = evaluate(left, lookup), evaluate(right, lookup)
    if UNKNOWN in (one, other):
        return UNKNOWN
    if op in {"Is", "IsNot"}:
        return _identity(one, other) if op == "Is" else _not(_identity(one, other))
    if SOMETHING in (one, other):
        return UNKNOWN
    return _RELATIONS[op](one, other)


def _identity(one: object, other: object) -> object:
    if None in (one, other):
        return one is other
    if isinstance(one, bool) and isinstance(other, bool):
        return one is other
    return UNKNOWN


def _not(value: object) -> object:
    return UNKNOWN if value is UNKNOWN else not value


_RELATIONS: dict[str, Callable[[Any, Any], bool]] = {
    "Eq": operator.eq,
    "NotEq": operator.ne,
    "Lt": operator.lt,
    "LtE": operator.le,
    "Gt": operator.gt,
    "GtE": operator.ge,
    "In": lambda one, other: one in other,
    "NotIn": lambda one, other: one not in other,
}


def _plain(function: Callable[..., object]) -> Callable[..., object]:
    return lambda lookup, *tests: function(*_values(lookup, tests))


_OPERATIONS: dict[str, Callable[..., object]] = {
    "constant": lambda _, value: value,
    "name": lambda lookup, name: lookup(name),
    "hasattr": lambda lookup, name: lookup(name + "?"),
    "not": _negate,
    "And": lambda lookup, *tests: _first(lookup, False, *tests),
    "Or": lambda lookup, *tests: _first(lookup, True, *tests),
    "compare": _relate,
    "tuple": _plain(lambda *items: items),
    "list": _plain(lambda *items: [*items]),
    "set": _plain(lambda *items: {*items}),
    "index": _plain(lambda value, key: value[key]),
    "slice": _plain(lambda value, start, stop: value[start:stop]),
    "startswith": _plain(lambda value, prefix: value.startswith(prefix)),
    "endswith": _plain(lambda value, suffix: value.endswith(suffix)),
}
