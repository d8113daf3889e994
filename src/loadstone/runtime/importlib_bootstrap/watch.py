"""Watching a state's imports: events for callbacks, and the stars of strict modules.

While nobody watches, import statements run without any of this.
"""

from __future__ import annotations

import _thread
import sys
from time import perf_counter

from loadstone.runtime.events import ImportEvent, Site
from loadstone.runtime.importlib_bootstrap.frames import caller, is_import_system, trim
from loadstone.runtime.importlib_bootstrap.importer import MISSING, is_busy
from loadstone.runtime.importlib_bootstrap.relative import absolute

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from importlib.machinery import ModuleSpec
    from types import FrameType
    from typing import Any

    from loadstone.runtime.importlib_bootstrap.importer import Importer
    from loadstone.runtime.stars import StarLedger

__all__ = ["Watch", "watched_import_function"]

_CPYTHON = "<frozen importlib._bootstrap_external>"


class _Here(_thread._local):  # threading.local, which would import all of threading
    """Where one thread is: the statements and the modules it is in, innermost last."""

    def __init__(self) -> None:
        self.sites: list[tuple[str | None, Site]] = []
        self.loading: list[str] = []
        self.finding: dict[str, float] = {}
        self.told = 0
        self.telling = False


class Watch:
    """Tells `callbacks` of each import, and holds strict modules to their word, while it is a state's watch."""

    def __init__(self) -> None:
        self.callbacks: list[Callable[[ImportEvent], object]] = []
        self.ledger: StarLedger | None = None
        self._here = _Here()

    def enter(self, frame: FrameType) -> int:
        """Note the statement that imports now; return how many events this thread had told before it."""
        site = Site(path=frame.f_code.co_filename, line=frame.f_lineno)
        self._here.sites.append((frame.f_globals.get("__name__"), site))
        return self._here.told

    def leave(self, told: int, name: str, module: Any) -> None:
        """End the statement; when it told of no load, its module was there already."""
        if self._here.told == told and module is not None:
            spec = getattr(module, "__spec__", None)
            self._tell(name, getattr(spec, "origin", None), "cache")
        self._here.sites.pop()

    def ensure(self, importer: Importer, name: str) -> Any:
        """Return what `importer.ensure` returns, for a call that is no import statement."""
        module = None
        told = self.enter(caller())
        try:
            module = importer.ensure(name)
        finally:
            self.leave(told, name, module)
        return module

    def hand_to_c(self, importer: Importer, name: str, fromlist: list[Any]) -> Any:
        """Return what `importer.hand_to_c` returns, for an import by C code: its site is the call of that."""
        self.enter(caller())
        try:
            return importer.hand_to_c(
                name, fromlist
            )  # not told of where it was there: C code asks again and again
        finally:
            self._here.sites.pop()

    def guarded(self, name: str, module: Any) -> None:
        """Tell of a module that C code is given by the guard, also where the host called that code."""
        entered = bool(self._here.sites)
        if not entered:
            self.enter(caller())
        self._tell(name, getattr(getattr(module, "__spec__", None), "origin", None), "guard")
        if not entered:
            self._here.sites.pop()

    def find(self, importer: Importer, name: str, path: Any) -> ModuleSpec | None:
        """Return what `importer.find_spec` returns; a module that is not found is told of here."""
        began = perf_counter()
        try:
            spec = importer.find_spec(name, path)
        except BaseException as error:
            self._tell(name, None, "path", finding=perf_counter() - began, outcome=_outcome(error))
            raise
        seconds = perf_counter() - began
        if spec is None:
            self._tell(
                name, None, "path", finding=seconds, outcome=f"ModuleNotFoundError: No module named {name!r}"
            )
        else:
            self._here.finding[name] = seconds
        return spec

    def adopt(self, importer: Importer, name: str) -> Any:
        """Return what `importer.adopt` returns."""
        began = perf_counter()
        try:
            module = importer.adopt(name)
        except BaseException as error:
            how = importer.decides(name)[0]
            self._tell(name, None, how, executing=perf_counter() - began, outcome=_outcome(error))
            raise
        if module is not MISSING:
            origin = getattr(getattr(module, "__spec__", None), "origin", None)
            self._tell(name, origin, importer.decides(name)[0], executing=perf_counter() - began)
        return module

    def execute(self, spec: ModuleSpec, module: Any) -> None:
        """Execute `module` and tell of it: how long reading its code took, and running it."""
        here = self._here
        here.loading.append(spec.name)
        finding = here.finding.pop(spec.name, 0.0)
        began = perf_counter()
        reading = 0.0
        outcome = "imported"
        try:
            code = _code_of(spec)
            if code is None:
                spec.loader.exec_module(module)  # type: ignore[union-attr]
            else:
                reading = perf_counter() - began
                exec(code, module.__dict__)  # as the standard loader does it, but timed
        except BaseException as error:
            outcome = _outcome(error)
            raise
        finally:
            here.loading.pop()
            executing = perf_counter() - began - reading
            how = getattr(type(spec.loader), "how", "path")  # ours for extensions says "window"
            self._tell(spec.name, spec.origin, how, finding, reading, executing, outcome)

    def executed(self, name: str, module: Any) -> None:
        """Raise NameConflict when the module that just ended is strict and its stars conflict."""
        if self.ledger is not None:
            self.ledger.settle(name, module)

    def _tell(
        self, module: str, found: str | None, how: str,
        finding: float = 0.0, reading: float = 0.0, executing: float = 0.0, outcome: str = "imported",
    ) -> None:  # fmt: skip
        here = self._here
        here.told += 1
        if here.telling or not self.callbacks:
            return
        importer, statement = here.sites[-1] if here.sites else (None, None)
        if statement is not None and is_import_system(statement.path):
            return
        inside = here.loading[-1] if here.loading else None
        event = ImportEvent(
            importer=importer, statement=statement, module=module, inside=inside, found=found, how=how,
            finding=finding, reading=reading, executing=executing, outcome=outcome,
        )  # fmt: skip
        here.telling = True
        try:
            for callback in tuple(self.callbacks):
                _call(callback, event)
        finally:
            here.telling = False


def _call(callback: Callable[[ImportEvent], object], event: ImportEvent) -> None:
    try:
        callback(event)
    except Exception as error:  # a listener must not change what it listens to
        sys.excepthook(type(error), error, error.__traceback__)


def _code_of(spec: ModuleSpec) -> Any:
    """Return the code that the loader would execute, or None where only the loader itself knows how."""
    run = getattr(type(spec.loader), "exec_module", None)
    if getattr(getattr(run, "__code__", None), "co_filename", None) != _CPYTHON:
        return None
    get_code = getattr(spec.loader, "get_code", None)
    return None if get_code is None else get_code(spec.name)


def _outcome(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"


def watched_import_function(importer: Importer, watch: Watch) -> Callable[..., Any]:
    """Return an ``__import__`` that tells `watch` of each statement; its attribute `importer` is the importer."""
    from loadstone.runtime.cimports.guard import from_c

    def __import__(  # the name that tracebacks and introspection expect
        name: str,
        globals: dict[str, Any] | None = None,
        locals: dict[str, Any] | None = None,
        fromlist: Any = (),
        level: int = False,  # from_c tells it from a 0 that is passed
    ) -> Any:
        if type(fromlist) is list and from_c(globals, locals, fromlist, level):
            return watch.hand_to_c(importer, name, fromlist)
        module = None
        full = name
        frame = sys._getframe(1)  # the statement's line is nowhere else
        told = watch.enter(frame)
        try:
            full = absolute(name, globals, level)
            module = importer.state.modules.get(full)
            if module is None:
                module = importer.find_and_load(full)
            elif is_busy(module):
                module = importer.wait(full)
            result = importer.bound(module, name, full, fromlist, level)
            if watch.ledger is not None and fromlist and "*" in fromlist and globals is not None:
                watch.ledger.record(result, globals, frame)
            return result
        except BaseException as error:
            trim(error)
            raise
        finally:
            watch.leave(told, full, module)

    __import__.importer = importer  # type: ignore[attr-defined]
    return __import__
