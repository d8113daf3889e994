"""Which names of a module the other modules of the project take: by from-imports, through stars, as attributes."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from loadstone.check.module import Module
    from loadstone.source.events import Event
    from loadstone.source.statements import Read

__all__ = ["Taken", "Taker", "attributes"]


class Taker(NamedTuple):
    """A module that takes a name, and the line where it does."""

    module: str
    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.module} (line {self.line})"


class Taken:
    """Every taking in a project, worked out for one name at a time.

    The indexes lead from a name to the places that could take it: an import of ``VAT`` from shop.money is in `_imports`
    under that module and "VAT", the read ``shop.money.VAT`` in `_reads` under "money" and "VAT", a module with stars
    that has a VAT from wherever in `_starred` under "VAT". What reads and stars lead to is worked out for all places of
    a name when it is first asked for, and kept by module in `_readers` and `_brought`. Nothing is ever taken out.
    `note` is told under which names it was looked.
    """

    def __init__(self, modules: Iterable[Module], note: Callable[[str], None]) -> None:
        self._note = note
        self._imports: dict[tuple[str, str], list[_Imported]] = {}
        self._reads: dict[str, list[tuple[Module, Read]]] = {}
        self._readers: dict[str, dict[str, list[Taker]]] = {}
        self._stars: list[Module] = []
        self._brought: dict[str, dict[str, list[tuple[Module, Event]]]] = {}
        for module in modules:
            self._index(module)

    def _index(self, module: Module) -> None:
        for one, target in module.imports():
            for alias in one.names:
                found = _Imported(module, alias.bound, one.statement.line)
                self._imports.setdefault((target, alias.name), []).append(found)
        for read in module.summary.reads:
            for part in dict.fromkeys(read.name.split(".")[1:]) if read.when != "never" else ():
                self._reads.setdefault(part, []).append((module, read))
        if module.has_stars:
            self._stars.append(module)

    def of(self, module: str, name: str) -> tuple[Taker, ...]:
        """Return who takes `name` from `module`, also through facades; empty where nobody does."""
        return tuple(sorted(set(self._each(module, name)), key=lambda one: (one.module, one.line)))

    def has(self, module: str, name: str) -> bool:
        """Whether anybody takes it."""
        return next(self._each(module, name), None) is not None

    def _each(self, module: str, name: str) -> Iterator[Taker]:
        seen = {(module, name)}
        waiting = [(module, name)]
        for key in waiting:
            self._note(key[1])
            yield from self._takers(*key)
            behind = [other for other in self._passing(*key) if other not in seen]
            seen.update(behind)
            waiting.extend(behind)

    def _takers(self, module: str, name: str) -> Iterator[Taker]:
        for one in self._imports.get((module, name), ()):
            yield Taker(one.by.name, one.by.path, one.line)
        for by, event in self._starring(module, name):
            if event.bound.how == "star" and name in by.first_reads:
                yield Taker(by.name, by.path, by.first_reads[name][0])
        yield from self._reading(module, name)

    def _passing(self, module: str, name: str) -> Iterator[tuple[str, str]]:
        """Yield the names of other modules that are this one, imported: who takes those takes this."""
        for one in self._imports.get((module, name), ()):
            event = one.by.bound_last(one.bound)
            if event is not None and (event.target, event.member) == (module, name):
                yield one.by.name, one.bound
        for by, event in self._starring(module, name):
            if event.member == name:
                yield by.name, name

    def _starring(self, module: str, name: str) -> Sequence[tuple[Module, Event]]:
        """Return the modules with stars that have the name from this module, with the event that bound it last."""
        if name not in self._brought:
            found = self._brought[name] = {}
            for by in self._starred.get(name, ()):
                event = by.bound_last(name)
                if event is not None:
                    found.setdefault(event.target, []).append((by, event))
        return self._brought[name].get(module, ())

    def _reading(self, module: str, name: str) -> Sequence[Taker]:
        """Return who reads the name as an attribute of this module."""
        if name not in self._readers:
            found = self._readers[name] = {}
            for by, read in self._reads.get(name, ()):
                with by.answering():
                    owners = dict.fromkeys(owner for owner, part in attributes(by, read) if part == name)
                for owner in owners:
                    found.setdefault(owner, []).append(Taker(by.name, by.path, read.line))
        return self._readers[name].get(module, ())

    @cached_property
    def _starred(self) -> dict[str, list[Module]]:
        found: dict[str, list[Module]] = {}
        for by in self._stars:
            for name in _names(by):
                found.setdefault(name, []).append(by)
        return found


class _Imported(NamedTuple):
    """An import of one name: by whom, and what it is called there."""

    by: Module
    bound: str
    line: int


def _names(module: Module) -> Iterable[str]:
    """Return the names that the statements of a module bind, in whatever order modules are imported."""
    world = module.whole.library.world
    with module.answering():
        run = world.run(module.name)
        if run and (run.cyclic or run.ordered):
            run = world.session(module.name).run(module.name)
    return run.names if run else ()


def attributes(module: Module, read: Read) -> Iterator[tuple[str, str]]:
    """Yield what a read takes: ``shop.money.VAT`` takes VAT from shop.money, whatever name the module has here."""
    root, _, rest = read.name.partition(".")
    if not module.may_be_module(root):
        return
    world, event = module.meaning(root)
    if event is None or event.bound.how == "definition":
        return
    path = root
    for part in rest.split("."):
        owner = world.module_of(event, path)
        if owner is None:
            return
        yield owner, part
        path = f"{path}.{part}"
