"""From the words of an import statement to an absolute module name, with CPython's own complaints."""

from __future__ import annotations

import sys
import warnings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["absolute", "from_package"]

# PEP 366; a mismatch became a DeprecationWarning in 3.12 (gh-65961).
_MISMATCH = DeprecationWarning if sys.version_info >= (3, 12) else ImportWarning


def absolute(name: Any, globals: Any, level: int) -> str:  # the protocol of __import__
    """Return the name that `name` means in the module whose namespace is `globals`; called by `__import__` alone.

    Raises what CPython's import_name raises: TypeError, ValueError, KeyError, or ImportError for a relative
    import without a package or beyond the top.
    """
    if not isinstance(name, str):
        raise TypeError("module name must be a string")
    if level < 0:
        raise ValueError("level must be >= 0")
    if not level:
        if not name:
            raise ValueError("Empty module name")
        return name
    return _beyond(_package(globals), name, level)


def from_package(name: str, package: Any, level: int) -> str:
    """Return the name that `name` means in `package`, for `import_module`; `level` counts its dots."""
    if not isinstance(name, str):
        raise TypeError(f"module name must be str, not {type(name)}")
    if level:
        if not isinstance(package, str):
            raise TypeError("__package__ not set to a string")
        if not package:
            raise ImportError("attempted relative import with no known parent package")
        return _beyond(package, name, level)
    if not name:
        raise ValueError("Empty module name")
    return name


def _beyond(package: str, name: str, level: int) -> str:
    if not package:
        raise ImportError("attempted relative import with no known parent package")
    parts = package.rsplit(".", level - 1)
    if len(parts) < level:
        raise ImportError("attempted relative import beyond top-level package")
    return f"{parts[0]}.{name}" if name else parts[0]


def _package(globals: Any) -> str:
    """Return the package that relative imports in `globals` start from (PEP 366)."""
    if globals is None:
        raise KeyError("'__name__' not in globals")
    if not isinstance(globals, dict):
        raise TypeError("globals must be a dict")
    package = globals.get("__package__")
    spec = globals.get("__spec__")
    if package is not None:
        return _declared(package, spec)
    if spec is not None:
        if not isinstance(spec.parent, str):
            raise TypeError("__spec__.parent must be a string")
        return spec.parent
    return _guessed(globals)


def _declared(package: Any, spec: Any) -> str:
    if not isinstance(package, str):
        raise TypeError("package must be a string")
    if spec is not None and package != spec.parent:
        # From here the import statement is five frames up: _declared, _package, absolute, __import__.
        warnings.warn("__package__ != __spec__.parent", _MISMATCH, stacklevel=5)
    return package


def _guessed(globals: dict[str, Any]) -> str:
    warnings.warn(
        "can't resolve package from __spec__ or __package__, falling back on __name__ and __path__",
        ImportWarning,
        stacklevel=5,
    )
    if "__name__" not in globals:
        raise KeyError("'__name__' not in globals")
    package = globals["__name__"]
    if not isinstance(package, str):
        raise TypeError("__name__ must be a string")
    return package if "__path__" in globals else package.rpartition(".")[0]
