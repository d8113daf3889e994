"""A name of a package that is also the name of one of its submodules.

What
    A package binds a function, class or variable that has the name of a submodule. Where the package itself
    imports that submodule, its name stays the function's: a note. Where it does not, the first import of the
    submodule, by anybody, puts the module in the place of the function: a warning.

Why
    `from package import name` gives one thing or the other, and in the second case it depends on who has
    imported what before.

Example
        # shop/__init__.py
        def cart(): ...

        # shop/cart.py
        def total(): ...                # after `import shop.cart`, shop.cart is this module

Instead
    Give the module another name, such as `_cart.py` or `carts.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.check.diagnostic import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.check.module import Module
    from loadstone.source.origins import Binding

__all__ = ["LEVELS", "in_module"]

LEVELS = ("warning", "note")


def in_module(module: Module) -> Iterator[Diagnostic]:
    """Yield the names of a package that its submodules have, too."""
    if not module.summary.is_package:
        return
    for tail in module.whole.library.submodules(module.name):
        bound = module.has_stars or tail in module.bound_names
        if bound and module.recall(_is_hidden, tail):
            yield _finding(module, module.namespace[tail], f"{module.name}.{tail}")


def _is_hidden(module: Module, tail: str) -> bool:
    """Whether something else than a module has the name of a submodule."""
    binding = module.namespace.get(tail)
    if binding is None or binding.statement is None or not module.certain(binding):
        return False
    return binding.kind in {"function", "class", "variable"}


def _finding(module: Module, binding: Binding, submodule: str) -> Diagnostic:
    place = module.place(binding, f"{binding.kind} {binding.origin}")
    assert place is not None, "it has a statement"
    location = module.whole.library.locate(submodule)
    where = (
        (f"the submodule is {module.whole.relative(location.path)}",) if location and location.path else ()
    )
    if module.whole.library.world.session(module.name).loaded(submodule):
        message = f"`{binding.name}` is also a submodule: {submodule} is reached by import statements only"
        return Diagnostic("name-hides-submodule", "note", place, message, (), where)
    importer = module.whole.importer_of(submodule)
    by = (module.whole.lines.statement(importer.statement, "this replaces it"),) if importer else ()
    message = f"`{binding.name}` is lost once {submodule} is imported: the submodule takes its name"
    return Diagnostic("name-hides-submodule", "warning", place, message, by, where)
