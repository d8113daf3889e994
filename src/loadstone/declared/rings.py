"""Rings in who imports from whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["ring"]


def ring(neighbours: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each ring once: the name that it is reported at, and its names in order, the first one again last.

    A name that is its own neighbour is no ring here.
    """
    done: set[str] = set()
    for start in neighbours:
        if start not in done:
            yield from _from(start, neighbours, (), done)


def _from(
    name: str, neighbours: Mapping[str, Sequence[str]], way: tuple[str, ...], done: set[str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    if name in way:
        loop = way[way.index(name) :]
        if len(loop) > 1:
            yield loop[-1], (*loop, name)
        return
    if name in done:
        return
    for other in neighbours.get(name, ()):
        yield from _from(other, neighbours, (*way, name), done)
    done.add(name)
