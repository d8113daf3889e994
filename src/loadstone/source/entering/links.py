"""Which modules can import which while they are imported, and so where loops are that could crash.

An import inside a function counts if the function may be called at import time: its name, or for a method that of its
class, is read by code that runs then. What is counted too much costs time only: the machine decides what happens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.source.graphs.cycles import components

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from loadstone.source.bindings import Summary
    from loadstone.source.statements import Import

__all__ = ["Links"]

_SPECIAL = frozenset(
    ("__call__", "__enter__", "__getattr__", "__init__", "__init_subclass__", "__new__", "__set_name__")
)
"""Methods that run without being named where they are called."""


class Links:
    """The own modules that some modules lead to, and what each links to.

    `every` are the links at any time, `eager` those at import time: {"shop.cart": {"shop", "shop.db"}}.
    """

    def __init__(self, summary: Callable[[str], Summary | None], is_own: Callable[[str], bool]) -> None:
        self.summary = summary
        self.is_own = is_own
        self.every: dict[str, frozenset[str]] = {}
        self.eager: dict[str, frozenset[str]] = {}
        # `eager` turned round, and from a package to what is in it; None until it is asked for. So are the loops.
        self._precede: dict[str, list[str]] | None = None
        self._loops: list[list[str]] | None = None

    def extend(self, names: Iterable[str]) -> None:
        """Take in these modules and all that they lead to."""
        waiting = [name for name in names if name not in self.every]
        if not waiting:
            return
        while waiting:
            name = waiting.pop()
            if name not in self.every:
                self.every[name] = frozenset(self._linked(name, None))
                waiting.extend(self.every[name])
                package = name.rpartition(".")[0]
                waiting.extend([package] if package and self.is_own(package) else [])
        hot = self._hot()
        self.eager = {name: frozenset(self._linked(name, hot)) for name in self.every}
        self._precede = self._loops = None

    def loops(self) -> list[list[str]]:
        """Return the groups of modules that can import one another at import time; a module that imports itself too."""
        if self._loops is None:
            alone = [[name] for name, links in self.eager.items() if name in links]
            groups = components(self.eager)
            inside = {name for group in groups for name in group}
            self._loops = groups + [one for one in alone if one[0] not in inside]
        return self._loops

    def leading_to(self, names: Iterable[str]) -> frozenset[str]:
        """Return the modules from which one of these is reached, also by way of the packages around a module."""
        if self._precede is None:
            self._precede = self._turned()
        found = set(names)
        waiting = list(found)
        while waiting:
            for other in self._precede.get(waiting.pop(), ()):
                if other not in found:
                    found.add(other)
                    waiting.append(other)
        return frozenset(found)

    def _turned(self) -> dict[str, list[str]]:
        precede: dict[str, list[str]] = {}
        for name, links in self.eager.items():
            package = name.rpartition(".")[0]
            for other in (*links, *((package,) if package in self.eager else ())):
                precede.setdefault(other, []).append(name)
        return precede

    def _linked(self, name: str, hot: set[str] | None) -> Iterator[str]:
        summary = self.summary(name)
        for one in summary.imports if summary else ():
            if one.when == "import" or (one.when == "later" and (hot is None or _may_run(one, hot))):
                yield from filter(self.is_own, one.reached(summary.package if summary else ""))

    def _hot(self) -> set[str]:
        """Return the names of functions and classes that may be called at import time, of whichever module."""
        hot: set[str] = set()
        for name in self.every:
            summary = self.summary(name)
            reads = summary.reads if summary else ()
            hot.update(read.name.rpartition(".")[2] for read in reads if read.when == "import")
        for name in self.every:
            hot |= self._called_from(self.summary(name), hot)
        return hot

    def _called_from(self, summary: Summary | None, hot: set[str]) -> set[str]:
        """Return what the functions of a module may call in turn, if one of them is hot."""
        if summary is None:
            return set()
        own = {bound.name for bound in summary.bounds if bound.kind in {"function", "class"}}
        if own.isdisjoint(hot):
            return set()
        return {read.name.rpartition(".")[2] for read in summary.reads if read.when == "later"} & own


def _may_run(one: Import, hot: set[str]) -> bool:
    outer, _, inner = one.scope.partition(".")
    if outer in hot and (not inner or inner in _SPECIAL or not outer[:1].isupper()):
        return True
    return inner.partition(".")[0] in hot or "<lambda>" in one.scope
