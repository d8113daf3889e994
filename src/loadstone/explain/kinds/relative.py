"""A relative import where there is no package to start from, or that climbs out of it."""

from __future__ import annotations

import os

from loadstone.errors import BadModuleName
from loadstone.explain.commands import inside, python
from loadstone.explain.explanation import Evidence, Explanation, Repair, relative_to
from loadstone.explain.modules import Modules
from loadstone.explain.packages import Home, home, is_package
from loadstone.explain.state import same_file
from loadstone.names import ModuleName

TYPE_CHECKING = False
if TYPE_CHECKING:
    from loadstone.explain.failure import Failure, Frame
    from loadstone.source.statements import Import

__all__ = ["explain"]

_NO_PACKAGE = "attempted relative import with no known parent package"
_BEYOND = "attempted relative import beyond top-level package"


def explain(failure: Failure) -> Explanation | None:
    """Return which package the file is in, and what to run or write; None for another error, or no file."""
    text, at = str(failure.error), failure.at
    if not isinstance(failure.error, ImportError) or text not in {_NO_PACKAGE, _BEYOND} or at is None:
        return None
    relatives = [i for i in failure.files.imports_at(at.path, at.line) if i.level]
    if len(relatives) != 1:
        return None
    return (_no_package if text == _NO_PACKAGE else _beyond)(failure, at, relatives[0])


def _no_package(failure: Failure, at: Frame, wanted: Import) -> Explanation:
    folder = os.path.dirname(at.path)
    place = home(at.path, wanted.level)
    if place is not None and not _resolves(failure, place, wanted):
        place = None
    repairs = _repairs(failure, at, wanted, place)
    return _explanation(
        failure, at, wanted, _why(failure, at, folder), repairs, {"module": place and place.name}
    )


def _why(failure: Failure, at: Frame, folder: str) -> str:
    file = relative_to(failure.state.folder, at.path)
    how = (
        "was started as a script"
        if at.module == "__main__"
        else f"was imported as the top-level module {at.module!r}"
    )
    if at.module == "__main__" and failure.state.how == "module":
        how = "was started as a top-level module"
    place = home(at.path)
    if place is not None and is_package(folder):
        return f"{file} is the module {place.name!r}, but it {how}, so a relative import has no package to start from"
    return f"{file} {how}, so it is in no package, and a relative import has none to start from"


def _repairs(failure: Failure, at: Frame, wanted: Import, place: Home | None) -> tuple[Repair, ...]:
    ways = [_run(failure, place), _absolute(failure, at, wanted)]
    if at.module != "__main__":
        ways = [_import_whole(failure, at, place), ways[1]]
    elif failure.state.how == "module":
        ways.reverse()
    return tuple(way for way in ways if way is not None)


def _run(failure: Failure, place: Home | None) -> Repair | None:
    if place is None:
        return None
    command = inside(failure.state, place.root, f"{python(failure.state)} -m {place.name}")
    return Repair("run it as a module of its package", command)


def _import_whole(failure: Failure, at: Frame, place: Home | None) -> Repair | None:
    """Import it by its whole name, where the package can be found on the path."""
    if place is None:
        return None
    found = failure.modules.locate(place.name)
    if found is None or found.path is None or not same_file(found.path, at.path):
        return None
    return Repair(f"import it by its whole name, {place.name}, wherever it is imported as {at.module}")


def _absolute(failure: Failure, at: Frame, wanted: Import) -> Repair | None:
    """Leave the dots out: right where the module beside this one is what the plain name means, and no package is."""
    folder = os.path.dirname(at.path)
    if wanted.level != 1 or is_package(folder) or wanted.star:
        return None
    names = (wanted.module,) if wanted.module else tuple(alias.name for alias in wanted.names)
    if not all(_beside(failure, folder, name) for name in names):
        return None
    return _rewritten(failure, wanted, _without_dots(wanted))


def _beside(failure: Failure, folder: str, name: str) -> bool:
    found = failure.modules.locate(name)
    if found is None or found.path is None or not found.path.startswith(folder + os.sep):
        return False
    return not any(other.level for other in failure.files.imports(found.path))


def _without_dots(wanted: Import) -> str:
    names = ", ".join(str(alias) for alias in wanted.names)
    return f"from {wanted.module} import {names}" if wanted.module else f"import {names}"


def _beyond(failure: Failure, at: Frame, wanted: Import) -> Explanation:
    depth = len(at.package.split("."))
    file = relative_to(failure.state.folder, at.path)
    why = (
        f"{file} is in the package {at.package!r}: {'.' * depth} is its top level, and this import has "
        f"{wanted.level} dots"
    )
    place = home(at.path, wanted.level)
    ways = [_fewer_dots(failure, at, wanted, depth), _from_the_path(failure, at, wanted)]
    if at.module == "__main__" and place is not None and _resolves(failure, place, wanted):
        ways.append(_run(failure, place))
    repairs = tuple(way for way in ways if way is not None)
    return _explanation(failure, at, wanted, why, repairs, {"package": at.package, "dots": wanted.level})


def _fewer_dots(failure: Failure, at: Frame, wanted: Import, depth: int) -> Repair | None:
    """Return the same import from as high as the package goes, where there is such a module."""
    for level in range(depth, 0, -1):
        if _found_from(failure.modules, at.package, level, wanted):
            new = wanted.statement.text.replace("." * wanted.level, "." * level, 1)
            return _rewritten(failure, wanted, new)
    return None


def _from_the_path(failure: Failure, at: Frame, wanted: Import) -> Repair | None:
    """Return the same import without dots, where the plain name leads to the very module the dots would have meant."""
    base = os.path.dirname(at.path)
    for _ in range(wanted.level - 1):
        base = os.path.dirname(base)
    found = failure.modules.locate(wanted.module) if wanted.module else None
    if found is None or found.path is None or not found.path.startswith(base + os.sep):
        return None
    return _rewritten(failure, wanted, _without_dots(wanted))


def _resolves(failure: Failure, place: Home, wanted: Import) -> bool:
    """Whether the import would find its module if the file were imported as `place` says."""
    return _found_from(Modules([place.root, *failure.state.path]), place.package, wanted.level, wanted)


def _found_from(modules: Modules, package: str, level: int, wanted: Import) -> bool:
    try:
        target = ModuleName(package).relative(level, wanted.module)
    except BadModuleName:
        return False
    if modules.locate(target) is None:
        return False
    return bool(wanted.module) or all(modules.has(target, alias.name) is not False for alias in wanted.names)


def _rewritten(failure: Failure, wanted: Import, new: str) -> Repair:
    return Repair(f"write `{new}`", edits=failure.files.rewritten(wanted.statement, new))


def _explanation(
    failure: Failure,
    at: Frame,
    wanted: Import,
    why: str,
    repairs: tuple[Repair, ...],
    facts: dict[str, object],
) -> Explanation:
    line = wanted.statement.line
    shown = Evidence(path=at.path, line=line, source=wanted.statement.text)
    known = {"path": at.path, "line": line, "statement": wanted.statement.text, **facts}
    return Explanation("relative-import", why, (shown,), repairs, known, failure.state.folder)
