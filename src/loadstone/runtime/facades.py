"""`sys`, `builtins` and `importlib` as a space shows them to its modules.

A module that asks `sys.modules`, `sys.path` or `importlib.import_module` means the world it lives in. In a
space that is the space's, so these few modules are replaced by facades; what is the process's own (standard
streams, flags, hooks) passes through to the real ones, both ways.
"""

from __future__ import annotations

import builtins
import importlib
import importlib.machinery
import sys

from loadstone.runtime.grafts import graft
from loadstone.runtime.grafts.table import GRAFTED
from loadstone.runtime.importlib_bootstrap import api
from loadstone.runtime.importlib_bootstrap.loading import create
from loadstone.runtime.importlib_bootstrap.statement import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec
    from types import ModuleType
    from typing import Any

    from loadstone.runtime.importlib_bootstrap.private import PrivateImporter
    from loadstone.runtime.importlib_bootstrap.state import State

__all__ = ["Facades", "builtins_of", "follow_host"]

_Module = type(sys)

# Set by programs and by the interpreter at any time, for the whole process.
_LIVE = (
    "stdin", "stdout", "stderr", "__stdin__", "__stdout__", "__stderr__",
    "excepthook", "unraisablehook", "displayhook", "breakpointhook", "tracebacklimit",
    "dont_write_bytecode", "pycache_prefix", "ps1", "ps2", "last_type", "last_value", "last_traceback", "last_exc",
)  # fmt: skip


# What imports read, and a program may replace: `sys.path = [folder, *sys.path]`.
_STATE = ("path", "meta_path", "path_hooks", "path_importer_cache")


class _Kind(type):
    """Lets ``type(sys)`` be what programs take it for: the type of modules, to make, to test for, to derive from."""

    def __new__(cls, name: str, bases: tuple[type, ...], names: dict[str, Any]) -> Any:
        if not any(isinstance(base, _Kind) for base in bases):
            return super().__new__(cls, name, bases, names)
        return type(name, tuple(_Module if isinstance(base, _Kind) else base for base in bases), names)

    def __call__(cls, *args: Any) -> Any:
        return _Module(*args)

    def __instancecheck__(cls, thing: Any) -> bool:
        return isinstance(thing, _Module)

    def __subclasscheck__(cls, kind: type) -> bool:
        return issubclass(kind, _Module)


class SysFacade(type(sys), metaclass=_Kind):  # type: ignore[misc]  # types.ModuleType, without importing types
    """`sys`, with the space's modules and path; one attribute of `_LIVE` read or set is the real one's."""

    __slots__ = ("_deleted", "_state")

    def __init__(self, state: State) -> None:
        super().__init__("sys")
        object.__setattr__(self, "_state", state)
        object.__setattr__(self, "_deleted", set())

    def __getattr__(self, name: str) -> Any:
        # Added to the real sys since this facade was made; or deleted here, as a test of a fallback does.
        if name in self._deleted:
            raise AttributeError(f"module 'sys' has no attribute {name!r}", name=name, obj=self)
        return getattr(sys, name)

    def __setattr__(self, name: str, value: Any) -> None:
        super().__setattr__(name, value)
        self._deleted.discard(name)
        if name in _STATE:
            setattr(self._state, name, value)

    def __delattr__(self, name: str) -> None:
        super().__delattr__(name)
        if hasattr(sys, name):
            self._deleted.add(name)


def _live(name: str) -> property:
    return property(
        lambda _: getattr(sys, name),
        lambda _, value: setattr(sys, name, value),
        lambda _: delattr(sys, name),
    )


for _name in _LIVE:
    setattr(SysFacade, _name, _live(_name))


def follow_host(names: dict[str, Any]) -> None:
    """Give a space's builtins what was added to the host's since: ``_`` by gettext.install, ``profile``."""
    host = vars(builtins)
    if len(host) > len(names):
        for name, value in list(host.items()):
            names.setdefault(name, value)


def builtins_of(importing: Any) -> ModuleType:
    """Return a `builtins` module whose ``__import__`` is `importing`; its dict is what modules execute with.

    Being one dict, ``builtins.__import__`` and ``exec(code, {"__builtins__": builtins})`` stay in the space.
    """
    facade = _Module("builtins")
    facade.__dict__.update(vars(builtins))
    facade.__dict__["__import__"] = importing
    return facade


class Facades:
    """The facades and grafts of one space, each made when it is first asked for."""

    __slots__ = ("_importer", "_made")

    def __init__(self, importer: PrivateImporter, builtins_facade: ModuleType) -> None:
        self._importer = importer
        self._made: dict[str, ModuleType] = {"builtins": builtins_facade}

    def __call__(self, name: str) -> ModuleType | None:
        """Return the facade or graft that stands for the module `name`, or None where the real one serves."""
        made = self._made.get(name)
        if made is None:
            make = _MAKERS.get(name)
            made = graft(self._importer, name) if make is None else make(self, self._importer)
            if made is not None:
                made = self._made.setdefault(name, made)
        return made

    def release(self) -> None:
        """Forget all but the builtins, which the functions of the space have for good."""
        self._made = {"builtins": self._made["builtins"]}

    def form(self, name: str) -> str | None:
        """Return what stands for the module `name`, ``facade`` or ``graft``, or None; nothing is made for it."""
        if name in _MAKERS or name == "builtins":
            return "facade"
        return "graft" if name in GRAFTED else None


def _sys(facades: Facades, importer: PrivateImporter) -> ModuleType:
    state = importer.state
    facade: ModuleType = type.__call__(SysFacade, state)  # to call it makes an ordinary module
    facade.__dict__.update((name, value) for name, value in vars(sys).items() if name not in _LIVE)
    facade.__dict__.update((name, getattr(state, name)) for name in _STATE)
    facade.__dict__.update(modules=state.modules, argv=list(sys.argv))
    # Now that `sys.modules` can be seen: what every interpreter has there from its start.
    main = _Module("__main__")
    importer.prepare(main)
    for name, module in (("sys", facade), ("builtins", facades("builtins")), ("__main__", main)):
        state.modules.setdefault(name, module)
    return facade


def _atexit(_: Facades, importer: PrivateImporter) -> ModuleType:
    import atexit

    from loadstone.runtime.closing.exits import Exits

    facade = _copy(importer, atexit)
    exits = importer.exits = Exits()
    facade.__dict__.update(
        register=exits.register,
        unregister=exits.unregister,
        _run_exitfuncs=exits.run,
        _ncallbacks=exits.count,
    )
    return facade


def _importlib(_: Facades, importer: PrivateImporter) -> ModuleType:
    facade = _copy(importer, importlib)
    reloading: dict[str, Any] = {}
    facade.__dict__.update(
        __import__=importer.builtins["__import__"],
        import_module=lambda name, package=None: import_module(importer, name, package),
        reload=lambda module: api.reload(importer, module, reloading),
        invalidate_caches=lambda: api.invalidate_caches(importer.state.meta_path),
    )
    return facade


def _util(_: Facades, importer: PrivateImporter) -> ModuleType:
    facade = graft(importer, "importlib.util")  # its LazyLoader looks at sys.modules
    assert facade is not None

    def module_from_spec(spec: ModuleSpec) -> Any:
        importer.serve(spec)
        module = create(spec)
        importer.prepare(module)
        return module

    facade.__dict__.update(
        find_spec=lambda name, package=None: api.find_spec(importer, name, package),
        module_from_spec=module_from_spec,
    )
    return facade


def _bootstrap(_: Facades, importer: PrivateImporter) -> ModuleType:
    facade = _copy(importer, sys.modules["importlib._bootstrap"])  # pydoc and imp load through it
    facade.__dict__["_load"] = importer.load_spec
    return facade


def _machinery(_: Facades, importer: PrivateImporter) -> ModuleType:
    facade = _copy(importer, importlib.machinery)
    facade.__dict__["PathFinder"] = importer.path_finder
    return facade


def _copy(importer: PrivateImporter, module: ModuleType) -> ModuleType:
    from loadstone.runtime.grafts.copies import copied

    return copied(importer, module)


_MAKERS = {
    "sys": _sys,
    "atexit": _atexit,
    "importlib": _importlib,
    "importlib.util": _util,
    "importlib.machinery": _machinery,
    "importlib._bootstrap": _bootstrap,
}
