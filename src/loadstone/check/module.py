"""One module as the rules see it: what it binds, where, and what its lines say; each part worked out once."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from loadstone.check.bodies import loads
from loadstone.check.written import Written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from typing import TypeVar

    from loadstone.check.diagnostic import Place
    from loadstone.check.memory import Answer, Memory
    from loadstone.check.whole import Whole
    from loadstone.source.acts import Bound
    from loadstone.source.events import Event, Run
    from loadstone.source.naming import Naming
    from loadstone.source.origins import Binding, Namespace
    from loadstone.source.statements import Import, Statement
    from loadstone.source.world import World

    T = TypeVar("T", bound=Answer)

__all__ = ["Module"]


class Module(Written):
    """A module of the project; one that cannot be compiled has no names.

    What works out names is imported when the first is asked for: after many an edit none is.
    """

    def __init__(self, whole: Whole, name: str, path: str, memory: Memory) -> None:
        super().__init__(whole.library, name, path)
        self.whole = whole
        self.memory = memory
        self._meanings: dict[str, tuple[World, Event | None]] = {}

    def answering(self) -> AbstractContextManager[None]:
        """Take what is asked of other modules meanwhile as asked for this one, whichever is being checked."""
        return self.library.notes.answering(self.name)

    def recall(self, work: Callable[..., T], *words: str) -> T:
        """Return ``work(module, *words)``, out of the module's memory where it is there."""
        question = f"{work.__module__.rpartition('.')[2]}.{work.__name__}", *words
        return self.memory.ask(question, partial(work, self, *words))

    @cached_property
    def world(self) -> World:
        """The world in which its names are looked up: that of its own import where the order matters."""
        from loadstone.source.views import view

        with self.answering():
            return view(self.library.world, self.name)

    @cached_property
    def run(self) -> Run:
        """Its namespace while it runs, event by event."""
        run = self.world.run(self.name)
        assert run is not None, "as in `summary`"
        return run

    def meaning(self, name: str) -> tuple[World, Event | None]:
        """Return what a name stands for when the module has run, None for nothing, and the world to ask further in."""
        from loadstone.source.views import view_of

        if name not in self._meanings:
            with self.answering():
                world = view_of(self.library.world, self.name, name)
                run = world.run(self.name)
            self._meanings[name] = world, run.names.get(name) if run else None
        return self._meanings[name]

    def bound_last(self, name: str) -> Event | None:
        """Return the event that bound a name last, for the statement and not for what came of it."""
        from loadstone.source.views import view_of_statements

        with self.answering():
            world = view_of_statements(self.library.world, self.name, name)
            run = world.run(self.name)
        return run.names.get(name) if run else None

    def may_be_module(self, name: str) -> bool:
        """Whether a name may stand for a module, in whatever order modules are imported."""
        world, locate = self.library.world, self.library.locate
        if locate(f"{self.name}.{name}") is not None:
            return True
        run = world.run(self.name)
        event = run.names.get(name) if run else None
        if event is None:
            return name in self.bound_names or self.has_stars
        kind, home, own, missing = world.resolve(event)
        certain = kind in {"function", "class", "variable"} and not missing and not event.others
        return not certain or locate(f"{home}.{own}") is not None

    @cached_property
    def naming(self) -> Naming:
        """What turns its events into bindings."""
        from loadstone.source.naming import Naming

        return Naming(self.world)

    @cached_property
    def namespace(self) -> Namespace:
        """Its names when it has run."""
        with self.answering():
            return self.naming.namespace(self.name)

    @property
    def complete(self) -> bool:
        """Whether every name of it is known; in what order it is imported matters to that where it has stars."""
        return self.recall(_complete)

    @cached_property
    def stars(self) -> tuple[Bound, ...]:
        """The star imports that run, in the order of the text."""
        if not self.has_stars:
            return ()
        return tuple(sorted(self.run.stars, key=lambda star: star.statement.line))

    @cached_property
    def executed(self) -> frozenset[Statement]:
        """The import statements that run when the module is imported."""
        every = tuple(loads(self.summary.body))
        return frozenset(every[number] for number in self.recall(_executed))

    def exports(self, name: str) -> bool:
        """Whether `__all__` has the name."""
        return name in self._exported

    @cached_property
    def _exported(self) -> frozenset[str]:
        return frozenset(self.namespace.exports or ())

    def imports(self) -> Iterator[tuple[Import, str]]:
        """Yield every import with the module it means; those that leave the top-level package are left out."""
        for one in self.summary.imports:
            target = self.whole.target(one, self.package)
            if target:
                yield one, target

    def runs(self, one: Import) -> bool:
        """Whether an import is executed, at once or later; not so under TYPE_CHECKING and in branches not taken."""
        return one.when == "later" or one.statement in self.executed

    def is_certain(self, one: Import, target: str, name: str = "") -> bool:
        """Whether it fails in any case where `target`, or a name of it, is not there: at once, or in its function."""
        return not one.conditional if one.when == "later" else self.recall(_needs, target, name)

    def needs(self, target: str) -> bool:
        """Whether it cannot be imported without a module, whichever branches it takes."""
        return self.recall(_needs, target, "")

    def place(self, binding: Binding, label: str = "") -> Place | None:
        """Return where the statement of a binding names it; None for what no statement binds."""
        if binding.statement is None:
            return None
        if binding.how == "star":
            return self.whole.lines.statement(binding.statement, label)
        return self.whole.lines.name(binding.statement, binding.name, label)

    def definition(self, binding: Binding, label: str = "") -> Place | None:
        """Return where the thing behind a binding of this module is defined; None where no statement does."""
        links = self.naming.chain(binding.source_module, binding.member) if binding.member else ()
        if not links or links[-1].statement is None or links[-1].how == "import":
            return None
        last = links[-1]
        assert last.statement is not None
        return self.whole.lines.name(last.statement, last.name, label or str(last.origin))

    def certain(self, binding: Binding) -> bool:
        """Whether it is known what a binding stands for: it is not missing, dynamic, or made in one branch only."""
        doubtful = binding.missing or binding.conditional or binding.alternatives
        return not doubtful and binding.kind not in {"dynamic", "unknown"}

    def brought(self, star: Bound) -> list[str]:
        """Return the names that the module has from a star when it has run, in the star's order."""
        names = self.namespace
        return [
            name
            for name in self.run.stars[star]
            if name in names and names[name].how == "star" and names[name].statement == star.statement
        ]

    def __repr__(self) -> str:
        return f"<Module {self.name}>"


def _executed(module: Module) -> tuple[int, ...]:
    """Return which of the imports in its body run."""
    run = module.whole.library.world.run(module.name)
    executed = {statement for _, statement in run.loads} if run else set()
    return tuple(number for number, one in enumerate(loads(module.summary.body)) if one in executed)


def _needs(module: Module, target: str, name: str) -> bool:
    """Whether it cannot be imported without a module, or a name of it, whichever branches it takes."""
    run = module.whole.library.world.run(module.name)
    return run is not None and (target, name) in run.needs


def _complete(module: Module) -> bool:
    if module.has_stars:
        return module.run.complete
    run = module.whole.library.world.run(module.name)
    return run is not None and run.complete
