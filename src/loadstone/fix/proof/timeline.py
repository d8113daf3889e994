"""What happens, in which order, when a module is imported into a fresh interpreter: loads and effects."""

from __future__ import annotations

import ast
import builtins
from functools import cached_property
from typing import TYPE_CHECKING

from loadstone.check.loading import loads_of
from loadstone.fix.proof.effects import Effect, effects
from loadstone.source.conditions import dotted
from loadstone.source.reading import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from loadstone.fix.model import Model
    from loadstone.source.origins import Origin

__all__ = ["Timeline", "full_name"]

_EFFECTFUL = frozenset(("this", "antigravity"))
"""Modules of the standard library whose import does something that is seen."""


Act = str | Effect
"""The name of a module that is loaded, or an effect."""


class Timeline:
    """The loads and effects of one state of a project; `same` are the full names that stand for others."""

    def __init__(self, model: Model, same: Mapping[str, str] | None = None) -> None:
        self.model = model
        self.same = dict(same or {})
        # Module to what it does by itself, in the order of the text.
        self._own: dict[str, tuple[Act, ...]] = {}
        self._hooks: dict[str, bool] = {}

    def own(self, module: str) -> tuple[Act, ...]:
        """Return what one module does: the modules it loads, each once, and its effects."""
        if module not in self._own:
            self._own[module] = tuple(self._acts(module))
        return self._own[module]

    def keys(self, module: str) -> list[object]:
        """Return the same as `own` for comparison: lines are left out."""
        return [one.key if isinstance(one, Effect) else one for one in self.own(module)]

    def entering(self, entry: str) -> tuple[Effect, ...]:
        """Return the effects of importing a module, in order; an installed package that is loaded counts as one."""
        found: list[Effect] = []
        loaded: set[str] = set()
        parts = entry.split(".")
        lineage: list[Act] = [".".join(parts[:count]) for count in range(1, len(parts) + 1)]
        work = [iter(lineage)]
        while work:
            act = next(work[-1], None)
            if act is None:
                work.pop()
            elif isinstance(act, Effect):
                found.append(act)
            elif act not in loaded:
                loaded.add(act)
                if act in self.model.compiled:
                    work.append(iter(self.own(act)))
                elif not self._is_silent(act):
                    found.append(Effect(act, ""))
        return tuple(found)

    def _is_silent(self, module: str) -> bool:
        """Whether loading a module of others counts for nothing: one of the standard library, or part of a package."""
        if self.model.library.is_standard(module):
            return module not in _EFFECTFUL
        location = self.model.library.locate(module)
        return location is None or location.kind == "namespace" or module in self.model.project.modules

    def _acts(self, module: str) -> Iterator[Act]:
        loads: list[tuple[int, int, Act]] = [(line, 0, name) for line, name in self._loads(module)]
        done: list[tuple[int, int, Act]] = [(one.line, 1, one) for one in self._effects(module)]
        seen: set[str] = set()
        for _, _, act in sorted([*loads, *done], key=lambda row: row[:2]):
            if isinstance(act, Effect):
                yield act
            elif act not in seen:
                seen.add(act)
                yield act

    def _loads(self, module: str) -> Iterator[tuple[int, str]]:
        """Yield the lines of a module that load others, with what they load."""
        around = f"{module}."
        for one in loads_of(self.model.library, module):
            if one.module != module and not around.startswith(f"{one.module}."):
                yield one.statement.line, one.module
        own = self.model.whole.module(module)
        for star in own.stars if own else ():
            exports, _ = own.world.exports(star.target) if own else (None, True)
            names = (f"{star.target}.{name}" for name in exports or ())
            yield from ((star.statement.line, name) for name in names if self.model.library.locate(name))

    def _effects(self, module: str) -> tuple[Effect, ...]:
        return effects(module, self.model.content(module), self._meant(module), self.hooked)

    def _meant(self, module: str) -> dict[str, str]:
        """Return what the imported names of a module stand for, by their full names."""
        found = {}
        for name, binding in self.model.names(module).items():
            if binding.how != "definition" and binding.kind != "implicit":
                full = full_name(binding.origin)
                found[name] = self.same.get(full, full)
        return found

    # Classes whose subclasses are noticed when they are made.

    def hooked(self, name: str) -> bool:
        """Whether making a subclass of a class runs code: it, or one above it, has a metaclass or __init_subclass__."""
        if name not in self._hooks:
            self._hooks[name] = False  # for a class that is its own base, in code that cannot work
            self._hooks[name] = self._is_hooked(name)
        return self._hooks[name]

    def _is_hooked(self, name: str) -> bool:
        module, _, tail = name.rpartition(".")
        if self.model.library.is_standard(module):
            return False
        node = self._classes(module).get(tail)
        if node is None:
            return module in self.model.compiled and not hasattr(builtins, tail)
        if any(keyword.arg == "metaclass" for keyword in node.keywords):
            return True
        if any(isinstance(part, ast.FunctionDef) and part.name == "__init_subclass__" for part in node.body):
            return True
        return any(self.hooked(self._full(module, base)) for base in node.bases if dotted(base))

    def _full(self, module: str, base: ast.expr) -> str:
        root, dot, rest = (dotted(base) or "").partition(".")
        if root in self._classes(module) and not dot:
            return f"{module}.{root}"
        return f"{self._meant(module).get(root, root)}{dot}{rest}"

    def _classes(self, module: str) -> dict[str, ast.ClassDef]:
        if module not in self._parsed:
            self._parsed[module] = _classes(self._content(module), module)
        return self._parsed[module]

    @cached_property
    def _parsed(self) -> dict[str, dict[str, ast.ClassDef]]:
        return {}

    def _content(self, module: str) -> bytes:
        if module in self.model.project.modules:
            return self.model.content(module)
        location = self.model.library.locate(module)
        try:
            return self.model.document(location.path).content if location and location.path else b""
        except OSError:
            return b""


def full_name(origin: Origin) -> str:
    """Return ``module.name``, or the module."""
    return f"{origin.module}.{origin.name}" if origin.name else origin.module


def _classes(content: bytes, module: str) -> dict[str, ast.ClassDef]:
    try:
        body = parse(content, module).tree.body
    except SyntaxError:
        return {}
    return {node.name: node for node in body if isinstance(node, ast.ClassDef)}
