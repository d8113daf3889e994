"""A submodule is asked of a module that is no package: which file that is, and which package was meant."""

from __future__ import annotations

import os

from loadstone.explain.explanation import Evidence, Explanation, Repair, relative_to
from loadstone.explain.hiding import Hiding, hiding, renaming
from loadstone.explain.modules import Modules
from loadstone.explain.state import origin_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from loadstone.explain.failure import Failure

__all__ = ["explain"]


def explain(failure: Failure) -> Explanation | None:
    """Return what the name resolved to, and the other candidate if there is one; None for another error."""
    missing = failure.missing_module
    if not missing or not str(failure.error).endswith(" is not a package"):
        return None
    package, _, member = missing.rpartition(".")
    path = failure.state.file_of(package) or failure.modules.file(package)
    found = hiding(failure, package, path, own=True)
    if found is not None and found.behind.has(package, member):
        return _hidden(failure, package, member, found)
    return (
        _folder_beside(failure, package, member, path)
        or _behind_python(failure, package, member, path)
        or _attribute(failure, package, member, path)
        or _plain(failure, package, member, path)
    )


def _hidden(failure: Failure, package: str, member: str, found: Hiding) -> Explanation:
    near = relative_to(failure.state.folder, found.path)
    summary = (
        f"{package!r} is {near} here, a single file; it hides the package {package!r}, which has {member!r}"
    )
    evidence = [Evidence("is imported", found.path), Evidence(f"is hidden, and has {member!r}", found.hidden)]
    return _explanation(failure, package, member, summary, evidence, renaming(failure, found))


def _folder_beside(failure: Failure, package: str, member: str, path: str) -> Explanation | None:
    """``shop.py`` beside a folder ``shop`` without ``__init__.py``: the file wins."""
    folder = os.path.join(os.path.dirname(path), package.rpartition(".")[2])
    if not path or not os.path.isdir(folder) or Modules([folder]).locate(member) is None:
        return None
    near, shown = relative_to(failure.state.folder, path), relative_to(failure.state.folder, folder)
    summary = f"{package!r} is the file {near}: it wins over the folder {shown}, which has no __init__.py"
    evidence = [
        Evidence("is imported", path),
        Evidence("is not: a folder without __init__.py comes last", Modules([folder]).file(member) or folder),
    ]
    repairs = (Repair(f"rename {near}"), Repair(f"move its code into {os.path.join(shown, '__init__.py')}"))
    return _explanation(failure, package, member, summary, evidence, repairs)


def _behind_python(failure: Failure, package: str, member: str, path: str) -> Explanation | None:
    """Return the user's package has the name of a module that Python finds first."""
    for entry in failure.state.path if "." not in package else ():
        own = failure.modules.inside([entry], package)
        if own is None or own.path == path or origin_of(os.path.join(entry, "")) != "own":
            continue
        if not own.search or failure.modules.inside(own.search, f"{package}.{member}") is None:
            continue
        mine = relative_to(failure.state.folder, own.search[0])
        what = f"the standard library's {path}" if path else "built into Python"
        summary = f"{package!r} is {what}, which is found before your package {mine}"
        evidence = [Evidence(f"has {member!r}, and is never looked at", own.search[0])]
        return _explanation(
            failure, package, member, summary, evidence, (Repair(f"rename the folder {mine}"),)
        )
    return None


def _attribute(failure: Failure, package: str, member: str, path: str) -> Explanation | None:
    """``import os.path.join``: a function or class is taken for a module."""
    live = failure.state.modules.get(package)
    if live is None or member not in live.__dict__:
        return None
    kind = "class" if isinstance(live.__dict__[member], type) else "name"
    summary = (
        f"{package!r} is a module, not a package, and {member!r} is a {kind} in it: it is taken with from"
    )
    repairs = (_from(failure, package, member),)
    return _explanation(failure, package, member, summary, [Evidence("", path)] if path else [], repairs)


def _from(failure: Failure, package: str, member: str) -> Repair:
    for one in failure.imports:
        if one.module == f"{package}.{member}" and not one.names and not one.star:
            alias = f" as {one.alias.asname}" if one.alias and one.alias.asname else ""
            text = f"from {package} import {member}{alias}"
            edits = failure.files.rewritten(one.statement, text) if len(failure.imports) == 1 else ()
            return Repair(f"write `{text}`", edits=edits)
    return Repair(f"write `from {package} import {member}`")


def _plain(failure: Failure, package: str, member: str, path: str) -> Explanation | None:
    if not path:
        return None
    near = relative_to(failure.state.folder, path)
    summary = f"{package!r} is the single file {near}, so there can be no {package}.{member}"
    beside = Modules([os.path.dirname(path)]).file(member)
    if not beside or "." in package or not failure.modules.means(member, beside):
        return _explanation(failure, package, member, summary, [Evidence("is imported", path)], ())
    evidence = [Evidence("is imported", path), Evidence("is beside it, a module of its own", beside)]
    return _explanation(
        failure, package, member, summary, evidence, (Repair(f"import {member} by its own name"),)
    )


def _explanation(
    failure: Failure,
    package: str,
    member: str,
    summary: str,
    evidence: list[Evidence],
    repairs: tuple[Repair, ...],
) -> Explanation:
    if failure.imports:
        statement = failure.imports[0].statement
        evidence = [Evidence("", statement.path, statement.line, statement.text), *evidence]
    facts = {
        "module": f"{package}.{member}",
        "package": package,
        "path": failure.state.file_of(package) or None,
    }
    return Explanation("not-a-package", summary, tuple(evidence), repairs, facts, failure.state.folder)
