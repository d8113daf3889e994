"""A module taken for what is in it (`datetime.now()`), or what is in it for the module (`time.sleep`)."""

from __future__ import annotations

from types import BuiltinFunctionType, FunctionType, ModuleType

from loadstone.explain import spot
from loadstone.explain.attributes import dotted
from loadstone.explain.explanation import Evidence, Explanation, Repair, relative_to
from loadstone.explain.state import module_file
from loadstone.spelling import folded

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast

    from loadstone.explain.failure import Failure
    from loadstone.source.statements import Statement

__all__ = ["explain"]

_NOT_CALLABLE = "'module' object is not callable"


def explain(failure: Failure) -> Explanation | None:
    """Return which of the two is meant, and what to write; None where neither has what was asked for."""
    owner, name = failure.missing_attribute
    if owner is not None:
        return _attribute(failure, owner, name)
    if isinstance(failure.error, TypeError) and str(failure.error).startswith(_NOT_CALLABLE):
        return _called(failure)
    if isinstance(failure.error, AttributeError):
        return _member_for_module(failure, failure.error)
    return None


def _attribute(failure: Failure, owner: ModuleType, name: str) -> Explanation | None:
    """``datetime.now()``: the module datetime has a class datetime, and that has it."""
    meant = _namesake(owner)
    if not meant or spot.member(owner.__dict__[meant], name) is spot.ABSENT:
        return None
    word = "class" if isinstance(owner.__dict__[meant], type) else "module"
    summary = f"{owner.__name__!r} is the module here; {name!r} is in the {word} {meant!r} inside it"
    return _explanation(failure, summary, owner, meant, spot.asked(failure))


def _called(failure: Failure) -> Explanation | None:
    """``pprint([1])``: the module is called, and the function of that name is meant."""
    node, at = spot.called(failure), failure.at
    module = spot.value(at, node) if node is not None and at is not None else None
    if not isinstance(module, ModuleType):
        return None
    near = relative_to(failure.state.folder, module_file(module))
    which = f"the module {module.__name__!r}" + (f" ({near})" if near else "")
    meant = _namesake(module)
    if not meant or not callable(module.__dict__[meant]):
        return _explanation(
            failure, f"{dotted(node)} is {which}, and a module cannot be called", module, "", node
        )
    word = "class" if isinstance(module.__dict__[meant], type) else "function"
    summary = f"{dotted(node)} is {which}; the {word} {meant!r} is inside it"
    return _explanation(failure, summary, module, meant, node)


def _namesake(module: ModuleType) -> str:
    """Return the one name in the module that reads like the module's own: ``Cart`` of shop.cart; or empty."""
    tail = module.__name__.rpartition(".")[2]
    if tail in module.__dict__:
        return tail
    same = [name for name in module.__dict__ if folded(name) == folded(tail)]
    return same[0] if len(same) == 1 else ""


def _member_for_module(failure: Failure, error: AttributeError) -> Explanation | None:
    """``datetime.datetime.now()`` after ``from datetime import datetime``: the class was taken, not its module."""
    node, taken = spot.asked(failure), error.obj
    if not isinstance(taken, type | FunctionType | BuiltinFunctionType) or not isinstance(error.name, str):
        return None
    module = failure.state.modules.get(taken.__module__ or "")
    if module is None or module.__name__.rpartition(".")[2] != dotted(node):
        return None
    if module.__dict__.get(taken.__name__) is not taken or error.name not in module.__dict__:
        return None
    brought = _import_of(failure, dotted(node))
    if brought is None or not brought.text.startswith("from "):
        return None
    word = "class" if isinstance(error.obj, type) else "function"
    summary = f"{dotted(node)} is the {word} here, not its module: {error.name!r} is in the module"
    return _explanation(failure, summary, module, "", node, _ways(failure, module, error, node))


def _ways(
    failure: Failure, module: ModuleType, error: AttributeError, node: ast.expr | None
) -> tuple[Repair, ...]:
    name = str(error.name)
    if module.__dict__[name] is error.obj and node is not None:
        whole = next(one for one, _ in spot.values(failure) if dotted(one) == f"{dotted(node)}.{name}")
        edits = failure.files.replaced(failure.frames[-1].path, whole, name)
        return (Repair(f"write `{name}` for `{dotted(whole)}`", edits=edits),)
    return (
        Repair(f"add `from {module.__name__} import {name}`, and write `{name}` for `{dotted(node)}.{name}`"),
    )


def _explanation(
    failure: Failure,
    summary: str,
    module: ModuleType,
    meant: str,
    node: ast.expr | None,
    repairs: tuple[Repair, ...] = (),
) -> Explanation:
    at = failure.frames[-1]
    evidence = [Evidence("", *failure.files.place(at.path, at.line))]
    brought = _import_of(failure, dotted(node))
    if brought is not None and brought.line != at.line:
        evidence.append(Evidence(f"brings {dotted(node)}", brought.path, brought.line, brought.text))
    if meant and dotted(node):
        new = f"{dotted(node)}.{meant}"
        edits = failure.files.replaced(at.path, node, new) if node is not None else ()
        repairs = (Repair(f"write `{new}` for `{dotted(node)}`", edits=edits),)
    facts = {"module": module.__name__, "path": module_file(module) or None, "meant": meant or None}
    return Explanation("module-or-member", summary, tuple(evidence), repairs, facts, failure.state.folder)


def _import_of(failure: Failure, name: str) -> Statement | None:
    """Return the import that binds the first part of `name` in the failing file, the last one before the line."""
    at = failure.frames[-1]
    first = name.partition(".")[0]
    found = None
    for one in failure.files.imports(at.path):
        bound = {one.alias.bound} if one.alias else {alias.bound for alias in one.names}
        if first in bound and (one.statement.line <= at.line or found is None):
            found = one.statement
    return found
