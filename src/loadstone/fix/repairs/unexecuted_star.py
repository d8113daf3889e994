"""Star imports that do not run: those for type checkers are made explicit, the others cannot be proven."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from loadstone.check.diagnostic import Diagnostic
from loadstone.check.words import NOT_INSTALLED
from loadstone.fix.site import Unfixable
from loadstone.fix.spelling import spelled, star_place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.check.module import Module
    from loadstone.fix.repair import Repair
    from loadstone.fix.site import Site
    from loadstone.source.statements import Import

__all__ = ["unexecuted", "unexecuted_stars"]

_WORD = re.compile(r"[^\W\d]\w*")


def unexecuted_stars(module: Module) -> Iterator[Diagnostic]:
    """Yield a finding for each star import that brings nothing when the module is imported: check has none for it."""
    known = {star.statement for star in module.stars if module.whole.is_there(star.target)}
    for one in module.summary.imports:
        if one.star and one.statement not in known:
            place = module.whole.lines.statement(one.statement)
            yield Diagnostic("star", "note", place, "this star does not run")


def unexecuted(site: Site, module: Module, found: Diagnostic) -> Repair:
    """Return the star with the names that the file speaks of, if it is for type checkers; raise Unfixable otherwise."""
    one = next(one for one in module.summary.imports if one.star and one.statement.line == found.line)
    target = module.whole.target(one, module.package)
    if not target or not module.whole.is_there(target):
        raise Unfixable(f"there is no module {target or one.module} in this project, {NOT_INSTALLED}")
    if target == module.name:
        raise Unfixable("it is the module's own star, which imports what `__all__` names")
    if one.when != "never":
        raise Unfixable(
            f"it does not run when {module.name} is imported by this Python: nothing can be proven of it"
        )
    return _for_checkers(site, module, found, one, target)


def _for_checkers(site: Site, module: Module, found: Diagnostic, one: Import, target: str) -> Repair:
    """What does not run changes nothing at run time, whatever it names; type checkers get all that the file names."""
    document = site.model.document(module.path)
    public, exact = module.world.public(target, module.run, one.statement)
    words = set(_WORD.findall(document.text))
    names = [name for name in public if name in words]
    if not names or not exact:
        raise Unfixable(f"it is for type checkers, and which names of {target} they need cannot be told")
    edit = document.replace(
        *star_place(document, found.line), spelled(module, target, found.line, names, document)
    )
    return site.repair(found, f"name what type checkers need of {target}", edit)
