"""An import of a name that its module does not have.

What
    `from module import name` where the module is there, every name of it is known, and this one is not among
    them; it is no submodule either. A warning where the module would bind it in another environment, where an
    import that it tries succeeds; where the import stands in a branch that only running decides; and where a
    namespace package may have it as a part. Silent where the module makes names at run time, where the failure
    is caught, and where this Python does not take the branch.

Why
    The import raises ImportError: at once, or when the function is called at last.

Example
        # shop/money.py
        VAT = 0.19

        # shop/cart.py
        from shop.money import VTA

Instead
    Mend the name, or import it from the module that has it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.check.diagnostic import Diagnostic, Edit, Place
from loadstone.spelling import closest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.check.module import Module
    from loadstone.source.acts import Bound
    from loadstone.source.statements import Alias, Import

__all__ = ["LEVELS", "in_module"]

LEVELS = ("error", "warning")


def in_module(module: Module) -> Iterator[Diagnostic]:
    """Yield the names that cannot be imported."""
    for one, target in module.imports():
        if not one.names or not module.runs(one) or module.catches(one):
            continue
        home = module.recall(_home, target)
        for alias in one.names if home else ():
            if module.recall(_lacks, home, alias.name):
                yield _finding(module, one, target, alias)


def _home(module: Module, target: str) -> str:
    """Return the module under whose name another is found, as os.path is posixpath; empty where it cannot be had."""
    home = module.whole.library.world.canonical(target)
    there = module.whole.library.locate(home) is not None and not module.whole.fails(home)
    return home if there else ""


def _lacks(module: Module, home: str, name: str) -> bool:
    return module.whole.lacks(home, name) and not _explained(module, home, name)


def _explained(module: Module, target: str, name: str) -> bool:
    """Whether another rule tells of it, or code elsewhere puts the name into the module."""
    return module.whole.for_checkers(target, name) is not None or module.whole.is_set(target, name)


def _finding(module: Module, one: Import, target: str, alias: Alias) -> Diagnostic:
    whole = module.whole
    place = whole.lines.alias(module.path, alias)
    home = whole.library.world.canonical(target)
    unbound = _not_reached(module, home, alias.name)
    if unbound is not None:
        there = whole.lines.statement(unbound.statement, "would bind it, and does not here")
        message = f"{target} binds `{alias.name}` only with another system, Python or set of packages"
        return Diagnostic("missing-name", "warning", place, message, (there,))
    near = closest(alias.name, whole.names_of(home))
    related = whole.definition(home, near) if near else None
    certain = module.is_certain(one, target, alias.name) and (near or not whole.is_namespace(home))
    return Diagnostic(
        "missing-name",
        "error" if certain else "warning",
        place,
        f"{target} has no name `{alias.name}`",
        (related,) if related else (),
        (f"did you mean `{near}`?",) if near else (),
        _respelled(module, place, near) if near else None,
    )


def _not_reached(module: Module, target: str, name: str) -> Bound | None:
    """Return a statement that binds the name where something else is installed, or on another system."""
    summary = module.whole.library.summary(target)
    found = [bound for bound in summary.bounds if bound.name == name and bound.branch] if summary else []
    return found[0] if found else None


def _respelled(module: Module, place: Place, right: str) -> Edit:
    line = module.whole.lines.line(place.path, place.line)
    mended = line[: place.column - 1] + right + line[place.end_column - 1 :]
    return Edit(place.path, place.line, place.line, (mended,), "import the name that is there")
