"""The algorithm of an import: look up, lock, find, load, bind on the parent."""

from __future__ import annotations

import sys
import warnings

from loadstone.runtime.finding import PathFinder
from loadstone.runtime.importlib_bootstrap.asking import ask
from loadstone.runtime.importlib_bootstrap.loading import load
from loadstone.runtime.importlib_bootstrap.locks import DeadlockError
from loadstone.runtime.importlib_bootstrap.native_locks import is_busy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from contextlib import AbstractContextManager
    from importlib.machinery import ModuleSpec
    from typing import Any

    from loadstone.runtime.importlib_bootstrap.state import State
    from loadstone.runtime.importlib_bootstrap.watch import Watch

__all__ = ["MISSING", "Importer", "call", "is_busy"]

MISSING = object()


class Importer:
    """Imports modules into one state: `sys` itself, or an object with the same five attributes.

    The methods `adopt`, `serve`, `prepare` and `discard` do nothing here; the importer of a private space says in
    them what makes it private. How import statements reach a watch is for each kind to say.
    """

    def __init__(self, state: State, lock: Callable[[str], AbstractContextManager[Any]]) -> None:
        self.name = ""
        self.call: Callable[..., Any] = call
        self.state = state
        self.lock = lock
        self.path_finder: PathFinder = PathFinder(state)
        self.watch: Watch | None = None

    def find_and_load(self, name: str) -> Any:
        """Import `name`, which is not in `modules`, with its parents; return the module.

        Parents come first and outside the lock of `name`: CPython holds it meanwhile, and two threads that
        import ``p.a`` and ``p`` can then meet in a deadlock error (gh-83065).
        """
        modules = self.state.modules
        parent = name.rpartition(".")[0]
        # A None in `modules` forbids the import, and the parents' as well.
        if parent and parent not in modules and name not in modules:
            self.find_and_load(parent)
        try:
            with self.lock(name):
                module: Any = modules.get(name, MISSING)
                if module is MISSING:
                    module = self.adopt(name) if self.watch is None else self.watch.adopt(self, name)
                if module is MISSING:
                    spec = self.find(name, parent)
                    above = self._announce(parent, name)
                    try:
                        module = load(self, spec)
                    finally:
                        if above is not None:
                            above.pop()
                    if parent:
                        self.bind(parent, name, module)
                    # A module that put None in its own place is that, this once.
                    return module
        except DeadlockError:
            # Two threads import a cycle from both ends: one of them goes on with a half-made module.
            module = modules.get(name, MISSING)
            if module is MISSING:
                raise
        if module is None:
            raise ModuleNotFoundError(f"import of {name} halted; None in sys.modules", name=name)
        return module

    def ensure(self, name: str) -> Any:
        """Return the module `name`, imported and, as far as threads allow, fully executed."""
        module = self.state.modules.get(name)
        if module is None:
            return self.find_and_load(name)
        return self.wait(name) if is_busy(module) else module

    def load_spec(self, spec: ModuleSpec) -> Any:
        """Load the module of a spec that no finder made; return it."""
        with self.lock(spec.name):
            module = load(self, spec)
            parent = spec.name.rpartition(".")[0]
            if parent in self.state.modules:
                self.bind(parent, spec.name, module)
        return module

    def wait(self, name: str) -> Any:
        """Return the module `name` when no other thread executes it; in a cycle between threads, as it is.

        The thread that executed it may have failed, and taken it out of `modules`: then it is imported anew.
        """
        try:
            with self.lock(name):
                pass
        except DeadlockError:
            pass
        module = self.state.modules.get(name)
        return self.find_and_load(name) if module is None else module

    def find(self, name: str, parent: str) -> ModuleSpec:
        """Return the spec of `name`; raise ModuleNotFoundError where there is none."""
        sys.audit("import", name, None, self.state.path, self.state.meta_path, self.state.path_hooks)
        path = None
        if parent:
            try:
                path = self.state.modules[parent].__path__
            except AttributeError:
                message = f"No module named {name!r}; {parent!r} is not a package"
                raise ModuleNotFoundError(message, name=name) from None
        # `ask` and not `find_spec`: a frame more here would make the longest chain of imports one shorter.
        spec = ask(self.state, name, path, None) if self.watch is None else self.watch.find(self, name, path)
        if spec is None:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return spec

    def find_spec(self, name: str, path: Any, target: Any = None) -> ModuleSpec | None:
        """Return the first spec that a finder of `meta_path` gives, or None; nothing is loaded (PEP 451)."""
        return ask(self.state, name, path, target)

    def bind(self, parent: str, name: str, module: Any) -> None:
        """Bind a submodule on its parent, after it was executed, as CPython does."""
        child = name.rpartition(".")[2]
        try:
            setattr(self.state.modules[parent], child, module)
        except AttributeError:
            message = f"Cannot set an attribute on {parent!r} for child module {child!r}"
            warnings.warn(message, ImportWarning, stacklevel=2)

    def import_names(self, module: Any, names: Iterable[Any], *, exported: bool = False) -> None:
        """Import the submodules of the package `module` that a from-list asks for and that it lacks.

        A submodule that does not exist is no error here: the statement itself says what is missing.
        """
        for name in names:
            if not isinstance(name, str):
                where = module.__name__ + ".__all__" if exported else "``from list''"
                raise TypeError(f"Item in {where} must be str, not {type(name).__name__}")
            if name == "*":
                if not exported and hasattr(module, "__all__"):
                    self.import_names(module, module.__all__, exported=True)
            elif not hasattr(module, name):
                full = f"{module.__name__}.{name}"
                try:
                    self.ensure(full)
                except ModuleNotFoundError as error:
                    # It may be no submodule at all. But `None` in modules forbids the import outright.
                    if error.name != full or self.state.modules.get(full, MISSING) is None:
                        raise

    def bound(self, module: Any, name: str, full: str, fromlist: Any, level: int) -> Any:
        """Return what the statement that imported `module` (called `name` there) binds or takes names from."""
        if fromlist:
            if hasattr(module, "__path__"):
                self.import_names(module, fromlist)
            return module
        head = name.partition(".")[0]
        if not level:
            if not head:  # `__import__(".a")` finds a.py first; CPython's complaint comes this late too
                raise ValueError("Empty module name")
            return module if head == name else self.ensure(head)
        if not name:
            return module
        # `__import__("b.c", level=1)` in package a binds a.b, which the import of a.b.c has put there.
        full = full[: len(full) - (len(name) - len(head))]
        try:
            return self.state.modules[full]
        except KeyError:
            raise KeyError(f"{full!r} not in sys.modules as expected") from None

    def adopt(self, name: str) -> Any:
        """Return a module that another space has and shares under `name`, or `MISSING`."""
        return MISSING

    def find_shared(self, name: str) -> ModuleSpec | None:
        """Return the spec of a module that another space has and shares under `name`, or None."""
        return None

    def hand_to_c(self, name: str, fromlist: list[Any]) -> Any:
        """Return what an ``__import__`` that C code called is to return, once `name` is imported."""
        return self.ensure(name)

    def decides(self, name: str) -> tuple[str, str]:  # it is not asked by name
        """Return how a module comes into this state, and why; see `Space.decides`."""
        return "private", "this is the host: its modules are its own"

    def see(self, watch: Watch | None) -> None:
        """Let `watch` see every import from now on; None: nobody watches any more."""
        raise NotImplementedError

    def prepare(self, module: Any) -> None:
        """Ready a new module for execution."""

    def serve(self, spec: ModuleSpec) -> None:
        """Give `spec` a loader of this importer's own, where it needs one."""

    def set_argv(self, argv: list[str]) -> None:
        """Set `sys.argv` as the modules of this state see it."""
        sys.argv[:] = argv

    def execute(self, line: str, sitedir: str) -> None:
        """Execute an import line of a ``.pth`` file of the folder `sitedir`, in a namespace of its own.

        The argument is called what it is called in the module `site`: the lines that setuptools wrote for
        namespace packages read ``sys._getframe(1).f_locals['sitedir']``.
        """
        namespace = type(sys)("__loose__")
        self.prepare(namespace)
        exec(compile(line, f"<{sitedir}>", "exec", dont_inherit=True), namespace.__dict__)

    def settle(self, name: str) -> Any:
        """Move the module `name`, which was just executed, to the end of `modules` as CPython does; return it."""
        module = self.state.modules.pop(name)
        self.state.modules[name] = module
        return module

    def discard(self, name: str, module: Any) -> None:
        """Undo what was done for a module whose execution failed."""

    def _announce(self, parent: str, name: str) -> list[str] | None:
        """Tell the parent's spec which child is being executed, for CPython's message on cycles (3.12+)."""
        if not parent:
            return None
        spec = self.state.modules[parent].__spec__
        children: list[str] | None = getattr(spec, "_uninitialized_submodules", None)
        if children is not None:
            children.append(name.rpartition(".")[2])
        return children


def call(function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
    """Return what `function` returns."""
    return function(*args, **kwargs)
