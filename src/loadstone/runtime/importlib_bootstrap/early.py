"""Submodules of a space that are bound on their packages before they were executed, in circular imports.

CPython's own answer to ``from package import submodule`` in a cycle is a look into the interpreter's `sys.modules`,
where the host's submodule stands, or none. What is bound early is taken back if the submodule fails.
"""

from __future__ import annotations

import sys

from loadstone.runtime.importlib_bootstrap.importer import is_busy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import FrameType
    from typing import Any

    from loadstone.runtime.importlib_bootstrap.state import State

__all__ = ["EarlyBindings"]


class EarlyBindings:
    """What is bound early in one state: a row ``"a.b": <module a.b>`` lives until a.b is finished or failed."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._rows: dict[str, Any] = {}

    def clear(self) -> None:
        """Forget all rows; what they have bound stays."""
        self._rows.clear()

    def finish(self, name: str) -> None:
        """Note that a submodule is to be bound in the ordinary way now."""
        self._rows.pop(name, None)

    def take_back(self, name: str, module: Any) -> None:
        """Take a submodule that has failed from its package again: CPython binds it only when it was executed."""
        if self._rows.pop(name, None) is not None:
            parent, _, child = name.rpartition(".")
            above = self._state.modules.get(parent)
            if getattr(above, child, None) is module:
                delattr(above, child)

    def link(self, name: str, caller: FrameType) -> None:
        """Make ``import a.b.c as x`` find b on a and c on b, in a cycle too.

        CPython falls back on the interpreter's own `sys.modules` there, which is the host's.
        """
        modules = self._state.modules
        parts = name.split(".")
        parents = [".".join(parts[:count]) for count in range(1, len(parts))]
        links = list(zip(parents, parts[1:], strict=True))
        if not all(hasattr(modules.get(parent), child) for parent, child in links) and _has_alias(caller):
            for parent, child in links:
                self._bind(modules.get(parent), parent, child)

    def keep_out(self, module: Any, parent: str, names: Iterable[Any]) -> None:
        """Keep ``from a import b`` from taking the host's a.b where this space's a has no b."""
        for name in names:
            full = f"{parent}.{name}"
            # A look at the attribute may run the module's own __getattr__: not without need.
            if (full in self._state.modules or full in sys.modules) and not hasattr(module, name):
                self._bind(module, parent, name)
                if full in sys.modules and not hasattr(module, name):
                    raise _cannot_import(module, parent, name)

    def _bind(self, module: Any, parent: str, child: str) -> None:
        name = f"{parent}.{child}"
        submodule = self._state.modules.get(name)
        if module is not None and submodule is not None and not hasattr(module, child):
            if is_busy(submodule):
                self._rows[name] = submodule
            setattr(module, child, submodule)


def _has_alias(caller: FrameType) -> bool:
    """Return whether the ``import a.b`` at which `caller` stands may go on with ``as``: then IMPORT_FROM asks a for b.

    Where it stands at something else, a function of the program's own between the two may hide such a statement.
    """
    from opcode import EXTENDED_ARG, opmap

    code = caller.f_code.co_code
    following = caller.f_lasti + 2
    while code[following] == EXTENDED_ARG:
        following += 2
    return code[caller.f_lasti] != opmap["IMPORT_NAME"] or code[following] == opmap["IMPORT_FROM"]


def _cannot_import(module: Any, parent: str, name: str) -> ImportError:
    """Return the error that IMPORT_FROM raises, in its words (import_from in Python/ceval.c)."""
    path = getattr(module, "__file__", None)
    path = path if isinstance(path, str) else None
    cycle = "partially initialized module " if path and is_busy(module) else ""
    why = "most likely due to a circular import) (" if cycle else ""
    message = f"cannot import name {name!r} from {cycle}{parent!r} ({why}{path or 'unknown location'})"
    error = ImportError(message, name=parent, path=path)
    if sys.version_info >= (3, 12):
        error.name_from = name
    return error
