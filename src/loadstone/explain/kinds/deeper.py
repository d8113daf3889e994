"""A name that a package does not have, and one of its modules does."""

from __future__ import annotations

from loadstone.explain.explanation import Evidence, Explanation, Repair

TYPE_CHECKING = False
if TYPE_CHECKING:
    from loadstone.explain.failure import Failure
    from loadstone.source.acts import Bound

__all__ = ["explain"]

_MOST = 200  # modules of the package that are looked into


def explain(failure: Failure) -> Explanation | None:
    """Return the one module of the package that has the name; None where there is none, or several have."""
    package, name = failure.missing_name
    owner, attribute = failure.missing_attribute
    if owner is not None and "__path__" in owner.__dict__:
        package, name = owner.__name__, attribute
    found = _having(failure, package, name) if package else []
    if len(found) != 1:
        return None
    return _explanation(failure, package, name, *found[0])


def _having(failure: Failure, package: str, name: str) -> list[tuple[str, Bound]]:
    """Return (module, statement that binds the name), those that define it before those that pass it on."""
    found = []
    for tail in failure.modules.submodules(package)[:_MOST]:
        module = f"{package}.{tail}"
        if not tail.startswith("_") and failure.files.contains(failure.modules.file(module), name):
            found += [(module, bound) for bound in failure.modules.bound(module, name)[-1:]]
    defining = [(module, bound) for module, bound in found if bound.how == "definition"]
    return defining or [pair for pair in found if pair[1].how == "from-import"]


def _explanation(failure: Failure, package: str, name: str, module: str, bound: Bound) -> Explanation:
    where = bound.statement
    summary = f"{package} has no {name!r} itself; its module {module} has"
    evidence = [Evidence(f"binds {name}", where.path, where.line, where.text)]
    if failure.at is not None:
        evidence.insert(0, Evidence("", *failure.files.place(failure.at.path, failure.at.line)))
    facts = {"module": package, "name": name, "found_in": module}
    return Explanation(
        "name-in-submodule",
        summary,
        tuple(evidence),
        (_repair(failure, name, module),),
        facts,
        failure.state.folder,
    )


def _repair(failure: Failure, name: str, module: str) -> Repair:
    """Return the statement with that module, as an edit where it takes nothing else."""
    for one in failure.imports:
        if [alias.name for alias in one.names] == [name] and not one.level:
            text = f"from {module} import {one.names[0]}"
            return Repair(f"write `{text}`", edits=failure.files.rewritten(one.statement, text))
    return Repair(f"write `from {module} import {name}`")
