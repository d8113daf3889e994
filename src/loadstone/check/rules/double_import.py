"""One name from two imports that mean different things.

What
    Two import statements of a module bind one name to things of different origin, and both run: the second
    replaces the first. A warning where the name is used or exported, a note otherwise.

    Importing one thing twice is harmless, branches that exclude each other are no conflict, and an import under
    `except ImportError` is taken as a replacement on purpose.

Why
    The first import is without effect, or it serves the lines between the two: then the name changes its
    meaning half way. Sorting the imports can turn the two round.

Example
        import datetime
        from datetime import datetime   # the module is gone

        datetime.timedelta(1)           # AttributeError

Instead
    Keep one of them, or give one an alias:

        import datetime as dt
        from datetime import datetime
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from loadstone.check.diagnostic import Diagnostic
from loadstone.check.sorting import would_swap
from loadstone.check.uses import use_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.check.module import Module
    from loadstone.source.origins import Binding

__all__ = ["LEVELS", "doubles", "in_module"]

LEVELS = ("warning", "note")

_IMPORTS = frozenset(("import", "from-import"))


def in_module(module: Module) -> Iterator[Diagnostic]:
    """Yield the names that two imports bind."""
    for binding, lost in doubles(module):
        yield _finding(module, binding, lost)


def doubles(module: Module) -> Iterator[tuple[Binding, Binding]]:
    """Yield each name that two imports of the module bind: as Python has it, and as it is replaced."""
    twice = _imported_twice(module)
    for binding in module.namespace.values() if twice else ():
        if binding.name not in twice or binding.statement in module.guarded or not _imported(module, binding):
            continue
        lost = next((one for one in binding.hides if one.statement is not None), None)
        if lost is not None and _imported(module, lost) and not _is_submodule(module, lost):
            yield binding, lost


def _imported(module: Module, binding: Binding) -> bool:
    """Whether an import of this very module binds it: its submodules are bound by whoever imports them."""
    statement = binding.statement
    here = statement is not None and statement.path == module.path
    return here and binding.how in _IMPORTS and module.certain(binding)


def _is_submodule(module: Module, binding: Binding) -> bool:
    return binding.origin.module == f"{module.name}.{binding.name}"


def _imported_twice(module: Module) -> set[str]:
    """Return the names that two statements import, or one statement and the import system, on a package."""
    times = Counter(bound.name for bound in module.summary.bounds if bound.how in _IMPORTS)
    if module.summary.is_package:
        times.update(name for name in [*times] if module.whole.library.locate(f"{module.name}.{name}"))
    return {name for name, count in times.items() if count > 1}


def _finding(module: Module, binding: Binding, lost: Binding) -> Diagnostic:
    place = module.place(binding, f"Python uses this one: {binding.origin}")
    first = module.place(lost, f"replaced: {lost.origin}")
    assert place is not None, "imports have statements"
    use = use_of(module, binding.name)
    notes = [f"`{binding.name}` {use}"] if use else []
    if would_swap(module, lost.statement, binding.statement):
        notes.append(f"sorting the imports would turn them round: `{binding.name}` would be {lost.origin}")
    return Diagnostic(
        "double-import",
        "warning" if use else "note",
        place,
        f"`{binding.name}` is imported twice, and means different things",
        (first,) if first else (),
        tuple(notes),
    )
