"""One name from two star imports that mean different things.

What
    Two or more stars of one module bring the same name, and it does not come from one origin: Python keeps the
    one that is bound last and says nothing. An error where the name is used, exported or taken by another
    module, or a warning if only running decides whether both stars are executed; a note where nobody uses it.

    One thing by two ways is no conflict, nor are stars in branches that exclude each other. A star under
    `except ImportError` is taken as a replacement on purpose: a note.

Why
    Which function runs depends on the order of two import lines. A tool that sorts imports, or one that
    replaces a star by names, changes the program.

Example
        # prices.py
        def total(items): ...

        # taxes.py
        def total(items): ...

        # cart.py
        from prices import *
        from taxes import *
        total([])                       # taxes:total

Instead
    Import the one that is meant by its name, after the stars or in place of them:

        # cart.py
        from taxes import total
        total([])
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.check.conflicts import findings, named
from loadstone.check.words import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.check.diagnostic import Diagnostic
    from loadstone.check.module import Module
    from loadstone.source.stars import Conflict

__all__ = ["LEVELS", "in_module"]

LEVELS = ("error", "warning", "note")


def in_module(module: Module) -> Iterator[Diagnostic]:
    """Yield a finding for each group of stars that share names."""
    if not module.has_stars:
        return
    stars = [
        one for one in module.namespace.conflicts if all(binding.how == "star" for binding in one.candidates)
    ]
    yield from findings(module, "star-conflict", stars, _sentence)


def _sentence(group: list[Conflict]) -> str:
    number = in_words(len(group[0].candidates))
    verb = "comes" if len(group) == 1 else "come"
    return f"{named(group)} {verb} from {number} star imports that mean different things"
