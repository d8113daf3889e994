"""Asking the finders of a state for a module's spec (PEP 451)."""

from __future__ import annotations

import sys
import warnings
from importlib._bootstrap import spec_from_loader

from loadstone.runtime.importlib_bootstrap.loading import described
from loadstone.runtime.importlib_bootstrap.locks import finder_lock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec
    from typing import Any

    from loadstone.runtime.importlib_bootstrap.state import State

__all__ = ["ask"]


def ask(state: State, name: str, path: Any, target: Any) -> ModuleSpec | None:
    """Return the first spec that a finder of `meta_path` gives, or None; nothing is loaded."""
    finders = state.meta_path
    if finders is None:
        raise ImportError("sys.meta_path is None, Python is likely shutting down")
    if not finders:
        warnings.warn("sys.meta_path is empty", ImportWarning, stacklevel=3)
    modules = state.modules
    known = name in modules
    for finder in finders:
        with finder_lock():
            try:
                find_spec = finder.find_spec
            except AttributeError:
                spec = _find_legacy(finder, name, path)
            else:
                spec = find_spec(name, path, target)
        if spec is not None:
            # A finder may have imported the module itself; then its own spec is the true one.
            if not known and name in modules:
                spec = getattr(modules[name], "__spec__", None) or spec
            return spec
    return None


def _find_legacy(finder: Any, name: str, path: Any) -> ModuleSpec | None:
    """Ask a finder that has only ``find_module``, which Python 3.12 stopped doing."""
    if sys.version_info >= (3, 12):
        return None
    message = f"{described(finder)}.find_spec() not found; falling back to find_module()"
    warnings.warn(message, ImportWarning, stacklevel=2)
    loader = finder.find_module(name, path)
    # Not importlib.util's name for it: that may not be imported yet, and its import would ask this finder.
    return None if loader is None else spec_from_loader(name, loader)
