"""The provenance of a live module: what its source says of each name, confirmed by identity."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from loadstone.runtime.files import is_text
from loadstone.source import annotated, origins
from loadstone.source.opaque import Named
from loadstone.source.origins import Binding, Namespace, Origin
from loadstone.source.probed import describe
from loadstone.source.project import Library

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from loadstone.runtime.files import TextLoader
    from loadstone.source.project import Location

__all__ = ["Live"]

_MISSING = object()


class Live:
    """Reads the namespaces of modules that are imported in a space.

    `modules` are the space's; modules that are shared stand in the host's `sys.modules` alone until somebody
    in the space imports them by name, so both are asked. One reader sees one moment: make a new one later.
    """

    def __init__(self, modules: Mapping[str, Any], path: Iterable[str]) -> None:
        self._modules = dict(modules)
        entries = list(path)
        # Every space has the standard library, first; the host has it on its path, where the program put it.
        entries = [*(entry for entry in _standard_path() if entry not in entries), *entries]
        texts = _texts(self._modules)
        self._library = Library(
            entries,
            main={**_files(self._modules), **{name: loader.filename for name, loader in texts.items()}},
            names_of=self._names_of,
            texts={loader.filename: loader.source for loader in texts.values()},
        )

    def namespace(self, name: str) -> Namespace:
        """Return the bindings of the module `name`, in the order of its own dictionary.

        A name whose live value is not what the source says is *dynamic*. Raises KeyError when the module is
        not imported, and SyntaxError when its file has become unreadable since.
        """
        module = self._modules[name]
        said = origins.namespace(self._library, name)
        bindings = {
            key: self._confirmed(name, key, value, said.get(key))
            for key, value in list(vars(module).items())
            if isinstance(key, str)
        }
        conflicts = tuple(one for one in said.conflicts if bindings.get(one.name) == one.winner)
        return replace(said, bindings=bindings, conflicts=conflicts)

    def uses(self, name: str) -> frozenset[str]:
        """Return the names that the module's own code reads; empty where there is no source."""
        summary = self._library.summary(name)
        return summary.uses if summary else frozenset()

    def _confirmed(self, module: str, name: str, value: Any, said: Binding | None) -> Binding:
        """Return the binding that the live value bears out: the likeliest, another branch's, or a dynamic one."""
        if said is not None:
            if said.kind == "implicit" and not said.missing:
                return said
            for candidate in (said, *said.alternatives):
                if self._holds(module, candidate, value):
                    return candidate
        if name in annotated.ANNOTATIONS:
            return Binding(name, "implicit", "definition", None, None, Origin(module, name), module=module)
        submodule = f"{module}.{name}"
        if self._modules.get(submodule, _MISSING) is value:
            # Some other module imported it, and the import system bound it here.
            return Binding(name, "module", "import", None, None, Origin(submodule), module=module)
        return Binding(name, "dynamic", "definition", None, None, Origin(module, name), module=module)

    def _holds(self, module: str, binding: Binding, value: Any) -> bool:
        origin = binding.origin
        if binding.how == "definition" and origin.module == module:
            return True
        if not origin.name:
            return self._module(origin.module) is value
        return (
            self._value(origin.module, origin.name) is value
            # The origin may have been bound anew since; the object itself still knows where it was made.
            or (getattr(value, "__module__", None), getattr(value, "__qualname__", None))
            == (origin.module, origin.name)
            or self._value(binding.source_module, binding.member) is value
        )

    def _value(self, module: str, name: str) -> Any:
        # Not by getattr: a module `__getattr__` would run.
        return getattr(self._module(module), "__dict__", {}).get(name, _MISSING)

    def _module(self, name: str) -> Any:
        module = self._modules.get(name, _MISSING)
        return sys.modules.get(name, _MISSING) if module is _MISSING else module

    def _names_of(self, location: Location) -> Mapping[str, Named] | None:
        module = self._module(location.name)
        if module is _MISSING or module is None:
            return None
        return {key: Named(*facts) for key, facts in describe(module).items()}


def _standard_path() -> list[str]:
    """Return the path entries of the standard library."""
    home = os.path.dirname(os.__file__)
    return [entry for entry in sys.path if entry in {home, os.path.join(home, "lib-dynload")}]


def _files(modules: Mapping[str, Any]) -> dict[str, str]:
    """Return the source file of each module: what is loaded counts, wherever the path would lead now."""
    files = {}
    for name, module in modules.items():
        file = getattr(module, "__file__", None)
        if isinstance(file, str) and file.endswith((".py", ".pyw")):
            files[name] = file
    return files


def _texts(modules: Mapping[str, Any]) -> dict[str, TextLoader]:
    """Return the loader of each module that was made from text."""
    return {name: module.__spec__.loader for name, module in modules.items() if is_text(module)}
