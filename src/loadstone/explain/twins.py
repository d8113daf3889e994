"""Modules that were loaded twice from one file, under two names. This file imports nothing: see `concerns`."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import ModuleType

__all__ = ["twins"]


def twins(modules: Mapping[str, ModuleType]) -> list[tuple[ModuleType, ModuleType]]:
    """Return each pair of modules that are not one object and have one file; usually none.

    The same object under two names (os.path, and what six makes) is no pair.
    """
    by_file: dict[str, ModuleType] = {}
    found = []
    for module in list(modules.values()):
        names = getattr(module, "__dict__", None)
        file = names.get("__file__") if type(names) is dict else None
        if type(file) is not str or names.get("__name__") is None:  # type: ignore[union-attr]
            continue
        other = by_file.setdefault(file, module)
        if other is not module:
            found.append((other, module))
    return found
