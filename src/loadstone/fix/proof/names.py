"""The first part of the proof: every name of every module means what it meant, and nobody misses one."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

from loadstone.fix.proof.objection import Objection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.check.module import Module
    from loadstone.fix.model import Model
    from loadstone.fix.needs import Needs
    from loadstone.fix.proof.reading import Reading
    from loadstone.fix.proof.senses import Sense
    from loadstone.fix.repair import Meant
    from loadstone.source.origins import Origin

__all__ = ["Names"]


class Names:
    """Two states of a project, and what the change between them means to do.

    Where the change is somebody else's (`strict` is false), names that nobody asks for may come and go.
    """

    def __init__(self, before: Model, after: Model, needs: Needs, meant: Meant, *, strict: bool) -> None:
        self.before = before
        self.after = after
        self.needs = needs
        self.meant = meant
        self.strict = strict

    def objections(self, module: str) -> Iterator[Objection]:
        """Yield what speaks against the change as far as the names of one module go."""
        if module not in self.after.compiled:
            yield Objection("unreadable", module, "", "does not compile any more", *self._place(module, ""))
            return
        before, after = self.before.senses(module), self.after.senses(module)
        for name in dict.fromkeys((*before, *after)):
            was, now = before.get(name), after.get(name)
            if was != now:
                yield from self._differs(module, name, was, now)
        yield from self._exports(module)

    def while_imported(self, module: str) -> Iterator[Objection]:
        """Yield the names that a statement of the module reads with another meaning, while it is imported."""
        one, other = self.before.whole.module(module), self.after.whole.module(module)
        if one is None or other is None:
            return
        new = {reading.key: reading for reading in self.after.readings(other)}
        for reading in self.before.readings(one):
            later = new.get(reading.key)
            was = _origin(one, reading)
            now = _origin(other, later) if later else was
            if was != now and (was, now) not in self.meant.turned:
                sentence = f"`{reading.name}` {_turned(was, now)} in {reading.statement}"
                line = later.statement.line if later else 0
                yield Objection("origin", module, reading.name, sentence, other.path, line)

    def _differs(self, module: str, name: str, was: Sense | None, now: Sense | None) -> Iterator[Objection]:
        if was is None:
            if now is not None:
                yield from self._appeared(module, name, now)
        elif now is None:
            yield from self._gone(module, name, was)
        elif not self._is_turned(was, now):
            sentence = f"`{name}` was {was}, and would be {now}"
            yield Objection("origin", module, name, sentence, *self._place(module, name))

    def _is_turned(self, was: Sense, now: Sense) -> bool:
        """Whether another origin is what is meant."""
        return (was.origin, now.origin) in self.meant.turned and not now.missing

    def _appeared(self, module: str, name: str, now: Sense) -> Iterator[Objection]:
        one = self.after.whole.module(module)
        hides = hasattr(builtins, name) and one is not None and name in one.summary.uses
        if hides:
            sentence = f"`{name}` was the builtin, and would be {now}"
            yield Objection("origin", module, name, sentence, *self._place(module, name))
        elif self.strict and (module, name) not in self.meant.new:
            yield Objection("appeared", module, name, f"`{name}` appears", *self._place(module, name))

    def _gone(self, module: str, name: str, was: Sense) -> Iterator[Objection]:
        need = self.needs.of(module, name)
        if need:
            sentence = f"loses `{name}` ({was}), which {need}"
            path, line = self._place(module, name)
            maybe = "" if need.certain else need.text
            yield Objection("lost", module, name, sentence, path, need.line or line, maybe)
        elif self.strict and not self._may_go(module, name):
            yield Objection("lost", module, name, f"loses `{name}`", *self._place(module, name))

    def _may_go(self, module: str, name: str) -> bool:
        """Whether a name is meant to leave the module, or the module that its star has it from."""
        while (module, name) not in self.meant.gone:
            binding = self.before.names(module).get(name)
            if binding is None or binding.how != "star" or binding.source_module == module:
                return False
            module, name = binding.source_module, binding.member
        return True

    def _exports(self, module: str) -> Iterator[Objection]:
        was, now = self.before.exports(module), self.after.exports(module)
        if was == now or module in self.meant.exports:
            return
        gone = [name for name in was or () if name not in (now or ())]
        if self.strict or (was is not None and (gone or now is None)):
            what = f"`__all__` loses {', '.join(gone)}" if gone else "`__all__` is another one"
            yield Objection("exports", module, "__all__", what, *self._place(module, "__all__"))

    def _place(self, module: str, name: str) -> tuple[str, int]:
        """Return where a name is bound after the change; the top of the module where it is not."""
        binding = self.after.names(module).get(name)
        path = self.after.project.modules.get(module, "")
        if binding is None or binding.statement is None:
            return path, 1
        return binding.statement.path, binding.statement.line


def _origin(module: Module, reading: Reading) -> Origin | None:
    from loadstone.source.origins import Origin

    if reading.event is None:
        return Origin("builtins", reading.name) if hasattr(builtins, reading.name) else None
    _, home, name, _ = module.world.resolve(reading.event)
    return Origin(home, name)


def _turned(was: Origin | None, now: Origin | None) -> str:
    return f"was {was or 'not there'}, and would be {now or 'not there'},"
