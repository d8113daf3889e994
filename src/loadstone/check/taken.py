"""Which names of a module the other modules of the project take: by from-imports, through stars, as attributes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from loadstone.check.module import Module

__all__ = ["Taken", "Taker"]


@dataclass(frozen=True, slots=True)
class Taker:
    """A module that takes a name, and the line where it does."""

    module: str
    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.module} (line {self.line})"


class Taken:
    """Every taking in a project.

    The key is (module, name), the value who takes it, in the order of the modules:
    ``("shop.money", "VAT"): [cart (line 3)]``. Names that pass through a facade count for every module on the way.
    """

    def __init__(self, modules: Iterable[Module]) -> None:
        self._takers: dict[tuple[str, str], list[Taker]] = {}
        self._modules = {module.name: module for module in modules}
        waiting = [taking for module in self._modules.values() for taking in _takings(module)]
        while waiting:
            waiting.extend(self._add(*waiting.pop()))

    def of(self, module: str, name: str) -> tuple[Taker, ...]:
        """Return who takes `name` from `module`; empty where nobody does."""
        return tuple(sorted(self._takers.get((module, name), ()), key=lambda one: (one.module, one.line)))

    def _add(self, key: tuple[str, str], taker: Taker) -> Iterator[tuple[tuple[str, str], Taker]]:
        """Note a taking, and what it asks of the module behind that one, for names that it only passes on."""
        takers = self._takers.setdefault(key, [])
        if taker in takers:
            return
        takers.append(taker)
        module = self._modules.get(key[0])
        event = module.run.names.get(key[1]) if module else None
        if event is not None and event.bound.how in {"from-import", "star"}:
            yield (event.target, event.member), taker


def _takings(module: Module) -> Iterator[tuple[tuple[str, str], Taker]]:
    for one, target in module.imports():
        taker = Taker(module.name, module.path, one.statement.line)
        for alias in one.names:
            yield (target, alias.name), taker
    for star, names in module.run.stars.items():
        for name in names:
            event = module.run.names.get(name)
            if name in module.first_reads and event and event.bound is star:
                taker = Taker(module.name, module.path, module.first_reads[name][0])
                yield (star.target, name), taker
    yield from _attributes(module)


def _attributes(module: Module) -> Iterator[tuple[tuple[str, str], Taker]]:
    """``shop.money.VAT`` takes VAT from shop.money, whatever name the module has here."""
    world = module.world
    for read in module.summary.reads:
        root, dot, rest = read.name.partition(".")
        event = module.run.names.get(root) if dot and read.when != "never" else None
        if event is None or event.bound.how == "definition":
            continue
        taker = Taker(module.name, module.path, read.line)
        path = root
        for part in rest.split("."):
            owner = world.module_of(event, path)
            if owner is None:
                break
            yield (owner, part), taker
            path = f"{path}.{part}"
