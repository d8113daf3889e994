"""An import of a module that is not there.

What
    The name of an imported module leads nowhere: a module of this project, or a submodule of an installed
    package, that does not exist is an error (the latter inside a function a warning: another version of the
    package may have it). A package that is not installed at all is a warning where it is imported with the
    module, and a note inside a function, where it may be optional. So is a part of a namespace package, such as
    `google.cloud`, that another distribution may bring, unless it looks misspelt. Relative imports with more dots
    than packages belong here too.

    Silent are imports whose failure is caught (`except ImportError`), those in branches that this Python does
    not take, those under TYPE_CHECKING, and packages that make modules of their own at run time.

Why
    The import raises ModuleNotFoundError: at once, or when the function is called at last.

Example
        # shop/money.py
        VAT = 0.19

        # shop/cart.py
        from shop.monney import VAT     # the file is money.py

Instead
    Mend the name, or install what is missing. For a package that is optional, catch the ImportError. Whether a
    package that is installed is also declared as a dependency is told by deptry.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from loadstone.check.diagnostic import Diagnostic, Edit, Place
from loadstone.check.words import NOT_INSTALLED
from loadstone.spelling import closest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.check.module import Module
    from loadstone.check.whole import Whole
    from loadstone.source.statements import Import

__all__ = ["LEVELS", "in_module"]

LEVELS = ("error", "warning", "note")


def in_module(module: Module) -> Iterator[Diagnostic]:
    """Yield the imports that lead nowhere, the first of each module."""
    told: set[str] = set()
    for one in module.summary.imports:
        target = module.whole.target(one, module.package)
        if module.catches(one):
            continue
        if not target:
            yield from _beyond(module, one)
        elif module.runs(one) and (missing := module.recall(_first_missing, target)) and missing not in told:
            told.add(missing)
            yield from _finding(module, one, target, missing)


def _first_missing(module: Module, target: str) -> str | None:
    parts = target.split(".")
    prefixes = (".".join(parts[:count]) for count in range(1, len(parts) + 1))
    return next((name for name in prefixes if not module.whole.exists(name)), None)


def _beyond(module: Module, one: Import) -> Iterator[Diagnostic]:
    """Yield a finding for a relative import that has more dots than there are packages, unless it is in a branch."""
    if one.when == "never" or module.is_conditional(one):
        return
    place = _place(module, one, "." * one.level + one.module)
    if module.package:
        message = f"this leaves the top-level package: {module.name} has fewer packages around it than there are dots"
        yield Diagnostic("missing-module", "error", place, message)
        return
    message = f"this relative import needs a package around it, and {module.name} is a top-level module"
    yield Diagnostic("missing-module", "warning", place, message)


def _finding(module: Module, one: Import, target: str, missing: str) -> Iterator[Diagnostic]:
    parent, _, tail = missing.rpartition(".")
    near = module.recall(_nearest, parent, tail)
    open_ = not near and module.whole.is_namespace(parent)
    level = _level(module, one, missing, certain=module.is_certain(one, target), open_=open_)
    if level is None:
        return
    written = "." * one.level + one.module
    place = _place(module, one, written)
    meant = f"{parent}.{near}" if parent else near
    notes = (f"did you mean {meant}?",) if near else ()
    edit = _respelled(module, place, written, tail, near) if near else None
    yield Diagnostic("missing-module", level, place, _message(module, parent, missing), (), notes, edit)


def _level(module: Module, one: Import, missing: str, *, certain: bool, open_: bool) -> str | None:
    """How grave it is; None where nothing is wrong: a standard module of another system.

    `open_` says that it would be a part of a namespace package, which other distributions may bring.
    """
    later, own = one.when == "later", module.whole.is_own(missing)
    if not open_ and (own or "." in missing):
        return "error" if certain and (own or not later) else "warning"
    if missing in sys.stdlib_module_names:
        return None if later or module.is_conditional(one) else "note"
    if module.changes_path:
        return "note"
    return "note" if later else "warning"


def _message(module: Module, parent: str, missing: str) -> str:
    library = module.whole.library
    if not parent:
        if missing in sys.stdlib_module_names:
            return f"the standard library has {missing} on other systems only"
        found = (
            f"; {module.name} changes sys.path, so it may be found after all" if module.changes_path else ""
        )
        return f"there is no module {missing} in this project, {NOT_INSTALLED}{found}"
    if module.whole.is_namespace(parent):
        return f"the namespace package {parent} has no {missing.rpartition('.')[2]} here"
    location = library.locate(parent)
    if location is not None and not location.is_package:
        return f"{parent} is a module and no package: it cannot have a submodule {missing.rpartition('.')[2]}"
    return f"{parent} has no submodule {missing.rpartition('.')[2]}"


def _nearest(module: Module, parent: str, tail: str) -> str:
    """Return the name that was probably meant, empty where none is near; many modules may import what is missing."""
    known = module.whole.meant
    if (parent, tail) not in known:
        known[parent, tail] = closest(tail, _neighbours(module.whole, parent))
    return known[parent, tail]


def _neighbours(whole: Whole, parent: str) -> Iterator[str]:
    if parent:
        yield from whole.library.submodules(parent)
        return
    yield from whole.tops
    yield from sys.stdlib_module_names
    yield from whole.installed


def _place(module: Module, one: Import, written: str) -> Place:
    lines = module.whole.lines
    if one.alias is not None:
        return lines.alias(module.path, one.alias)
    return lines.text(one.statement, written) or lines.statement(one.statement)


def _respelled(module: Module, place: Place, written: str, wrong: str, right: str) -> Edit | None:
    """The line with the name as it was probably meant."""
    line = module.whole.lines.line(place.path, place.line)
    start, end = place.column - 1, place.end_column - 1
    if line[start:end] != written or wrong not in written.split("."):
        return None
    parts = [right if part == wrong else part for part in written.split(".")]
    return Edit(
        place.path,
        place.line,
        place.line,
        (line[:start] + ".".join(parts) + line[end:],),
        "name the module that is there",
    )
