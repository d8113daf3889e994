"""One file loaded twice: as `__main__` and by its name, or by two roots. There are two of everything in it."""

from __future__ import annotations

import ast
import os

from loadstone.errors import BadModuleName
from loadstone.explain import spot
from loadstone.explain.attributes import dotted
from loadstone.explain.explanation import Evidence, Explanation, Repair, relative_to
from loadstone.explain.state import module_file, origin_of
from loadstone.explain.twins import twins

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from loadstone.explain.failure import Failure, Frame
    from loadstone.source.statements import Import, Statement

__all__ = ["explain"]


def explain(failure: Failure) -> Explanation | None:
    """Return which file, its two names, and what differs; None where no difference between the two is at fault."""
    for one, other in twins(failure.state.modules):
        if origin_of(module_file(one)) != "own":
            continue
        for here, there in ((one, other), (other, one)):
            found = (
                _missing(failure, here, there) or _value(failure, here, there) or _class(failure, here, there)
            )
            if found:
                return _explanation(failure, here, there, *found)
    return None


def _missing(failure: Failure, here: ModuleType, there: ModuleType) -> tuple[str, str] | None:
    """A name that only the other copy has: it is bound under ``if __name__ == "__main__"``, or by a function."""
    owner, name = failure.missing_attribute
    module, wanted = failure.missing_name
    if owner is not here and (not module or failure.state.modules.get(module) is not here):
        return None
    name = name or wanted
    return (name, f"only {there.__name__} has {name!r}") if name in there.__dict__ else None


def _value(failure: Failure, here: ModuleType, there: ModuleType) -> tuple[str, str] | None:
    """A variable that was set in the other copy: None here, or a dict without the key."""
    error = failure.error
    for node, value in spot.values(failure):
        name = _name_in(failure.at, node, here, value)
        mine, other = here.__dict__.get(name, spot.ABSENT), there.__dict__.get(name, spot.ABSENT)
        if not name or mine is not value or other is mine or spot.ABSENT in (mine, other):
            continue
        if mine is None and other is not None and _is_about_none(error):
            return name, f"{name} is None in {here.__name__}, and was set in {there.__name__}"
        if isinstance(error, KeyError) and type(mine) is type(other) is dict and _only_in(error, mine, other):
            return name, f"{name} of {there.__name__} has {error.args[0]!r}, that of {here.__name__} has not"
    return None


def _name_in(at: Frame | None, node: ast.expr, module: ModuleType, value: object) -> str:
    """Return under which name of the module the expression reads its value; empty where it may be another's."""
    if isinstance(node, ast.Attribute):
        owner = spot.value(at, node.value) if at else None
        return node.attr if owner is module else ""
    if at is not None and at.names is module.__dict__:
        return "" if spot.is_local(at, dotted(node)) else dotted(node)
    same = [name for name, held in module.__dict__.items() if held is value] if type(value) is dict else []
    return same[0] if len(same) == 1 else ""


def _is_about_none(error: BaseException) -> bool:
    if isinstance(error, AttributeError):
        return error.obj is None
    return isinstance(error, TypeError) and "'NoneType' object" in str(error)


def _only_in(error: KeyError, mine: dict[object, object], other: dict[object, object]) -> bool:
    key = error.args[0] if error.args else None
    return type(key) in (str, int, bytes) and key not in mine and key in other


def _class(failure: Failure, here: ModuleType, there: ModuleType) -> tuple[str, str] | None:
    """An error of one copy, where the ``except`` on its way names the class of the other."""
    kind = type(failure.error)
    name = kind.__name__
    twin = there.__dict__.get(name)
    if here.__dict__.get(name) is not kind or not isinstance(twin, type) or twin is kind:
        return None
    for frame in failure.frames:
        for node in _caught(failure, frame):
            if spot.value(frame, node) is twin:
                near = f"{relative_to(failure.state.folder, frame.path)}:{node.lineno}"
                return (
                    name,
                    f"{near} catches the {name} of {there.__name__}, and this is that of {here.__name__}",
                )
    return None


def _caught(failure: Failure, frame: Frame) -> Iterator[ast.expr]:
    """Yield what the handlers around the frame's line would catch."""
    source = failure.files.source(frame.path)
    for node in ast.walk(source.tree) if source else ():
        if isinstance(node, ast.Try) and node.body[0].lineno <= frame.line <= (node.body[-1].end_lineno or 0):
            for handler in node.handlers:
                kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
                yield from (kind for kind in kinds if kind is not None)


def _explanation(failure: Failure, here: ModuleType, there: ModuleType, name: str, says: str) -> Explanation:
    path = module_file(here)
    near = relative_to(failure.state.folder, path)
    names = sorted((here.__name__, there.__name__), key=lambda one: one != "__main__")
    summary = f"{near} was loaded twice, as {names[0]} and as {names[1]}: {says}"
    evidence = []
    if failure.at is not None:
        evidence.append(Evidence("", *failure.files.place(failure.at.path, failure.at.line)))
    for module in names:
        by = _importer(failure, module)
        if by is not None:
            evidence.append(Evidence(f"imports it as {module}", by.path, by.line, by.text))
    facts = {"path": path, "modules": names, "name": name}
    return Explanation(
        "loaded-twice", summary, tuple(evidence), _ways(near, names, name), facts, failure.state.folder
    )


def _ways(near: str, names: list[str], name: str) -> tuple[Repair, ...]:
    if names[0] == "__main__":
        return (Repair(f"move {name} into a module of its own, and import it from there, in {near} too"),)
    longer, shorter = sorted(names, key=len, reverse=True)
    return (Repair(f"import it by one name everywhere: as {longer}, and nowhere as {shorter}"),)


def _importer(failure: Failure, module: str) -> Statement | None:
    """Return an import statement of the program that names the module."""
    tail = module.rpartition(".")[2]
    files = {module_file(loaded): name for name, loaded in list(failure.state.modules.items())}
    files |= {
        frame.path: frame.module for frame in failure.frames
    }  # a module that fails is no longer among them
    for file, name in files.items():
        if not file or origin_of(file) != "own" or not failure.files.contains(file, tail):
            continue
        package = name if os.path.basename(file) == "__init__.py" else name.rpartition(".")[0]
        for one in failure.files.imports(file):
            target = _target(one, package)
            if module == target or module in {f"{target}.{alias.name}" for alias in one.names}:
                return one.statement
    return None


def _target(one: Import, package: str) -> str:
    try:
        return str(one.target(package))
    except BadModuleName:
        return ""
