"""Modules that are going to be asked for: what a program imports, and what that takes from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from loadstone.source.project import Library

__all__ = ["waves"]


def waves(library: Library, names: Iterable[str]) -> Iterator[list[str]]:
    """Yield the modules themselves, then what these import, and so on; each wave is to be read before the next.

    Of other people's modules only those imports are followed that a reading of the names follows as a rule: stars, and
    what packages take into their namespaces.
    """
    own = dict.fromkeys(names)
    seen, wave = {*own}, [*own]
    while wave:
        yield wave
        found = dict.fromkeys(new for name in wave for new in _imported(library, name, own))
        wave = [name for name in found if name not in seen and library.locate(name) is not None]
        seen.update(found)


def _imported(library: Library, name: str, own: Collection[str]) -> Iterator[str]:
    summary = library.summary(name)
    if summary is None:
        return
    for one in summary.imports:
        if one.when == "import" and (name in own or summary.is_package or one.star):
            yield from one.reached(summary.package)
