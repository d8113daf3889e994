"""Acts that bind names, load modules and read: what they do to the names of the running module."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

from loadstone.source import acts, decisions
from loadstone.source.events import Event
from loadstone.source.found import MISSING
from loadstone.source.opaque import Named
from loadstone.source.verdicts import UNKNOWN, evaluate

if TYPE_CHECKING:
    from loadstone.source.acts import Bound
    from loadstone.source.found import Found
    from loadstone.source.running.execution import Execution

__all__ = ["bound", "load", "raised", "reads", "unbound"]


def bound(execution: Execution, act: Bound) -> None:
    """Bind a name, or the names of a star."""
    if act.how == "star":
        _star(execution, act)
        return
    found = None
    if act.how == "from-import":
        found = execution.seen(act.target, act.member)
        _need(execution, act, found)
    elif act.how == "import" and act.alias and "." in act.target:
        found = _attribute(execution, act)
    value = evaluate(act.value, execution.lookup) if act.value else UNKNOWN
    before = execution.run.names.get(act.name)
    execution.put(Event(act.name, act, execution.module, act.target, act.member, value, before, found=found))


def _attribute(execution: Execution, act: Bound) -> Found | None:
    """``import a.b.c as d`` takes the attribute `c` of the attribute `b` of `a`: they need not be modules."""
    module, *parts = act.target.split(".")
    for part in parts[:-1]:
        found = _attribute_of(execution, module, part)
        kind, module, name, _ = (
            execution.world.follow(found, module, part) if found else _module(module, part)
        )
        if (kind, name) != ("module", "") and execution.strictly("ImportError"):
            execution.fail("ImportError", act.statement)
    return _attribute_of(execution, module, parts[-1])


def _attribute_of(execution: Execution, module: str, name: str) -> Found | None:
    execution.world.note(module, name, execution.run)
    return execution.seen(module, name)


def unbound(execution: Execution, act: acts.Unbound) -> None:
    """Take a name away."""
    absent = act.name not in execution.run.names and execution.run.complete and not act.name.startswith("__")
    if absent and execution.strictly("NameError"):
        execution.fail("NameError", act.statement)
    execution.run.names.pop(act.name, None)
    if act.name == "__all__":
        execution.run.exports = None


def _star(execution: Execution, act: Bound) -> None:
    if act.target == execution.module:  # brings nothing new, but imports the submodules that `__all__` names
        execution.world.load(
            acts.Load(act.target, tuple(execution.run.exports or ()), act.statement), execution.run
        )
        if execution.world.strict and any(
            decisions.lacks(execution.world, execution.module, name) for name in execution.run.public()
        ):
            execution.fail("AttributeError", act.statement)
        return
    names, exact = execution.world.public(act.target, execution.run, act.statement)
    if not exact:
        execution.run.unread.append(act)
    execution.run.stars[act] = names
    for name in names:
        if exact and execution.world.strict and decisions.lacks(execution.world, act.target, name):
            execution.fail("AttributeError", act.statement)
        before, found = execution.run.names.get(name), execution.seen(act.target, name)
        execution.put(Event(name, act, execution.module, act.target, name, before=before, found=found))


def load(execution: Execution, act: acts.Load) -> None:
    """Import a module."""
    execution.run.loads.append((act.target, act.statement))
    if not execution.strictly("ModuleNotFoundError"):
        execution.needs(act.target)
    elif error := execution.world.obstacle(act.target, execution.run):
        execution.fail(error, act.statement)
    execution.world.load(act, execution.run)


def _need(execution: Execution, act: Bound, seen: Found | None) -> None:
    """Fail where a from-import certainly does not find its name; looked up only where that is caught."""
    execution.world.note(act.target, act.member, execution.run)
    if not execution.strictly("ImportError"):
        execution.needs(act.target, act.member)
    elif error := _import_error(execution, act, seen):
        execution.fail(error, act.statement)


def _import_error(execution: Execution, act: Bound, seen: Found | None) -> str | None:
    """Return how a from-import fails: nothing has its name, or that is a submodule which cannot be imported."""
    world = execution.world
    found = world.find(act.target, act.member) if seen is None else seen
    if found is MISSING:
        return "ImportError" if decisions.exists(world, act.target) else None
    submodule = f"{act.target}.{act.member}"
    if not isinstance(found, Named) or found != Named("module", submodule, ""):
        return None
    return world.obstacle(submodule, execution.run)


def reads(execution: Execution, act: acts.Reads) -> None:
    """Look the names up that a statement reads, where it matters that one is not there."""
    names = execution.run.names
    if execution.strictly("NameError"):
        for name in act.names:
            root = name.partition(".")[0]
            if root not in names and _is_unbound(execution, root):
                execution.fail("NameError", act.statement)
    if execution.strictly("AttributeError"):
        for name in act.names:
            if "." in name and execution.world.lacks_attribute(name, execution.run):
                execution.fail("AttributeError", act.statement)


def _is_unbound(execution: Execution, name: str) -> bool:
    """Whether reading the name, which no event has bound, is certainly a NameError."""
    return not (name.startswith("__") or hasattr(builtins, name)) and execution.run.complete


def raised(execution: Execution, act: acts.Raised) -> None:
    """Raise what the statement says."""
    execution.fail(act.error.rpartition(".")[2], act.statement)


def _module(package: str, tail: str) -> tuple[str, str, str, bool]:
    return "module", f"{package}.{tail}", "", False
