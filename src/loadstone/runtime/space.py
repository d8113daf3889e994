"""A space: one world of modules."""

from __future__ import annotations

import os
from importlib.machinery import BuiltinImporter, FrozenImporter

from loadstone.runtime import files, sites
from loadstone.runtime.finding import STANDARD_HOOKS
from loadstone.runtime.importlib_bootstrap import api
from loadstone.runtime.importlib_bootstrap.frames import trimming
from loadstone.runtime.importlib_bootstrap.host import host_importer
from loadstone.runtime.importlib_bootstrap.main import run_main
from loadstone.runtime.importlib_bootstrap.private import PrivateImporter
from loadstone.runtime.importlib_bootstrap.state import PrivateState
from loadstone.runtime.importlib_bootstrap.statement import import_module
from loadstone.runtime.policy import Policy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from importlib.machinery import ModuleSpec
    from typing import Any, Self

    from loadstone.runtime.closing.closing import Closed, Held
    from loadstone.runtime.events import ImportEvent, Subscription
    from loadstone.runtime.importlib_bootstrap.importer import Importer
    from loadstone.runtime.importlib_bootstrap.state import State
    from loadstone.runtime.importlib_bootstrap.watch import Watch
    from loadstone.source.origins import Namespace

__all__ = ["Space"]


class Space:
    """A world of modules with its own `modules`, `path`, `meta_path`, `path_hooks` and `path_importer_cache`.

    `path` lists folders and zip files, made absolute; a folder called ``site-packages`` also has its ``.pth``
    files obeyed. The standard library is the host's, all else is the space's own: but `share` lists top-level
    names that come from the host, or maps them to the space they come from (None: the host), and `deny` lists
    names whose import raises ModuleDenied. `imports_from` maps names to spaces whose modules this one's import
    as ``loadstone.spaces.NAME.module``. With `strict`, a module whose star imports conflict raises NameConflict
    instead of letting the last one win.
    With `prefer_source`, an extension that stands beside its own ``.py``, as Cython leaves many, gives way to it.

    Raises BadSharing for rules that cannot be obeyed.
    """

    def __init__(
        self,
        name: str,
        path: Iterable[str | os.PathLike[str]] = (),
        *,
        share: Iterable[str] | Mapping[str, Space | None] = (),
        deny: Iterable[str] = (),
        imports_from: Mapping[str, Space] | None = None,
        strict: bool = False,
        prefer_source: bool = True,
    ) -> None:
        state = PrivateState(list(STANDARD_HOOKS))
        plain = not share and not deny and imports_from is None
        policy = Policy(name) if plain else Policy.parse(name, share, deny, imports_from)
        importer = PrivateImporter(state, policy)
        importer.prefer_source = prefer_source
        state.meta_path += [BuiltinImporter, FrozenImporter, importer.path_finder]
        self._join(name, importer, strict=strict)
        for entry in path:
            self.add_path(entry)

    @classmethod
    def host(cls, *, strict: bool = False) -> Space:
        """Return the space that Python itself started with: its state is that of `sys`, read on each use."""
        space = cls.__new__(cls)
        space._join("host", host_importer(), strict=strict)  # noqa: SLF001  # its other constructor
        return space

    @classmethod
    def from_project(cls, name: str) -> Space:
        """Return the space that the program's ``pyproject.toml`` declares: that of ``import loadstone.spaces.NAME``.

        Raises NoSuchSpace, SpaceNotReady, and BadOptions for a table with mistakes.
        """
        from loadstone import spaces

        return spaces.__spaces__[name]

    def _join(self, name: str, importer: Importer, *, strict: bool) -> None:
        self.name = importer.name = name
        self._importer = importer
        self._state: State = importer.state
        self._reloading: dict[str, Any] = {}
        self._closed: Closed | None = None
        if strict:
            from loadstone.runtime.stars import StarLedger

            self._watch().ledger = StarLedger()

    def __repr__(self) -> str:
        return f"<Space {self.name!r}: {len(self.modules)} modules>"

    @property
    def modules(self) -> dict[str, Any]:
        """The modules imported so far, by name."""
        modules: dict[str, Any] = self._state.modules
        return modules

    @property
    def path(self) -> list[str]:
        """Where top-level modules are looked for, in order."""
        return self._state.path

    @property
    def meta_path(self) -> list[Any]:
        """The finders that are asked, in order."""
        return self._state.meta_path

    @property
    def path_hooks(self) -> list[Callable[[str], Any]]:
        """What makes a finder for a path entry."""
        return self._state.path_hooks

    @property
    def path_importer_cache(self) -> dict[str, Any]:
        """The finder of each path entry."""
        return self._state.path_importer_cache

    def add_path(self, entry: str | os.PathLike[str]) -> None:
        """Append a folder or zip file to the path; one that is called ``site-packages`` as `add_site` does."""
        entry = os.path.abspath(entry)
        if os.path.basename(entry) in sites.FOLDERS:
            self.add_site(entry)
        elif entry not in self.path:
            self.path.append(entry)

    def add_site(self, folder: str | os.PathLike[str]) -> None:
        """Append a folder of installed packages and obey its ``.pth`` files, inside this space (as `site` does)."""
        sites.add(self._importer, os.path.abspath(folder))

    def import_module(self, name: str, package: str | None = None) -> Any:
        """Return the module `name`, imported if need be; leading dots are relative to `package`.

        Raises what `importlib.import_module` raises, and whatever the module itself does.
        """
        with trimming():
            return import_module(self._importer, name, package)

    def find_spec(self, name: str, package: str | None = None) -> ModuleSpec | None:
        """Return the spec of `name`, or None; its parents are imported, itself is not."""
        with trimming():
            return api.find_spec(self._importer, name, package)

    def reload(self, module: Any) -> Any:
        """Execute `module` again in its own namespace, as `importlib.reload`, and return it."""
        with trimming():
            return api.reload(self._importer, module, self._reloading)

    def invalidate_caches(self) -> None:
        """Look at the disk again: for files written within the last tick of the file system's clock."""
        api.invalidate_caches(self.meta_path)

    def load(self, path: str | os.PathLike[str], name: str | None = None) -> Any:
        """Return the module made from the file at `path`, under `name` or the file's own name.

        The file may have any suffix, and hyphens. Loading it again returns the same module. Raises
        FileMissing, NotRunnable for a folder, NameTaken when the name stands for something else, and warns
        LoadedTwice when the file is loaded already under another name.
        """
        with trimming():
            return files.load(self._importer, os.path.abspath(path), name)

    def define(self, name: str, source: str) -> Any:
        """Return a new module `name` made from text; tracebacks and `inspect.getsource` show its lines.

        Defining it again replaces it. Raises SyntaxError, NameTaken when the name stands for a file, and
        whatever the text itself raises.
        """
        with trimming():
            return files.define(self._importer, name, source)

    def run(self, target: str | os.PathLike[str], argv: Sequence[str] = ()) -> Any:
        """Run a file, a folder or zip file with ``__main__.py``, or a module, as this space's ``__main__``.

        `argv` is what follows the program's own name in `sys.argv`. Returns the ``__main__`` module, which
        stays in `modules`; SystemExit and every other exception are the caller's.
        """
        with trimming():
            return run_main(self._importer, os.fspath(target), list(argv))

    def call(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Return what `function` returns; imports that it makes from C are this space's, without a look at the stack.

        Python functions import from where they were defined, whoever calls them.
        """
        return self._importer.call(function, *args, **kwargs)

    def export(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that is called as by `call`, wherever it is handed to."""
        import functools

        return functools.update_wrapper(functools.partial(self.call, function), function)

    def dumps(self, thing: Any, **options: Any) -> bytes:
        """Return the pickle of an object of this space, as ``pickle.dumps`` inside it; names in it stay plain."""
        return self.call(self.import_module("pickle").dumps, thing, **options)  # type: ignore[no-any-return]

    def loads(self, data: bytes, **options: Any) -> Any:
        """Return the object of a pickle, with this space's classes, as ``pickle.loads`` inside it."""
        return self.call(self.import_module("pickle").loads, data, **options)

    def on_import(self, callback: Callable[[ImportEvent], object]) -> Subscription:
        """Call `callback` with an ImportEvent for each import from now on, in the thread that imports.

        Returns a Subscription: cancel it, or use it in a ``with`` statement. An exception in the callback
        goes to `sys.excepthook` and changes nothing. Imports made inside the callback are not told of.
        """
        from loadstone.runtime.events import Subscription

        watch = self._watch()
        watch.callbacks.append(callback)
        return Subscription(lambda: self._stop(watch, callback))

    def close(self) -> tuple[Held, ...]:
        """Unload the space, and return what keeps its modules in memory all the same: nothing, as a rule.

        Its exit handlers run, the host's registries (loggers, hooks, caches) let go of it, and its modules are
        collected unless something holds them: an extension's static variables, a running thread, a name in a module
        of the host. A later import in it raises SpaceClosed; closing it again looks again. Raises ValueError for
        the host.
        """
        from loadstone.runtime.closing.closing import Closed
        from loadstone.runtime.spaces_finder import let_go

        if not isinstance(self._importer, PrivateImporter):
            raise ValueError("the host cannot be closed: it ends with the process")  # noqa: TRY004  # of this space
        if self._closed is None:
            let_go(self)
            self._closed = Closed(self._importer)
            # What it had keeps the old one as long as it lives, and nothing else does.
            self._importer = self._importer.emptied()
            self._state = self._importer.state
        return self._closed.held()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def namespace(self, name: str) -> Namespace:
        """Return where each name of the module `name` came from: a mapping from names to bindings.

        The module is imported first, if need be. What its source says is confirmed by identity against the
        live module; a name that no statement accounts for is *dynamic*. Raises what importing raises.
        """
        from loadstone.runtime.namespace import Live

        self.import_module(name)
        return Live(self.modules, self.path).namespace(name)

    def decides(self, name: str) -> tuple[str, str]:
        """Return how this space comes by the module `name`, and by which rule, as two texts.

        The first is ``private``, ``shared`` (with the host), ``facade`` or ``graft`` (a module of the standard
        library that speaks of, or acts for, its importer), ``given`` (by share or imports_from) or ``denied``.
        """
        return self._importer.decides(name)

    def settle(self, name: str, module: Any) -> None:
        """Raise NameConflict when this space is strict and the stars of `module`, which ended now, conflict.

        An import statement does this by itself; it is for code that executes a module in another way.
        """
        if self._importer.watch is not None:
            self._importer.watch.executed(name, module)

    def _watch(self) -> Watch:
        from loadstone.runtime.importlib_bootstrap.watch import Watch

        if self._importer.watch is None:
            self._importer.see(Watch())
        assert self._importer.watch is not None
        return self._importer.watch

    def _stop(self, watch: Watch, callback: Callable[[ImportEvent], object]) -> None:
        watch.callbacks.remove(callback)
        if not watch.callbacks and watch.ledger is None:
            self._importer.see(None)
