"""`__all__`, put together while a module runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loadstone.source.acts import Export, Ref
    from loadstone.source.events import Run
    from loadstone.source.world import World

__all__ = ["Exports"]


class Exports:
    """Puts the `__all__` of one running module together."""

    def __init__(self, run: Run, world: World) -> None:
        self.run = run
        self.world = world

    def apply(self, export: Export) -> None:
        """Do to the module's `exports` what one statement does to its `__all__`."""
        run = self.run
        found = [self._refer(part) for part in export.parts]
        names = [name for group, _ in found for name in group]
        exact = export.op != "touch" and all(exact for _, exact in found)
        current = run.exports or []
        if export.op == "set":
            run.exports, run.exact = names, exact
            return
        run.exact = run.exact and exact
        if export.op == "extend":
            run.exports = [*current, *names]
        elif export.op == "remove":
            run.exports = [name for name in current if name not in names]

    def _refer(self, part: str | Ref | None) -> tuple[list[str], bool]:
        """Return the names of one part, and whether they are all of them."""
        if part is None:
            return [], False
        if isinstance(part, str):
            return [part], True
        if part.plain:
            return self._plain(part.name)
        event = self.run.names.get(part.name.partition(".")[0])
        module = self.world.module_of(event, part.name) if event else None
        return self._of(module)

    def _plain(self, name: str) -> tuple[list[str], bool]:
        """A name by itself: this very list, or one imported as ``from .x import __all__ as names``."""
        if name == "__all__":
            return list(self.run.exports or ()), self.run.exact
        event = self.run.names.get(name)
        return self._of(event.target if event and event.member == "__all__" else None)

    def _of(self, module: str | None) -> tuple[list[str], bool]:
        names, exact = self.world.exports(module) if module else (None, False)
        return names or [], exact and names is not None
