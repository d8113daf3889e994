"""What an edit of one file changes for the rest of the project, as far as two readings of the file can tell."""

from __future__ import annotations

import builtins
import re
from typing import TYPE_CHECKING, NamedTuple

from loadstone.check.keeping.likeness import Likeness
from loadstone.source import acts
from loadstone.source.acts import Bound, Reads, Unbound
from loadstone.source.statements import Statement

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from loadstone.source.acts import Act, Body
    from loadstone.source.bindings import Summary
    from loadstone.source.statements import Import

__all__ = ["Change", "Fact", "change", "strings", "words"]

Fact = tuple[str, str]
"""Something that a rule may ask the whole project: ("taken", "VAT"), who takes that name from anywhere; ("set",
"debug"), who assigns that attribute; ("imports", ""), all import statements."""


class Change(NamedTuple):
    """What an edit changes.

    `names` are definitions that have come or gone. It is `plain` if modules that import the file see nothing but
    these, where they look for them, and `named` if the rest of its own top level mentions one of them. `facts` are
    the questions about the whole project whose answer may be another; `imports` the modules that are imported as they
    were not before, or no longer so. `calls` are the names, each with "import" or "later", by which it has begun or
    ceased to call at that time, `later` those of its own that its functions read; `reads` are the names of the module
    that it reads at any time.
    """

    names: frozenset[str]
    plain: bool
    named: bool
    facts: frozenset[Fact]
    imports: frozenset[str]
    calls: frozenset[tuple[str, str]]
    later: frozenset[str]
    reads: frozenset[str]


def change(old: Summary, new: Summary) -> Change:
    """Return what an edit changes."""
    names = frozenset(_plain(old) ^ _plain(new))
    plain = _is_alike(old, new, names)
    without = names if plain else frozenset[str]()
    calls = _calls(old, frozenset()) | _calls(new, frozenset())
    return Change(
        names,
        plain,
        any(_has_word(text, names) for text in _texts(_face(new, names))),
        frozenset((*_taken(old, new), *_assigned(old, new))),
        frozenset(_imports(old, new)),
        frozenset(_calls(old, without) ^ _calls(new, without)),
        frozenset(name for when, name in calls if when == "later"),
        frozenset(read.name.partition(".")[0] for read in (*old.reads, *new.reads)),
    )


def words(summary: Summary) -> Iterator[str]:
    """Yield all names that a module mentions, and what else its strings are made of, some more than once."""
    for bound in summary.bounds:
        yield from (bound.name, bound.member, bound.alias or "")
        yield from bound.target.split(".")
    for one in summary.imports:
        yield from one.module.split(".")
        yield from one.scope.split(".")
        for alias in (*one.names, *((one.alias,) if one.alias else ())):
            yield from (*alias.name.split("."), alias.asname or "")
    for read in summary.reads:
        yield from read.name.split(".")
    yield from summary.uses
    yield from strings((summary.body, summary.exports, tuple(summary.sets), summary.registers))


def strings(value: object) -> Iterator[str]:
    """Yield the words in all strings of a value; the texts of statements do not count."""
    for text in _texts(value):
        yield from _WORD.findall(text)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | frozenset) and not isinstance(value, Statement):
        for part in value:
            yield from _texts(part)


def _has_word(text: str, names: Collection[str]) -> bool:
    """Whether one of some names is a word of a text; nearly always it is not even a part of it."""
    return any(name in text for name in names) and not frozenset(names).isdisjoint(_WORD.findall(text))


_WORD = re.compile(r"\w+")


# What importing modules see.


def _is_alike(old: Summary, new: Summary, names: frozenset[str]) -> bool:
    """Whether modules that import a module find it as before, but for some of its definitions."""
    like = Likeness()
    same = like.alike(_face(old, names), _face(new, names)) and like.in_order()
    return same and not old.error and not new.error


def _face(summary: Summary, without: frozenset[str]) -> tuple[object, ...]:
    """Return what other modules can see of a module, some of its definitions left out."""
    return (
        summary.is_package,
        tuple(_without(summary, without)),
        tuple(bound for bound in summary.bounds if bound.name not in without),
        summary.exports,
        summary.exports_exact,
        summary.dynamic,
        tuple(one for one in summary.imports if one.when == "import"),
        summary.registers,
        summary.annotated,
        summary.installs,
        any(read.name.startswith("sys.meta_path") for read in summary.reads),
        summary.getattr,
    )


def _without(summary: Summary, names: frozenset[str]) -> Iterator[Act]:
    """Yield what a module does, less the definitions of some names, and less what these safely read."""
    left = {bound.statement for bound in summary.bounds if bound.name in names}
    taken_away = set(_unbound(summary.body))
    safe = {*vars(builtins)} - taken_away
    for act in summary.body:
        if isinstance(act, Bound):
            if act.name in names:
                continue
            safe.update({act.name} - taken_away)
        if not (isinstance(act, Reads) and act.statement in left and safe.issuperset(act.names)):
            yield act


def _unbound(body: Body) -> Iterator[str]:
    for act in body:
        if isinstance(act, Unbound):
            yield act.name
        for part in acts.inner(act):
            yield from _unbound(part)


def _plain(summary: Summary) -> set[str]:
    """Return the names that are bound by definitions at the top of the module, and whenever it runs."""
    plain = {bound.name for bound in summary.bounds if _is_plain(bound)}
    plain -= {bound.name for bound in summary.bounds if not _is_plain(bound)}
    return {name for name in plain if not name.startswith("__")}


def _is_plain(bound: Bound) -> bool:
    return bound.how == "definition" and bound.kind in _KINDS and not bound.conditional and not bound.branch


_KINDS = frozenset(("function", "class", "variable"))


# What is asked of the whole project.


def _imports(old: Summary, new: Summary) -> Iterator[str]:
    """Yield the modules of import statements that are not in both; of all, where only their order is another."""
    if not Likeness().alike(old.imports, new.imports):
        before = {_without_place(one): one.reached(old.package) for one in old.imports}
        after = {_without_place(one): one.reached(new.package) for one in new.imports}
        for key in before.keys() ^ after.keys() or before.keys():
            yield from before.get(key) or after[key]


def _without_place(one: Import) -> tuple[object, ...]:
    bound = str(one.alias), tuple(map(str, one.names)), one.star
    return one.module, one.level, bound, one.when, one.scope, one.conditional, one.guarded


def _taken(old: Summary, new: Summary) -> Iterator[Fact]:
    """Yield the names that the module has begun, or ceased, to take from somewhere."""
    return (("taken", name) for name, *_ in {*_takings(old)} ^ {*_takings(new)})


def _takings(summary: Summary) -> Iterator[tuple[str, ...]]:
    """Yield what `taken` has in its indexes: names that are imported, or read from a star or as an attribute."""
    for one in summary.imports:
        for alias in one.names:
            yield alias.name, one.module, str(one.level), alias.bound
    for read in summary.reads:
        if read.when != "never":
            first, *parts = read.name.split(".")
            yield first, "first"
            yield from ((part, read.name) for part in parts)


def _assigned(old: Summary, new: Summary) -> Iterator[Fact]:
    """Yield the attributes that it has begun, or ceased, to assign, or to be given by functions that it imports."""
    yield from (("set", path.rpartition(".")[2]) for path in old.sets ^ new.sets)
    if any(_imports(old, new)):
        yield "set", "*"


def _calls(summary: Summary, without: frozenset[str]) -> set[tuple[str, str]]:
    """Return what `entering.links` wants to know: names read at import time, and own names that functions read."""
    own = {bound.name for bound in summary.bounds if bound.kind in {"function", "class"}} - without
    reads = [(read.when, read.name.rpartition(".")[2]) for read in summary.reads]
    return {(when, name) for when, name in reads if when == "import" or (when == "later" and name in own)}
