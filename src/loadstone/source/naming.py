"""From events to bindings: each name of a module with its origin, and what it hid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.errors import NoSuchModule
from loadstone.source.events import Event
from loadstone.source.found import DYNAMIC, IMPLICIT
from loadstone.source.opaque import Named
from loadstone.source.origins import Binding, Namespace, Origin
from loadstone.source.resolving import implicit_names
from loadstone.source.stars import conflict
from loadstone.source.views import view

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.source.acts import Bound
    from loadstone.source.events import Run
    from loadstone.source.finder import Location
    from loadstone.source.project import Library
    from loadstone.source.world import World

__all__ = ["Naming", "naming_of"]


def naming_of(library: Library, module: str) -> tuple[Naming, str]:
    """Return what names the bindings of a module, and the module's own name: posixpath for os.path.

    Raises NoSuchModule where Python would not find it, and SyntaxError where it would not compile it.
    """
    module = library.world.canonical(module)
    if library.locate(module) is None:
        raise NoSuchModule(name=module, searched=library.path)
    run = library.world.run(module)
    if run is not None and run.summary.error:
        raise run.summary.error
    return Naming(view(library.world, module)), module


class Naming:
    """Makes the public values out of a world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.library = world.library
        self._made: dict[Event, Binding] = {}
        self._counted: dict[tuple[str, Bound], tuple[int, int]] = {}

    def namespace(self, module: str) -> Namespace:
        """Return the names of one module."""
        run = self.world.run(module)
        if run is None:
            location = self.library.locate(module)
            assert location is not None, "asked for by `of`, which has located it"
            return self._opaque(location)
        return self._read(module, run)

    def chain(self, module: str, name: str) -> tuple[Binding, ...]:
        """Return the bindings from a name to its origin."""
        return tuple(self._links(module, name))

    # Modules with source.

    def _read(self, module: str, run: Run) -> Namespace:
        bindings = {name: self._implicit(module, name) for name in implicit_names(run.summary)}
        for name, event in run.names.items():
            bindings[name] = self.binding(self.first(event))
        exports = run.exports or ()
        uses = run.summary.uses.union(exports)
        conflicts = [conflict(one, used=one.name in uses) for one in bindings.values()]
        return Namespace(
            module,
            bindings,
            tuple(one for one in conflicts if one),
            run.complete,
            run.summary.dynamic,
            None if run.exports is None else tuple(exports),
            run.exact,
        )

    def first(self, event: Event) -> Event:
        """Return the event that gave a name its meaning: a star that brings the same once more changes nothing."""
        while event.bound.how == "star" and event.before is not None:
            if self.world.resolve(event)[1:3] != self.world.resolve(event.before)[1:3]:
                break
            event = event.before
        return event

    def binding(self, event: Event) -> Binding:
        """Return the value for an event; what came before it is made first, without recursion."""
        line = [event]
        while (earlier := line[-1].before) is not None and earlier not in self._made:
            line.append(earlier)
        for one in reversed(line):
            if one not in self._made:
                self._made[one] = self._binding(one)
        return self._made[event]

    def _binding(self, event: Event) -> Binding:
        bound = event.bound
        kind, module, name, missing = self.world.resolve(event)
        origin = Origin(module, name)
        brings, used = self._counts(event) if bound.how == "star" else (0, 0)
        return Binding(
            event.name,
            kind,
            bound.how,
            bound.alias,
            bound.statement,
            origin,
            self._hides(event, origin),
            event.module,
            event.target,
            event.member,
            missing,
            brings,
            used,
            tuple(self.binding(one) for one in event.others),
            not event.sure,
        )

    def _counts(self, star: Event) -> tuple[int, int]:
        """Return how many names a star brings, and how many of these the module has from it and uses."""
        key = star.module, star.bound
        if key not in self._counted:
            self._counted[key] = self._counts_of(star)
        return self._counted[key]

    def _counts_of(self, star: Event) -> tuple[int, int]:
        run = self.world.run(star.module)
        names = run.stars.get(star.bound, ()) if run else ()
        if run is None:
            return 0, 0
        uses = run.summary.uses.union(run.exports or ())
        used = [name for name in names if name in uses and self._brought(run, name) is star.bound]
        return len(names), len(used)

    def _brought(self, run: Run, name: str) -> Bound | None:
        event = run.names.get(name)
        return self.first(event).bound if event else None

    # What a binding hid.

    def _hides(self, event: Event, origin: Origin) -> tuple[Binding, ...]:
        lost: list[Binding] = []
        seen = {origin}
        earlier = event.before
        while earlier is not None:
            binding = self._made[earlier]
            if binding.origin not in seen or _redefined(event, earlier):
                seen.add(binding.origin)
                lost.append(binding)
            earlier = earlier.before
        builtin = self._builtin(event.name)
        if builtin and builtin.origin not in seen:
            lost.append(builtin)
        return tuple(lost)

    def _builtin(self, name: str) -> Binding | None:
        if name.startswith("__") and name != "__import__":
            return None
        named = self.world.opaque.builtins.get(name)
        return self._named("builtins", name, named) if named else None

    # Modules without source, and names without statements.

    def _opaque(self, location: Location) -> Namespace:
        module, names = location.name, self.world.opaque.names(location)
        bindings = {name: self._implicit(module, name) for name in implicit_names(location)}
        for name, named in (names or {}).items():
            bindings[name] = self._named(module, name, named)
        return Namespace(module, bindings, (), names is not None)

    def _implicit(self, module: str, name: str) -> Binding:
        return Binding(name, "implicit", "definition", None, None, Origin(module, name), module=module)

    def _named(self, module: str, name: str, named: Named) -> Binding:
        kind, home, own, _ = self.world.opaque.settle(named, module, name)
        how = "definition" if home == module else "import"
        return Binding(name, kind, how, None, None, Origin(home, own), module=module)

    # Chains.

    def _links(self, module: str, name: str) -> Iterator[Binding]:
        seen: set[Event] = set()
        while True:
            found = self.world.find(module, name)
            if not isinstance(found, Event):
                yield from self._last(module, name, found)
                return
            if found in seen:
                return
            seen.add(found)
            yield self.binding(found)
            if found.bound.how not in {"from-import", "star"}:
                return
            module, name = self.world.canonical(found.target), found.member

    def _last(self, module: str, name: str, found: object) -> Iterator[Binding]:
        if isinstance(found, Named):
            yield self._named(module, name, found)
        elif found is IMPLICIT:
            yield self._implicit(module, name)
        elif found is DYNAMIC:
            yield Binding(name, "dynamic", "definition", None, None, Origin(module, name), module=module)


def _redefined(event: Event, earlier: Event) -> bool:
    """Two definitions of one name in one module have one origin, and yet the first is lost."""
    kinds = {"function", "class"}
    return (
        event.bound.how == earlier.bound.how == "definition"
        and event.bound.statement != earlier.bound.statement
        and bool({event.bound.kind, earlier.bound.kind} & kinds)
    )
