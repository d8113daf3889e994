"""A package's function, class or variable that hides its submodule of the same name, or is hidden by it."""

from __future__ import annotations

import ast
from types import ModuleType

from loadstone.explain import spot
from loadstone.explain.explanation import Evidence, Explanation, Repair
from loadstone.explain.state import module_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.explain.failure import Failure
    from loadstone.source.statements import Statement

__all__ = ["explain"]


def explain(failure: Failure) -> Explanation | None:
    """Return which of the two the name stands for, and how to reach the other; None where there are no two."""
    error = failure.error
    if isinstance(error, AttributeError) and not isinstance(error.obj, ModuleType):
        return _hides(failure, error)
    if isinstance(error, TypeError) and str(error).startswith("'module' object is not callable"):
        return _hidden(failure)
    return None


def _hides(failure: Failure, error: AttributeError) -> Explanation | None:
    """``shop.cart.total``, where shop.cart is a function, and the submodule has `total`."""
    node = spot.asked(failure)
    for package, tail in _packages_with(failure, node):
        full = f"{package.__name__}.{tail}"
        name = str(error.name)
        names = package.__dict__
        if "__path__" in names and names.get(tail) is error.obj and _has(failure, package, full, name):
            word = (
                "class" if isinstance(error.obj, type) else "function" if callable(error.obj) else "variable"
            )
            summary = f"{full} is a {word} here: it hides the submodule {full}, which has {name!r}"
            repair = Repair(f"write `from {full} import {name}`: that finds the submodule all the same")
            return _explanation(failure, package, tail, summary, repair)
    return None


def _packages_with(failure: Failure, node: ast.expr | None) -> Iterator[tuple[ModuleType, str]]:
    """Yield the (package, name in it) by which the expression reaches its value."""
    at = failure.frames[-1]
    if isinstance(node, ast.Attribute):
        owner = spot.value(at, node.value)
        if isinstance(owner, ModuleType):
            yield owner, node.attr
    if not isinstance(node, ast.Name):
        return
    for one in failure.files.imports(at.path):
        above, _, tail = one.module.rpartition(".")
        pairs = [(one.module, alias.name) for alias in one.names if alias.bound == node.id]
        if one.alias is not None and one.alias.asname == node.id:
            pairs.append((above, tail))
        for module, name in pairs if not one.level else ():
            if module in failure.state.modules:
                yield failure.state.modules[module], name


def _has(failure: Failure, package: ModuleType, full: str, name: str) -> bool:
    live = failure.state.modules.get(full)
    if live is not None:
        return name in live.__dict__
    return failure.modules.inside(package.__dict__["__path__"], full) is not None and (
        failure.modules.has(full, name) is True
    )


def _hidden(failure: Failure) -> Explanation | None:
    """``shop.cart()``, where the first import of the submodule has taken the function's place."""
    node, at = spot.called(failure), failure.at
    module = spot.value(at, node) if node is not None and at is not None else None
    if not isinstance(module, ModuleType):
        return None
    above, _, tail = module.__name__.rpartition(".")
    package = failure.state.modules.get(above)
    if package is None or package.__dict__.get(tail) is not module:
        return None
    if not any(bound.how == "definition" for bound in failure.modules.bound(above, tail)):
        return None
    full = f"{above}.{tail}"
    summary = f"{full} is the submodule: importing it took the place of the {tail!r} that {above} defines"
    repair = Repair(f"give one of the two another name, such as _{tail}.py for the submodule's file")
    return _explanation(failure, package, tail, summary, repair)


def _explanation(
    failure: Failure, package: ModuleType, tail: str, summary: str, repair: Repair
) -> Explanation:
    full = f"{package.__name__}.{tail}"
    at = failure.frames[-1]
    evidence = [Evidence("", *failure.files.place(at.path, at.line))]
    binds = _binding(failure, package, tail)
    if binds is not None:
        evidence.append(Evidence(f"binds {tail}", binds.path, binds.line, binds.text))
    found = failure.modules.inside(package.__dict__["__path__"], full)
    if found is not None and found.path:
        evidence.append(Evidence("is the submodule", found.path))
    facts = {"module": full, "package": package.__name__, "path": module_file(package) or None}
    return Explanation("name-and-submodule", summary, tuple(evidence), (repair,), facts, failure.state.folder)


def _binding(failure: Failure, package: ModuleType, tail: str) -> Statement | None:
    bound = failure.modules.bound(package.__name__, tail)
    return bound[-1].statement if bound else None
