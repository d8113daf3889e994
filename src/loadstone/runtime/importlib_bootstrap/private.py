"""The importer of a space of its own: what the algorithm does differently so that nothing leaks in or out."""

from __future__ import annotations

import sys
from importlib.machinery import ExtensionFileLoader

from loadstone.runtime.facades import Facades, builtins_of, follow_host
from loadstone.runtime.importlib_bootstrap.early import EarlyBindings
from loadstone.runtime.importlib_bootstrap.importer import MISSING, Importer, call, is_busy
from loadstone.runtime.importlib_bootstrap.locks import ModuleLocks
from loadstone.runtime.importlib_bootstrap.private_statement import private_import_function
from loadstone.runtime.importlib_bootstrap.state import PrivateState
from loadstone.runtime.sharing import Sharing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from importlib.machinery import ModuleSpec
    from typing import Any

    from loadstone.runtime.cimports.guard import Guard
    from loadstone.runtime.closing.exits import Exits
    from loadstone.runtime.importlib_bootstrap.watch import Watch
    from loadstone.runtime.policy import Policy

__all__ = ["PrivateImporter"]

_Function: Any = type(lambda: None)  # types.FunctionType, without importing types


class PrivateImporter(Importer):
    """Imports into a private state: modules see this space's builtins, and share what `sharing` says."""

    def __init__(self, state: PrivateState, policy: Policy) -> None:
        self.locks = ModuleLocks()
        super().__init__(state, self.locks)
        builtins = builtins_of(private_import_function(self))
        self.builtins = builtins.__dict__
        self.facades = Facades(self, builtins)
        self.sharing = Sharing(self.facades, policy)
        self.call = calling(self.builtins)
        self.guard: Guard | None = None
        self.prefer_source = True
        self.exits: Exits | None = None
        self._known_to_pickle = False
        self._own: dict[str, bool] = {}  # what is_own has said, and has_top: rules do not change
        self._tops: dict[str, bool] = {}
        self._early = EarlyBindings(state)

    def see(self, watch: Watch | None) -> None:
        self.watch = watch
        if watch is None:
            self.builtins["__import__"] = private_import_function(self)
        else:
            from loadstone.runtime.importlib_bootstrap.watch import watched_import_function

            self.builtins["__import__"] = watched_import_function(self, watch)

    def set_argv(self, argv: list[str]) -> None:
        self.facades("sys").argv = argv  # type: ignore[union-attr]  # it has a facade

    def adopt(self, name: str) -> Any:
        module = self.sharing.module(name)
        if module is not MISSING:
            self.state.modules[name] = module
            self._bind_shared(name, module)
        return module

    def decides(self, name: str) -> tuple[str, str]:
        return self.sharing.reason(name)

    def find_shared(self, name: str) -> ModuleSpec | None:
        return self.sharing.find_spec(name)

    def hand_to_c(self, name: str, fromlist: list[Any]) -> Any:
        module = self.ensure(name)
        if sys.modules.get(name) is module and self.sharing.covers(name):
            return module
        if self.guard is None:
            from loadstone.runtime.cimports.guard import Guard

            self.guard = Guard()
        if self.watch is not None:
            self.watch.guarded(name, module)
        return self.guard.hand_over(name, module, fromlist)

    def serve(self, spec: ModuleSpec) -> None:
        if type(spec.loader) is ExtensionFileLoader:
            from loadstone.runtime.extensions import serve

            serve(self, spec)

    def is_own(self, name: str) -> bool:
        """Return whether a module of this name would be private to this space, or another space's gift."""
        own = self._own.get(name)
        if own is None:
            own = self._own[name] = name != "__main__" and not self.sharing.covers(name)
        return own

    def has_top(self, name: str) -> bool:
        """Return whether the package that `name` is in, or would be in, is this space's: loaded, or to be found."""
        top = name.partition(".")[0]
        found = self._tops.get(top)
        if found is None:
            found = self._tops[top] = self.is_own(top) and self.path_finder.find_spec(top) is not None
        return found or (top in self.state.modules and self.is_own(top))

    def own_modules(self) -> dict[str, Any]:
        """Return the private modules that are finished, or being executed by this thread, by name."""
        return {
            name: module
            for name, module in list(self.state.modules.items())
            if self.is_own(name) and not (is_busy(module) and self.locks.is_elsewhere(name))
        }

    def _bind_shared(self, name: str, module: Any) -> None:
        """Bind a shared submodule on a parent that is the space's own form of a package; the host's has it already."""
        parent, _, child = name.rpartition(".")
        above = self.state.modules.get(parent)
        if above is not None and above is not sys.modules.get(parent):
            setattr(above, child, module)

    def release(self, finder: Any) -> None:
        """Let go of every module, at the end of the space; what still imports is answered by `finder` alone."""
        self.state.meta_path[:] = [finder]
        self.state.path_importer_cache.clear()
        self.state.modules.clear()
        self.facades.release()
        self.guard = None
        self._early.clear()
        self._tops.clear()
        self.path_finder.invalidate_caches()

    def emptied(self) -> PrivateImporter:
        """Return an importer with the finders and rules of this one, and no modules."""
        state = PrivateState([])
        state.meta_path[:] = self.state.meta_path
        new = PrivateImporter(state, self.sharing.policy)
        new.name = self.name
        return new

    def prepare(self, module: Any) -> None:
        """Give the module this space's builtins: every function it defines, in any thread, imports from here.

        ``exec`` leaves an entry that is there alone, so any loader works unchanged.
        """
        follow_host(self.builtins)
        try:
            module.__dict__["__builtins__"] = self.builtins
        except (AttributeError, TypeError):
            pass  # A loader may make any object; only real namespaces run code.

    def bind(self, parent: str, name: str, module: Any) -> None:
        self._early.finish(name)
        super().bind(parent, name, module)

    def settle(self, name: str) -> Any:
        if not self._known_to_pickle and "_pickle" in sys.modules:
            from loadstone.runtime.pickling import tell_pickle

            tell_pickle(self)
            self._known_to_pickle = True
        modules: Any = self.state.modules
        return modules.move_to_end(name)

    def discard(self, name: str, module: Any) -> None:
        self._early.take_back(name, module)

    def bound(self, module: Any, name: str, full: str, fromlist: Any, level: int) -> Any:
        if fromlist:
            names = tuple(fromlist)
            if not _has_all(module, names):
                super().bound(module, name, full, names, level)
                self._keep_out(module, names)
            return module
        result = super().bound(module, name, full, fromlist, level)
        if not level and "." in name and not self.sharing.covers(name):
            self._early.link(name, sys._getframe(2))
        return result

    def _keep_out(self, module: Any, names: Iterable[Any]) -> None:
        """Keep ``from a import b`` from taking the host's a.b where a is this space's, and has no b."""
        parent = getattr(module, "__name__", None)
        if isinstance(parent, str) and not self.sharing.covers(parent):
            self._early.keep_out(module, parent, names)


def calling(builtins: dict[str, Any]) -> Callable[..., Any]:
    """Return a function that calls another, from a frame with these builtins: C code imports by the nearest frame."""
    new: Callable[..., Any] = _Function(
        call.__code__, {"__builtins__": builtins, "__name__": __name__}, "call"
    )
    return new


def _has_all(module: Any, names: tuple[Any, ...]) -> bool:
    """Return whether all `names` stand in the module's namespace; a star never does."""
    namespace = getattr(module, "__dict__", ())
    return all(name in namespace for name in names)
