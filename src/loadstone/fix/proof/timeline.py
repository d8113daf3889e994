"""What each module does by itself when it is imported: the modules it loads and its effects, in order."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from loadstone.check.loading import loads_of
from loadstone.fix.proof.effects import Effect, effects
from loadstone.fix.proof.hooks import Hooks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from loadstone.fix.model import Model
    from loadstone.source.origins import Origin

__all__ = ["Act", "Timeline", "full_name"]

Act = str | Effect
"""The name of a module that is loaded, or an effect."""


class _Told(NamedTuple):
    """The effects of a module, and all that they were told from, its text and its names' meanings and its bases."""

    content: bytes
    meant: dict[str, str]
    hooks: dict[str, bool]
    effects: tuple[Effect, ...]


class Timeline:
    """One state of a project; `same` are the full names that stand for others, `base` is a state like this one.

    What a module does is taken from the `base` where all that it depends on is the same there.
    """

    def __init__(
        self, model: Model, same: Mapping[str, str] | None = None, base: Timeline | None = None
    ) -> None:
        self.model = model
        self.same = dict(same or {})
        self.base = base
        self._own: dict[str, tuple[Act, ...]] = {}
        # Module to its effects.
        self.told: dict[str, _Told] = {}
        self._meanings: dict[str, dict[str, str]] = {}

    @cached_property
    def hooked(self) -> Hooks:
        """Tells whether making a subclass of a class runs code."""
        return Hooks(self.model, self._meant, self.base.hooked if self.base else None)

    def own(self, module: str) -> tuple[Act, ...]:
        """Return what one module does: the modules it loads, each once, and its effects."""
        if module not in self._own:
            done = [(one.line, 1, one) for one in self._effects(module)]
            self._own[module] = tuple(_in_order([*self._loads(module), *done]))
        return self._own[module]

    def keys(self, module: str) -> list[object]:
        """Return the same as `own` for comparison: lines are left out."""
        return [one.key if isinstance(one, Effect) else one for one in self.own(module)]

    def outline(self, module: str) -> tuple[Act, ...]:
        """Return the modules it loads, with one effect before each and one behind the last, whatever it does there."""
        found: list[Act] = []
        for act in _in_order(list(self._loads(module))):
            found += [Effect(module, f"all before {act}"), act]
        return (*found, Effect(module, "the rest"))

    # What loads, and what is done.

    def _loads(self, module: str) -> Iterator[tuple[int, int, str]]:
        """Yield the lines of a module that load others, with what they load."""
        around = f"{module}."
        for one in loads_of(self.model.library, module):
            if one.module != module and not around.startswith(f"{one.module}."):
                yield one.statement.line, 0, one.module
        own = self.model.whole.module(module)
        for star in own.stars if own else ():
            exports, _ = own.world.exports(star.target) if own else (None, True)
            names = (f"{star.target}.{name}" for name in exports or ())
            yield from ((star.statement.line, 0, name) for name in names if self.model.library.locate(name))

    def _effects(self, module: str) -> tuple[Effect, ...]:
        content, meant = self.model.content(module), self._meant(module)
        known = self.base.told.get(module) if self.base else None
        if known is None or not self._is_told_alike(known, content, meant):
            hooks: dict[str, bool] = {}

            def hooked(name: str) -> bool:
                return hooks.setdefault(name, self.hooked(name))

            known = _Told(content, meant, hooks, effects(module, content, meant, hooked))
        self.told[module] = known
        return known.effects

    def _is_told_alike(self, known: _Told, content: bytes, meant: Mapping[str, str]) -> bool:
        same = known.content == content and known.meant == meant
        return same and all(self.hooked(name) == answer for name, answer in known.hooks.items())

    def _meant(self, module: str) -> dict[str, str]:
        """Return what the imported names of a module stand for, by their full names."""
        if module not in self._meanings:
            found = self._meanings[module] = {}
            for name, binding in self.model.names(module).items():
                if binding.how != "definition" and binding.kind != "implicit":
                    full = full_name(binding.origin)
                    found[name] = self.same.get(full, full)
        return self._meanings[module]


def full_name(origin: Origin) -> str:
    """Return ``module.name``, or the module."""
    return f"{origin.module}.{origin.name}" if origin.name else origin.module


def _in_order(rows: Sequence[tuple[int, int, Act]]) -> Iterator[Act]:
    """Yield what is done in the order of lines, loads before effects; a second load does nothing."""
    seen = set()
    for _, _, act in sorted(rows, key=lambda row: row[:2]):
        if isinstance(act, Effect) or act not in seen:
            seen.add(act)
            yield act
