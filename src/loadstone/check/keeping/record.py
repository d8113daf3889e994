"""All that a check leaves behind for the check after an edit."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from loadstone.check.keeping.change import strings, words
from loadstone.check.keeping.findings import Packed
from loadstone.check.keeping.likeness import signature
from loadstone.check.keeping.memories import keep_memories
from loadstone.check.keeping.mentions import Mentions
from loadstone.source.layout.project import Project
from loadstone.source.project import Library
from loadstone.source.reach import imported

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from loadstone.check.config.settings import Settings
    from loadstone.check.engine import Found
    from loadstone.check.keeping.change import Fact
    from loadstone.check.whole import Whole
    from loadstone.source.bindings import Summary
    from loadstone.source.layout.walk import Trouble
    from loadstone.source.notes import Notes, Place
    from loadstone.source.opaque import Named
    from loadstone.source.probe import Probe
    from loadstone.source.project import Location
    from loadstone.source.store import Store

__all__ = [
    "Bodies",
    "Layout",
    "Record",
    "askers",
    "bodies_of",
    "callables",
    "commented_in",
    "gone_through",
    "imports_one_of",
    "mentioned",
    "parted",
    "recorded",
    "stars",
]


class Layout(NamedTuple):
    """A project without its library: what walking through its folders has found."""

    root: str
    source_roots: tuple[str, ...]
    modules: dict[str, str]
    selected: tuple[str, ...]
    troubles: tuple[Trouble, ...]
    path: tuple[str, ...]
    main: dict[str, str]

    @classmethod
    def of(cls, project: Project) -> Layout:
        """Return the layout of a project."""
        library = project.library
        modules = dict(project.modules)
        rest = project.troubles, library.path, library.main
        return cls(project.root, project.source_roots, modules, project.selected, *rest)

    def project(self, store: Store) -> Project:
        """Return the project as it was, with nothing read of it yet."""
        owners = {path: name for name, path in self.modules.items()}
        return Project(
            self.root,
            self.source_roots,
            MappingProxyType(self.modules),
            MappingProxyType(owners),
            self.selected,
            Library(self.path, main=self.main, names_of=_probe(), store=store),
            self.troubles,
        )


def _probe() -> Callable[[Location], Mapping[str, Named] | None]:
    """Return a Probe that is made when it is first asked: most edits ask for nothing that is not in the store."""
    probes: list[Probe] = []

    def names(location: Location) -> Mapping[str, Named] | None:
        from loadstone.source.probe import Probe

        probes[:] = probes or [Probe()]
        return probes[0](location)

    return names


class Bodies(NamedTuple):
    """The functions of a file: how many there are (`number`), and the signatures of those that were gone through."""

    number: int
    signatures: dict[int, bytes]


class Record(NamedTuple):
    """A check that is done.

    `found` are its findings before levels and ignores; `asked` is what modules asked the whole project. `keys` are
    those of summaries and programs in the store, by file; empty for a file that was read as two modules. The rest is
    what Notes says: `starred` and `programs` are modules, `bodies` and `commented` are by file. `mentions` has the
    words of the modules that can ask the project for names, `callables` the names of their functions and classes, and
    of what is around imports in functions. `askers` says by module who has looked into it, `memories` where the store
    has what was asked for it. `outside` tells whether modules outside the project are among these.
    """

    layout: Layout
    settings: Settings
    found: Packed
    asked: Mapping[str, frozenset[Fact]]
    keys: Mapping[str, bytes]
    starred: frozenset[str]
    programs: frozenset[str]
    bodies: Mapping[str, Bodies]
    spare: int
    mentions: Mentions
    callables: Mentions
    commented: frozenset[str]
    askers: Mapping[str, tuple[str, ...]]
    memories: Mapping[str, bytes]
    tangled: frozenset[str]
    crashing: frozenset[str]
    byways: frozenset[str]
    tops: frozenset[str]
    outside: bool


def recorded(whole: Whole, found: Found) -> Record:
    """Return what is to be kept of a check that has gone through the whole project."""
    library = whole.library
    notes, every = library.notes, library.summaries()
    own, others = parted(every, whole.project)
    outside = any(imports_one_of(one, whole.tops) for one in others)
    summaries = every if outside else own
    return Record(
        Layout.of(whole.project),
        whole.settings,
        Packed.of(found),
        {name: frozenset(facts) for name, facts in whole.asked.items()},
        library.files.keys(),
        frozenset(notes.starred.union(*map(stars, summaries))),
        frozenset(notes.programs),
        gone_through(notes),
        notes.spare,
        Mentions.of((("", notes.claimed), *mentioned(library, summaries))),
        Mentions.of(one for summary in summaries for one in callables(summary)),
        commented_in(whole),
        askers(dict.fromkeys(whole.project.modules, ()), summaries, notes),
        keep_memories(whole, whole.project.selected),
        frozenset(notes.tangled & {one.name for one in summaries}),
        frozenset(notes.crashing),
        frozenset(notes.byways),
        frozenset(notes.tops),
        outside,
    )


def askers(
    before: Mapping[str, tuple[str, ...]], summaries: Iterable[Summary], notes: Notes
) -> dict[str, tuple[str, ...]]:
    """Return by module who imports it, or has looked into it otherwise: {"shop.db": ("shop.cart",)}.

    Only the modules of `before` and of the summaries are in it.
    """
    known: dict[str, tuple[str, ...]] = {**dict.fromkeys((one.name for one in summaries), ()), **before}
    found: dict[str, set[str]] = {}
    asked = [(one.name, imported(one)) for one in summaries]
    for asker, names in (*asked, *notes.asked.items()):
        for name in names:
            if name in known and asker:
                found.setdefault(name, set()).add(asker)
    return {**known, **{name: tuple(sorted(new.union(known[name]))) for name, new in found.items()}}


def parted(summaries: Iterable[Summary], project: Project) -> tuple[list[Summary], list[Summary]]:
    """Return the summaries of a project's own modules, and the others."""
    own: list[Summary] = []
    others: list[Summary] = []
    for one in summaries:
        (own if project.modules.get(one.name) == one.path else others).append(one)
    return own, others


def imports_one_of(summary: Summary, tops: frozenset[str]) -> bool:
    """Whether a module imports one of some top-level names; others import what they please, but nothing of these."""
    return any(
        name.partition(".")[0] in tops for one in summary.imports for name in one.reached(summary.package)
    )


def commented_in(whole: Whole) -> frozenset[str]:
    """Return the files that may have comments for Loadstone."""
    return frozenset(path for path, commented in whole.commented.items() if commented)


def gone_through(notes: Notes) -> dict[str, Bodies]:
    """Return by file the functions that were gone through on the way round loops."""
    return {path: bodies_of(notes.functions[path], places) for path, places in notes.entered.items()}


def bodies_of(functions: Mapping[Place, object], places: Iterable[Place]) -> Bodies:
    """Return how many functions a file has, and the signatures of those at some places."""
    numbers = {place: number for number, place in enumerate(functions)}
    return Bodies(
        len(functions), {numbers[one]: signature(functions[one]) for one in places if one in numbers}
    )


def callables(summary: Summary) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield the names of a module's functions and classes as its own, and of what is around imports as nobody's."""
    yield summary.name, [bound.name for bound in summary.bounds if bound.kind in {"function", "class"}]
    scopes = [one.scope for one in summary.imports if one.when == "later"]
    yield "", [name for scope in scopes for name in scope.split(".")]


def stars(summary: Summary) -> Iterator[str]:
    """Yield the modules that star imports of a module lead to."""
    return (name for one in summary.imports if one.star for name in one.reached(summary.package)[-1:])


def mentioned(library: Library, summaries: Iterable[Summary]) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield the words of some modules, and those of their code that was gone through on the way round loops."""
    notes = library.notes
    for summary in summaries:
        yield summary.name, words(summary)
        functions = notes.functions.get(summary.path, {})
        entered = tuple(functions[one] for one in notes.entered.get(summary.path, ()) if one in functions)
        program = library.program(summary.name) if summary.name in notes.programs else ()
        yield summary.name, strings((program, entered))
