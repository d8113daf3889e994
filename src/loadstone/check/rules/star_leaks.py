"""A star import of a module without `__all__`, which brings what that module has imported for itself.

What
    Without `__all__` a star brings every name that does not start with an underscore: also `os`, `np`, and what
    came by the other module's own imports from other packages. A warning where this module uses a name that it
    has in this way alone, a note otherwise.

Why
    The names are there by accident. When the other module no longer needs `os`, this one breaks, in a line that
    nobody has touched.

Example
        # tools.py
        import os

        def clean(path): ...

        # main.py
        from tools import *

        print(os.getcwd())              # os comes from tools

Instead
    Import what is used, and give the other module an `__all__`:

        # tools.py
        __all__ = ["clean"]
        import os

        def clean(path): ...

        # main.py
        import os

        from tools import clean

        print(os.getcwd())
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.check.diagnostic import Diagnostic
from loadstone.check.uses import use_of
from loadstone.check.words import quoted
from loadstone.source.stars import line_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.check.module import Module
    from loadstone.source.acts import Bound
    from loadstone.source.origins import Binding

__all__ = ["LEVELS", "in_module"]

LEVELS = ("warning", "note")


def in_module(module: Module) -> Iterator[Diagnostic]:
    """Yield a finding for each star that leaks."""
    for star in module.stars:
        source = module.whole.library.world.run(star.target)
        if source is None or source.exports is not None:
            continue
        leaks = _leaks(module, star)
        used = [name for name in leaks if name in module.first_reads]
        if used:
            yield _used(module, star, used, leaks)
        elif leaks:
            yield Diagnostic(
                "star-leaks",
                "note",
                module.whole.lines.statement(star.statement),
                f"{star.target} has no __all__: this star also brings its imports {quoted(list(leaks))}",
            )


def _leaks(module: Module, star: Bound) -> dict[str, Binding]:
    """Return the names that the star's module has imported from elsewhere, with its own bindings of them."""
    source = module.whole.names(star.target)
    top = star.target.partition(".")[0]
    leaks = {}
    for name in module.brought(star):
        binding = source.get(name)
        if (
            binding is not None
            and binding.how != "definition"
            and binding.origin.module.partition(".")[0] != top
        ):
            leaks[name] = binding
    return leaks


def _used(module: Module, star: Bound, used: list[str], leaks: dict[str, Binding]) -> Diagnostic:
    places = (module.place(leaks[name], "imported for its own use") for name in used[:3])
    notes = [f"`{name}` {use_of(module, name)}" for name in used[:3]]
    lines = [line for name in used if (line := line_for(leaks[name]))]
    notes.append("import what is used: " + "; ".join(lines))
    verb = "comes" if len(used) == 1 else "come"
    return Diagnostic(
        "star-leaks",
        "warning",
        module.whole.lines.statement(star.statement, f"{star.target} has no __all__"),
        f"{quoted(used)} {verb} with this star only because {star.target} imports {'it' if len(used) == 1 else 'them'}",
        tuple(place for place in places if place),
        tuple(notes),
    )
