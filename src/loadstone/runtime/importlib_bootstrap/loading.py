"""From a spec to an executed module; the only place that runs module code."""

from __future__ import annotations

import sys
import warnings
from importlib.machinery import NamespaceLoader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec
    from typing import Any

    from loadstone.runtime.importlib_bootstrap.importer import Importer

__all__ = ["create", "described", "load", "stamp"]

_Module = type(sys)


def load(importer: Importer, spec: ModuleSpec) -> Any:
    """Create and execute the module of `spec` and return what `modules` then holds under its name.

    A module that fails is taken out of `modules`; one that put something else there is replaced by it.
    The call of ``exec_module`` stands in this function itself: each frame between an import statement and
    the module's code shortens the longest possible chain of imports.
    """
    modules = importer.state.modules
    importer.serve(spec)
    loader = spec.loader
    name = spec.name
    if loader is not None and not hasattr(loader, "exec_module"):
        return _load_legacy(importer, spec)
    module = create(spec)
    importer.prepare(module)
    spec._initializing = True  # type: ignore[attr-defined]  # CPython reads it in IMPORT_FROM's messages
    try:
        modules[name] = module
        try:
            if spec.loader is None:
                raise ImportError("missing loader", name=name)
            if importer.watch is None:
                spec.loader.exec_module(module)
            else:
                importer.watch.execute(spec, module)
                importer.watch.executed(name, module)
        except BaseException:
            modules.pop(name, None)
            importer.discard(name, module)
            raise
        # The module may have put another object in its place.
        module = importer.settle(name)
    finally:
        spec._initializing = False  # type: ignore[attr-defined]
    return module


def create(spec: ModuleSpec) -> Any:
    """Return a new module for `spec`, with its attributes set and nothing executed (PEP 451)."""
    module = None
    loader = spec.loader
    if hasattr(loader, "create_module"):
        module = loader.create_module(spec)  # type: ignore[union-attr]
    elif hasattr(loader, "exec_module"):
        raise ImportError("loaders that define exec_module() must also define create_module()")
    if module is None:
        module = _Module(spec.name)
    stamp(spec, module)
    return module


def stamp(spec: ModuleSpec, module: Any, *, override: bool = False) -> None:
    """Set the import-related attributes of `module`; those it has are kept unless `override`.

    A module object that refuses an attribute keeps going without it, as in CPython.
    """
    if spec.loader is None and spec.submodule_search_locations is not None:
        spec.loader = _namespace_loader(spec)
        # Code finds out about a namespace package by this None (bpo-32305).
        _give(module, "__file__", None, override=override)
    _give(module, "__name__", spec.name, override=override)
    _give(module, "__loader__", spec.loader, override=override)
    _give(module, "__package__", spec.parent, override=override)
    _give(module, "__spec__", spec, override=True)
    if spec.submodule_search_locations is not None:
        _give(module, "__path__", spec.submodule_search_locations, override=override)
    if spec.has_location:
        _give(module, "__file__", spec.origin, override=override)
        if spec.cached is not None:
            _give(module, "__cached__", spec.cached, override=override)


def _give(module: Any, attribute: str, value: Any, *, override: bool) -> None:
    if override or getattr(module, attribute, None) is None:
        try:
            setattr(module, attribute, value)
        except AttributeError:
            pass


def _namespace_loader(spec: ModuleSpec) -> NamespaceLoader:
    # The constructor would build CPython's own path object, which reads the host's modules.
    loader = NamespaceLoader.__new__(NamespaceLoader)
    loader._path = spec.submodule_search_locations  # type: ignore[attr-defined]
    return loader


def _load_legacy(importer: Importer, spec: ModuleSpec) -> Any:
    """Load by a loader that only has ``load_module`` (before PEP 451)."""
    loader: Any = spec.loader
    warnings.warn(
        f"{described(loader)}.exec_module() not found; falling back to load_module()",
        ImportWarning,
        stacklevel=2,
    )
    modules = importer.state.modules
    try:
        loader.load_module(spec.name)
    except BaseException:
        if spec.name in modules:
            modules[spec.name] = modules.pop(spec.name)
        raise
    module = modules.pop(spec.name)
    modules[spec.name] = module
    _give(module, "__loader__", loader, override=False)
    if getattr(module, "__package__", None) is None:
        package = module.__name__ if hasattr(module, "__path__") else spec.name.rpartition(".")[0]
        _give(module, "__package__", package, override=True)
    _give(module, "__spec__", spec, override=False)
    return module


def described(thing: Any) -> str:
    """Return what a finder or loader is called in a warning: its class's name, its own when it is a class."""
    return getattr(thing, "__qualname__", None) or type(thing).__qualname__
