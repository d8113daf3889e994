"""A module under another alias than nearly everybody gives it.

What
    `import numpy as np`, `import pandas as pd`, `from matplotlib import pyplot as plt`: a module of the table
    of aliases that is bound under another name is a note. An alias that belongs to another module of the table,
    as in `import pandas as np`, is a warning.

Why
    Readers know `np` and `pd` without looking. Under the name of another module they are misled.

Example
        import pandas as np

Instead
        import pandas as pd

    The table is yours:

        [tool.loadstone.check.aliases]
        "shop.money" = "money"
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.check.diagnostic import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.check.module import Module
    from loadstone.source.statements import Alias

__all__ = ["LEVELS", "in_module"]

LEVELS = ("warning", "note")


def in_module(module: Module) -> Iterator[Diagnostic]:
    """Yield the imports whose alias is not the usual one."""
    usual = module.whole.settings.aliases
    for target, alias, bound in _modules(module):
        if target in usual and bound != usual[target]:
            yield _finding(module, target, alias, bound)


def _modules(module: Module) -> Iterator[tuple[str, Alias, str]]:
    """Yield every module that gets a name of its own: its name, where it stands, and what it is called here."""
    for one, target in module.imports():
        if one.alias is not None and (one.alias.asname or "." not in target):
            yield target, one.alias, one.alias.bound
        for alias in one.names:
            yield f"{target}.{alias.name}", alias, alias.bound


def _finding(module: Module, target: str, alias: Alias, bound: str) -> Diagnostic:
    usual = module.whole.settings.aliases
    place = module.whole.lines.alias(module.path, alias)
    taken = next((other for other, name in usual.items() if name == bound), None)
    if taken:
        message = f"{target} is called `{bound}` here, the name that others know {taken} by; it is `{usual[target]}`"
        return Diagnostic("alias", "warning", place, message)
    return Diagnostic(
        "alias", "note", place, f"{target} is called `{bound}` here; nearly everybody says `{usual[target]}`"
    )
