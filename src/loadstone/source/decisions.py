"""What decides a fork: whether a module can be imported, whether a name is there, what its value is.

Each answers "no" or a value only where that is certain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.source.events import Event
from loadstone.source.found import DYNAMIC, MISSING
from loadstone.source.opaque import Named
from loadstone.source.verdicts import SOMETHING, UNKNOWN, known

if TYPE_CHECKING:
    from loadstone.source.events import Run
    from loadstone.source.world import World

__all__ = ["exists", "importable", "lacks", "value"]


def importable(world: World, target: str, importer: str) -> bool:
    """Whether importing `target` finds it, and does not fail in its turn.

    The program's own modules are looked through to the end; of others, only what they import themselves has to exist.
    """
    before = frozenset(world.deciding)
    try:
        return _importable(world, target, _ENDLESS if world.inside(target, importer) else 1)
    finally:
        world.deciding.intersection_update(before)


_ENDLESS = 1 << 30


def _importable(world: World, target: str, depth: int) -> bool:
    if not exists(world, target):
        return False
    package, _, _ = target.rpartition(".")
    if package and not _importable(world, package, depth):
        return False
    if not depth or target in world.deciding or world.library.locate(target) is None:
        return True
    # It stays there until the question is answered: one "no" answers it, so all that went before is a "yes".
    world.deciding.add(target)
    return not _fails(world, target, depth - 1)


def exists(world: World, module: str) -> bool:
    """Whether importing the module finds something, or may: a package can put modules where no finder looks.

    So can an extension, whose functions then stand in several modules, as those written in Rust do.
    """
    if world.library.locate(module) is not None or world.canonical(module) != module:
        return True
    parent, _, _ = module.rpartition(".")
    if not parent:
        return False
    location = world.library.locate(parent)
    if location is None:  # it is one of those itself, or is not there
        return exists(world, parent)
    if location.kind == "extension":
        return True
    run = world.run(parent)
    return run is not None and (run.summary.error is not None or _makes_modules(world, run))


def _makes_modules(world: World, run: Run) -> bool:
    """Whether modules may be below this one that no finder would find: it, or a submodule it imports, sees to that.

    A module that is no package has them where its ``__getattr__`` gives a ``__path__``, as `dask.distributed` does.
    """
    if run.summary.installs or (run.summary.getattr is not None and not run.summary.is_package):
        return True
    inner = (world.library.summary(name) for name in sorted(run.submodules))
    return any(read.name.startswith("sys.meta_path") for one in inner if one for read in one.reads)


def _fails(world: World, target: str, depth: int) -> bool:
    """Whether the body of a module raises: it says so, or what it imports is not there."""
    run = world.run(target)
    if run is None or not run.finished:
        return False
    if run.failures or run.summary.error:
        return True
    return any(not _fulfilled(world, target, *need, depth) for need in run.needs)


def _fulfilled(world: World, target: str, module: str, name: str, depth: int) -> bool:
    """Whether a module has what it needs; names are looked for in its own program only."""
    own = world.inside(module, target)
    if not name:
        return _importable(world, module, depth if own else 0)
    return not (depth and own and lacks(world, module, name))


def lacks(world: World, module: str, name: str) -> bool:
    """Whether ``from module import name`` certainly fails, though the module is there."""
    return exists(world, module) and world.find(module, name) is MISSING


def value(world: World, event: Event, rest: str) -> object:
    """Return the value of a dotted name, whose first part `event` bound, as `verdicts.Lookup` wants it."""
    if event.others or not event.sure:
        return UNKNOWN
    if event.bound.how == "definition":
        return UNKNOWN if rest else event.value if event.bound.kind == "variable" else SOMETHING
    if event.bound.how == "import":
        return _of_module(world, event.target, rest)
    fixed = known(event.target, f"{event.member}.{rest}" if rest else event.member)
    if fixed is not UNKNOWN:
        return fixed
    found = event.found or world.find(event.target, event.member)
    return UNKNOWN if found is event else _of_found(world, found, rest)


def _of_found(world: World, found: object, rest: str) -> object:
    if isinstance(found, Event):
        return value(world, found, rest)
    if isinstance(found, Named) and found.kind == "module" and not found.name:
        return _of_module(world, found.module, rest)
    if isinstance(found, Named) and found.kind != "variable" and not rest:
        return SOMETHING
    return UNKNOWN


def _of_module(world: World, module: str, rest: str) -> object:
    """Return the value of ``module.rest``; a `rest` that ends in ``?`` asks whether it is there."""
    if not rest:
        return SOMETHING
    fixed = known(module, rest)
    if fixed is not UNKNOWN:
        return fixed
    head, _, tail = rest.partition(".")
    if head.endswith("?"):
        found = world.find(module, head[:-1])
        return UNKNOWN if found is DYNAMIC else found is not MISSING
    return _of_found(world, world.find(module, head), tail)
