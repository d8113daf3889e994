"""The fourth part of the proof: what is imported is there, and so are submodules that code has as attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.check.rules.missing_submodule import loader_of, unimported
from loadstone.fix.proof.objection import Objection
from loadstone.source.decisions import exists

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from loadstone.check.module import Module
    from loadstone.fix.model import Model
    from loadstone.source.statements import Read

__all__ = ["missing"]

_BY_ACCIDENT, _NOBODY = 1, 2


def missing(before: Model, after: Model, touched: Collection[str]) -> Iterator[Objection]:
    """Yield the imports of modules that are gone, then the attributes whose submodule nobody imports any more."""
    gone = before.project.modules.keys() - after.project.modules.keys()
    if gone:
        for module in _modules(after):
            yield from _imports(after, module, gone)
    tails = {name.rpartition(".")[2] for name in _imported(before, touched) - _imported(after, touched)}
    for module in _modules(after) if tails else ():
        if any(not tails.isdisjoint(read.name.split(".")[1:]) for read in module.summary.reads):
            yield from _attributes(before, module)


def _modules(model: Model) -> Iterator[Module]:
    return (module for name in sorted(model.compiled) if (module := model.whole.module(name)))


def _imports(after: Model, module: Module, gone: Collection[str]) -> Iterator[Objection]:
    world = after.library.world
    for one, _ in module.imports():
        for name in one.reached(module.package) if module.runs(one) and not module.catches(one) else ():
            parent, _, tail = name.rpartition(".")
            if name in gone and not exists(world, name) and not (parent and after.whole.has(parent, tail)):
                sentence = f"imports {name}, which is gone"
                yield Objection("lost", module.name, name, sentence, module.path, one.statement.line)


def _imported(model: Model, touched: Collection[str]) -> set[str]:
    """Return the submodules that some modules import."""
    modules = [one for name in touched if name in model.compiled and (one := model.whole.module(name))]
    return {
        name
        for module in modules
        for one, _ in module.imports()
        for name in (one.reached(module.package) if module.runs(one) else ())
        if "." in name and model.library.locate(name) is not None
    }


def _attributes(before: Model, module: Module) -> Iterator[Objection]:
    old = before.whole.module(module.name) if module.name in before.compiled else None
    was = {submodule: how for submodule, how, _, _ in _unimported(old)} if old else {}
    for submodule, how, read, path in _unimported(module):
        if how > was.get(submodule, 0):
            sentence = f"`{path}` would be no attribute: nobody imports {submodule} any more"
            if how == _BY_ACCIDENT:
                sentence = (
                    f"`{path}` would be there by accident: this module does not import {submodule} any more"
                )
            yield Objection("lost", module.name, submodule, sentence, module.path, read.line)


def _unimported(module: Module) -> Iterator[tuple[str, int, Read, str]]:
    for read, submodule, path in unimported(module):
        how = _BY_ACCIDENT if loader_of(module, submodule) else _NOBODY
        yield submodule, how, read, path
