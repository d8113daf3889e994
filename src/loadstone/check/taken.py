"""Which names of a module the other modules of the project take: by from-imports, through stars, as attributes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from loadstone.check.module import Module
    from loadstone.source.statements import Read

__all__ = ["Taken", "Taker", "attributes"]


@dataclass(frozen=True, slots=True)
class Taker:
    """A module that takes a name, and the line where it does."""

    module: str
    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.module} (line {self.line})"


class Taken:
    """Every taking in a project, worked out for one name at a time.

    The indexes lead from a name to the places that could take it, from whatever module: an import of ``VAT`` is in
    `_imports` under "VAT", the read ``shop.money.VAT`` in `_reads` under "money" and "VAT". Nothing is ever taken out.
    `note` is told under which names it was looked.
    """

    def __init__(self, modules: Iterable[Module], note: Callable[[str], None]) -> None:
        self._note = note
        self._imports: dict[str, list[_Imported]] = {}
        self._reads: dict[str, list[tuple[Module, Read]]] = {}
        self._stars: list[Module] = []
        for module in modules:
            self._index(module)

    def _index(self, module: Module) -> None:
        for one, target in module.imports():
            for alias in one.names:
                found = _Imported(module, target, alias.bound, one.statement.line)
                self._imports.setdefault(alias.name, []).append(found)
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
        for one in self._imports.get(name, ()):
            if one.target == module:
                yield Taker(one.by.name, one.by.path, one.line)
        for by in self._stars:
            event = by.bound_last(name) if name in by.first_reads else None
            if event and event.bound.how == "star" and event.target == module:
                yield Taker(by.name, by.path, by.first_reads[name][0])
        for by, read in self._reads.get(name, ()):
            with by.answering():
                is_taken = (module, name) in attributes(by, read)
            if is_taken:
                yield Taker(by.name, by.path, read.line)

    def _passing(self, module: str, name: str) -> Iterator[tuple[str, str]]:
        """Yield the names of other modules that are this one, imported: who takes those takes this."""
        bound = [(one.by, one.bound) for one in self._imports.get(name, ()) if one.target == module]
        for by, own in (*bound, *((star, name) for star in self._stars)):
            event = by.bound_last(own)
            if event is not None and (event.target, event.member) == (module, name):
                yield by.name, own


class _Imported(NamedTuple):
    """An import of one name: by whom, from which module, and what it is called there."""

    by: Module
    target: str
    bound: str
    line: int


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
