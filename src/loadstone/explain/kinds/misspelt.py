"""A slip of the pen: the one name that is there, and that is nearly the one asked for."""

from __future__ import annotations

from loadstone.explain.explanation import Evidence, Explanation, Repair
from loadstone.spelling import closest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from loadstone.explain.failure import Failure

__all__ = ["explain"]


def explain(failure: Failure) -> Explanation | None:
    """Return the nearest name that really could be had; None where there is none, or several as near."""
    if failure.missing_module:
        return _module(failure)
    module, name = failure.missing_name
    if module:
        return _member(failure, module, name, _names(failure, module))
    owner, name = failure.missing_attribute
    if owner is not None:
        return _member(failure, owner.__name__, name, _live(owner.__dict__))
    return None


def _module(failure: Failure) -> Explanation | None:
    missing, wanted = failure.missing_module, failure.wanted_module
    parent, _, tail = missing.rpartition(".")
    meant = closest(tail, failure.modules.beside(parent))
    full = f"{parent}.{meant}" if parent else meant
    if not meant or not _resolves(failure, full + wanted[len(missing) :], wanted):
        return None
    found = failure.modules.locate(full)
    where = found and (found.path or (found.search[0] if found.search else ""))
    whose = f"{parent} has" if parent else "there is"
    summary = f"there is no module {missing!r}; {whose} {full!r}, which is nearly the same"
    evidence = [*_shown(failure), *([Evidence("is there", where)] if where else [])]
    facts = {"module": missing, "meant": full, "path": where}
    return Explanation(
        "misspelt", summary, tuple(evidence), (_import(failure, tail, meant),), facts, failure.state.folder
    )


def _resolves(failure: Failure, name: str, wanted: str) -> bool:
    """Whether the corrected import would go through: the module is there, and no name it takes is surely absent."""
    if failure.modules.locate(name) is None or failure.modules.means(
        name, failure.at.path if failure.at else ""
    ):
        return False
    names = [
        alias.name for one in failure.imports if one.module == wanted for alias in one.names if not one.star
    ]
    return all(failure.modules.has(name, member) is not False for member in names)


def _import(failure: Failure, old: str, new: str) -> Repair:
    if len(failure.imports) == 1 and failure.imports[0].statement.text.count(old) == 1:
        statement = failure.imports[0].statement
        text = statement.text.replace(old, new)
        return Repair(f"write `{text}`", edits=failure.files.rewritten(statement, text))
    return Repair(f"write `{new}` for `{old}`")


def _member(failure: Failure, module: str, name: str, names: set[str]) -> Explanation | None:
    meant = closest(name, names)
    if not meant:
        return None
    bound = failure.modules.bound(module, meant)
    evidence = list(_shown(failure))
    if bound:
        statement = bound[-1].statement
        evidence.append(Evidence(f"binds {meant}", statement.path, statement.line, statement.text))
    summary = f"{module} has no {name!r}; it has {meant!r}, which is nearly the same"
    facts = {"module": module, "name": name, "meant": meant}
    repair = _import(failure, name, meant) if failure.imports else Repair(f"write `{meant}` for `{name}`")
    return Explanation("misspelt", summary, tuple(evidence), (repair,), facts, failure.state.folder)


def _names(failure: Failure, module: str) -> set[str]:
    """Return what a from-import could take: what the live module has, and its submodules."""
    live = failure.state.modules.get(module)
    if live is not None:
        return _live(live.__dict__) | set(failure.modules.submodules(module))
    # Its import has failed, so it is no longer among the modules: go by what its file binds.
    summary = failure.modules.summary(module)
    if summary is None or summary.dynamic:
        return set()
    return {bound.name for bound in summary.bounds if bound.how != "star"}


def _live(names: object) -> set[str]:
    return {name for name in names if isinstance(name, str)} if isinstance(names, dict) else set()


def _shown(failure: Failure) -> tuple[Evidence, ...]:
    at = failure.at
    if at is None or at.path.startswith("<"):
        return ()
    return (Evidence("", *failure.files.place(at.path, at.line)),)
