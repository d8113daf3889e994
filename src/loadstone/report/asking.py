"""Answers to ``loadstone why``: a module's resolution, and where a name comes from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from loadstone.errors import NoSource, NoSuchModule
from loadstone.explain.resolving.in_space import path_for, path_of, resolve_in
from loadstone.explain.resolving.resolve import resolve
from loadstone.explain.similar import name_in, similar_module, similar_name
from loadstone.names import ModuleName
from loadstone.report.about import KINDS, about_found
from loadstone.report.provenance import Provenance
from loadstone.report.resolution import Resolved
from loadstone.report.targets import Target
from loadstone.source.origins import chain, namespace
from loadstone.source.probe import Probe
from loadstone.source.project import Library
from loadstone.source.reading import read
from loadstone.source.scopes import scope_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loadstone.declared.catalog import Catalog
    from loadstone.source.origins import Binding, Namespace
    from loadstone.source.scopes import Place
    from loadstone.source.statements import Import

__all__ = ["module_why", "name_why", "place_why", "space_name_why", "space_why"]


def module_why(asked: Target, *, everything: bool = False) -> Resolved:
    """Return how the module is found; a name that leads nowhere is no error here."""
    library = asked.library()
    name = ModuleName(library.world.canonical(asked.name))
    one = resolve(name, asked.path)
    owners = {
        path: about_found(library, asked.name, path).owner
        for path in (step.path for step in one.hides)
        if path
    }
    alias = asked.name if asked.name != name else ""
    if one.found:
        return Resolved(
            one, about_found(library, name, one.path, one), owners, alias=alias, everything=everything
        )
    return Resolved(one, None, owners, _meant(asked))


def _meant(asked: Target) -> str:
    """Return what may be meant by a name that is no module: a name inside one, or a module named much like it."""
    with Probe() as probe:
        library = asked.library(probe)
        return name_in(library, asked.name) or similar_module(library, asked.name)


def space_why(
    space: str, name: ModuleName, catalog: Catalog, host: Sequence[str], *, everything: bool = False
) -> Resolved:
    """Return how the module `name` is found in a declared space. Raises NoSuchSpace."""
    declared = catalog.find(space)
    one = resolve_in(declared, name, catalog, host)
    if not one.found:
        meant = "" if one.steps[0].outcome == "denied" else _meant(Target(name, (*path_of(declared), *host)))
        return Resolved(one, None, {}, meant, space=space, everything=everything)
    library = Library([*path_of(declared), *host])
    owners = {
        path: about_found(library, name, path).owner for path in (step.path for step in one.hides) if path
    }
    return Resolved(one, about_found(library, one.name, one.path, one), owners, everything=everything)


def space_name_why(
    space: str, module: ModuleName, name: str, catalog: Catalog, host: Sequence[str]
) -> Provenance | Resolved:
    """Return where a name of a module comes from as a declared space has it; how it is looked for where it is not."""
    found = space_why(space, module, catalog, host)
    if not found.found:
        return found
    return name_why(
        Target(ModuleName(found.resolution.name), path_for(catalog.find(space), module, catalog, host)), name
    )


def name_why(asked: Target, name: str) -> Provenance:
    """Return where a name of a module comes from. Raises NoSuchModule, and SyntaxError for its file."""
    with Probe() as probe:
        library = asked.library(probe)
        names = namespace(library, asked.name)
        return _provenance(library, names, f"{asked.name}:{name}", name, None)


def place_why(asked: Target, line: int, name: str) -> Provenance:
    """Return where a name on one line of a module's file comes from, by scope.

    Raises NoSuchModule, NoSource, and OSError and SyntaxError for the file.
    """
    title = f"{name} on line {line} of {asked.name}"
    with Probe() as probe:
        library = asked.library(probe)
        place = scope_of(read(_file(library, asked.name)), line, name)
        if place.scope in ("global", "builtin", "unbound"):
            return _provenance(library, namespace(library, asked.name), title, name, place)
        return Provenance(title, name, _imported(library, asked, place), None, place)


def _file(library: Library, name: str) -> str:
    location = library.locate(name)
    if location is None:
        raise NoSuchModule(name=name, searched=library.path)
    if location.path is None or not location.has_source:
        raise NoSource(name=name, kind=KINDS[location.kind])
    return location.path


def _provenance(library: Library, names: Namespace, title: str, name: str, place: Place | None) -> Provenance:
    links = chain(library, names.module, name)
    conflict = next((one for one in names.conflicts if one.name == name), None)
    if links:
        return Provenance(title, name, links, conflict, place and _global(place))
    if place is not None and place.scope == "builtin":
        return Provenance(title, name, chain(library, "builtins", name), None, place)
    return Provenance(title, name, (), None, place and _nowhere(place), similar_name(names, name))


def _global(place: Place) -> Place:
    """Return the place with its scope as the module's stars settle it: what they bring is no builtin."""
    return replace(place, scope="global", certain=True)


def _nowhere(place: Place) -> Place:
    """Return the place as it is when the stars that might have brought the name do not."""
    return place if place.certain else replace(place, scope="unbound", statements=())


def _imported(library: Library, asked: Target, place: Place) -> tuple[Binding, ...]:
    """Return the chain behind an import inside a function or class; empty for other bindings."""
    summary = library.summary(asked.name)
    lines = {statement.line for statement in place.statements}
    for one in summary.imports if summary else ():
        if one.statement.line in lines:
            for alias in one.names:
                if alias.bound == place.name:
                    return _followed(library, one, alias.name, summary.package if summary else "")
    return ()


def _followed(library: Library, one: Import, name: str, package: str) -> tuple[Binding, ...]:
    try:
        return chain(library, one.target(package), name)
    except (NoSuchModule, SyntaxError, ValueError):
        return ()
