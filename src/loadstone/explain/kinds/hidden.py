"""A file of the user's that hides a module of the standard library, or of an installed distribution."""

from __future__ import annotations

from loadstone.explain.explanation import Evidence, Explanation, relative_to
from loadstone.explain.hiding import Hiding, hiding, renaming
from loadstone.explain.state import is_foreign, module_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from loadstone.explain.failure import Failure

__all__ = ["explain"]


def explain(failure: Failure) -> Explanation | None:
    """Return which file hides which, and the repair; None where the other has no such name either.

    The name may be missing for the user's own code, or deep inside the library that is the real victim.
    """
    for module, path, member in _suspects(failure):
        # A submodule is what its package made it: a checkout beside the installed copy hides nothing by mistake.
        found = hiding(failure, module, path) if "." not in module else None
        if found is not None and found.hidden_has(member) is not False:
            return _explanation(failure, found, member)
    return None


def _suspects(failure: Failure) -> list[tuple[str, str, str]]:
    """Return each (module, its file, the name it has not) that may be at the bottom of the error."""
    owner, member = failure.missing_attribute
    if owner is not None:
        path = module_file(owner)
        return [(owner.__name__, path, member), *_stars(failure, path, member)]
    module, member = failure.missing_name
    if module:
        path = getattr(failure.error, "path", None) or failure.state.file_of(module)
        return [(module, path, member), *_stars(failure, path, member)]
    missing = failure.missing_module
    if missing and "." in missing and not str(failure.error).endswith(" is not a package"):
        package, _, member = missing.rpartition(".")
        return [(package, failure.state.file_of(package), member)]
    return _undefined(failure)


def _undefined(failure: Failure) -> list[tuple[str, str, str]]:
    """Return the suspects for a NameError: whom its file takes all names from."""
    error, at = failure.error, failure.at
    if not isinstance(error, NameError) or at is None or not isinstance(error.name, str):
        return []
    return _stars(failure, at.path, error.name)


def _stars(failure: Failure, path: str, member: str) -> list[tuple[str, str, str]]:
    """Return the modules that a library's file takes all names from: they should have brought this one."""
    stars = (
        [one for one in failure.files.imports(path) if one.star and not one.level] if is_foreign(path) else []
    )
    return [(one.module, failure.state.file_of(one.module), member) for one in stars]


def _explanation(failure: Failure, found: Hiding, member: str) -> Explanation:
    near = relative_to(failure.state.folder, found.path)
    whose = found.whose
    summary = f"{near} hides {whose} {found.top!r}, because its folder comes first on the path"
    evidence = [
        Evidence(_lacks(found, member), found.path),
        Evidence(_has(found, member), found.hidden),
        *_victim(failure, found),
    ]
    facts = {"module": found.top, "path": found.path, "hidden": found.hidden, "name": member, "whose": whose}
    return Explanation(
        "hidden-module", summary, tuple(evidence), renaming(failure, found), facts, failure.state.folder
    )


def _lacks(found: Hiding, member: str) -> str:
    return f"is imported as {found.top!r}, and has no {member!r}"


def _has(found: Hiding, member: str) -> str:
    return f"is hidden, and has {member!r}" if found.hidden_has(member) else "is hidden"


def _victim(failure: Failure, found: Hiding) -> list[Evidence]:
    """Return the line that failed, where it is not in the user's own code."""
    at = failure.at
    if at is None or not is_foreign(at.path):
        return []
    return [Evidence(f"wants the hidden {found.top!r}", *failure.files.place(at.path, at.line))]
