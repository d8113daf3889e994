"""Why an import that was passed over had failed: told from what it left among the modules, without running it again.

A module whose import fails is taken out of `sys.modules`; what it had imported before stays. So its first import
that is not among the modules is the one that failed.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace

from loadstone.errors import BadModuleName
from loadstone.explain.explanation import Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.explain.explanation import Repair
    from loadstone.explain.failure import Failure
    from loadstone.explain.guards import Guarded
    from loadstone.source.statements import Import

__all__ = ["Cause", "cause"]

_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Cause:
    """`kind` is "absent" (`module` is not there), "no such name" or "broken" (its own code fails)."""

    kind: str
    module: str
    says: str
    evidence: tuple[Evidence, ...] = ()
    repairs: tuple[Repair, ...] = ()


def cause(failure: Failure, guarded: Guarded) -> Cause | None:
    """Return why the guarded import failed; None where it seems to have gone well."""
    if not guarded.target:
        return None
    return _of(failure, guarded.target, guarded.member, guarded.path, guarded.line, 0)


def _of(failure: Failure, target: str, member: str, path: str, line: int, depth: int) -> Cause | None:
    """Return why importing `target`, or `member` from it, fails at this place; None where it does not."""
    for name in _lineage(target):
        if name in failure.state.modules:
            continue
        if failure.modules.locate(name) is None:
            return _told(
                failure, "absent", f"there is no module {name!r}", _absent(failure, name), path, line
            )
        return _inside(failure, name, depth)
    if not member or _has(failure, target, member):
        return None
    if failure.modules.locate(f"{target}.{member}") is not None:
        return _inside(failure, f"{target}.{member}", depth)
    error = ImportError(f"cannot import name {member!r} from {target!r}", name=target)
    return _told(failure, "no such name", f"{target} has no {member!r}", error, path, line)


def _lineage(name: str) -> list[str]:
    parts = name.split(".")
    return [".".join(parts[:count]) for count in range(1, len(parts) + 1)]


def _has(failure: Failure, module: str, member: str) -> bool:
    names = getattr(failure.state.modules.get(module), "__dict__", {})
    return member in names or f"{module}.{member}" in failure.state.modules or "__getattr__" in names


def _absent(failure: Failure, name: str) -> ImportError:
    package = name.rpartition(".")[0]
    names = getattr(failure.state.modules.get(package), "__dict__", {"__path__": ()})
    rest = "" if "__path__" in names else f"; {package!r} is not a package"
    return ModuleNotFoundError(f"No module named {name!r}{rest}", name=name)


def _inside(failure: Failure, name: str, depth: int) -> Cause:
    """Return what fails in a module that is there: one of its imports, or else its own code."""
    file = failure.modules.file(name)
    for one in _imports(failure, name) if depth < _DEEPEST else ():
        for target, member in _wanted(failure, one, name):
            found = _of(failure, target, member, file, one.statement.line, depth + 1)
            if found is not None:
                step = Evidence("fails in turn", file, one.statement.line, one.statement.text)
                return replace(found, evidence=(step, *found.evidence))
    says = f"{name!r} is there, and its own code fails"
    return Cause("broken", name, says, (Evidence("is there", file),) if file else ())


def _imports(failure: Failure, name: str) -> Iterator[Import]:
    """Yield the imports that surely run when the module is imported, in order."""
    path = failure.modules.file(name)
    source = failure.files.source(path) if path.endswith(".py") else None
    plain = (
        [node.lineno for node in source.tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
        if source
        else []
    )
    return (one for one in failure.files.imports(path) if one.statement.line in plain and not one.scope)


def _wanted(failure: Failure, one: Import, name: str) -> Iterator[tuple[str, str]]:
    found = failure.modules.locate(name)
    package = name if found is not None and found.is_package else name.rpartition(".")[0]
    try:
        target = str(one.target(package))
    except BadModuleName:
        return
    if target == "__future__":
        return
    for member in [alias.name for alias in one.names] if one.names and not one.star else [""]:
        yield target, member


def _told(failure: Failure, kind: str, says: str, error: ImportError, path: str, line: int) -> Cause:
    """Return the cause, with what the other kinds know of such an error at that place."""
    from loadstone.explain.engine import explained

    here = replace(failure.frames[-1], path=path, line=line, function="<module>")
    known = explained(replace(failure, error=error, frames=(here,)))
    if known is None:
        return Cause(kind, str(error.name), says)
    evidence = tuple(one for one in known.evidence if (one.path, one.line) != (path, line))
    return Cause(kind, str(error.name), known.summary, evidence, known.repairs)
