"""A name that exists only while types are checked, and is used when the program runs.

What
    A name that is bound under `if TYPE_CHECKING:` alone, and that code which runs reads; or that another module
    imports, outside of its own `if TYPE_CHECKING:` (a warning where only running decides whether it does).
    Annotations do not count where Python does not evaluate them.

Why
    At run time the branch is not taken: the name raises NameError where it is read, and ImportError where
    another module imports it. Type checkers are content with both.

Example
        # shop/money.py
        class Price: ...

        # shop/cart.py
        from typing import TYPE_CHECKING

        if TYPE_CHECKING:
            from shop.money import Price

        def free():
            return Price(0)             # NameError

        # shop/bill.py
        from shop.cart import Price     # ImportError

Instead
    Import it where it is needed at run time: above the branch, or inside the function.

        # shop/cart.py
        from shop.money import Price

        def free():
            return Price(0)

    Ruff's TC004 finds the first kind too, from one file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.check.diagnostic import Diagnostic, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.check.module import Module
    from loadstone.source.acts import Bound

__all__ = ["LEVELS", "in_module"]

LEVELS = ("error", "warning")


def in_module(module: Module) -> Iterator[Diagnostic]:
    """Yield uses of the module's own names, then imports of other modules' names."""
    yield from _uses(module)
    yield from _imports(module)


def _uses(module: Module) -> Iterator[Diagnostic]:
    names = module.for_checkers
    if not names or not module.complete:
        return
    seen: set[str] = set()
    for read in module.summary.reads:
        name = read.name.partition(".")[0]
        if name in names and name not in seen and read.when != "never":
            seen.add(name)
            if module.recall(_is_set, name):
                continue
            place = Place(module.path, read.line, read.column, read.column + len(name))
            message = f"`{name}` does not exist when this runs: it is bound under TYPE_CHECKING only"
            yield _finding(module, place, message, names[name])


def _imports(module: Module) -> Iterator[Diagnostic]:
    for one, target in module.imports():
        if not module.runs(one) or module.catches(one):
            continue
        for alias in one.names:
            if module.recall(_lacks, target, alias.name):
                bound = module.whole.for_checkers(target, alias.name)
                assert bound is not None, "as `_lacks` says"
                place = module.whole.lines.alias(module.path, alias)
                message = f"{target} binds `{alias.name}` under TYPE_CHECKING only: this import fails"
                level = "error" if module.is_certain(one, target, alias.name) else "warning"
                yield _finding(module, place, message, bound, level)


def _is_set(module: Module, name: str) -> bool:
    return module.whole.is_set(module.name, name)


def _lacks(module: Module, target: str, name: str) -> bool:
    """Whether another module binds a name for type checkers alone, and nobody else gives it one."""
    whole = module.whole
    if whole.for_checkers(target, name) is None or whole.is_set(target, name):
        return False
    return whole.lacks(target, name)


def _finding(module: Module, place: Place, message: str, bound: Bound, level: str = "error") -> Diagnostic:
    there = module.whole.lines.name(bound.statement, bound.name, "for type checkers")
    return Diagnostic("type-checking-only", level, place, message, (there,))
