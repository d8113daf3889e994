"""Watching a whole program in the host: what ``loadstone run`` does with ``--strict``, ``--trace`` and ``--times``."""

from __future__ import annotations

import sys

from loadstone.runtime.space import Space

TYPE_CHECKING = False
if TYPE_CHECKING:
    from loadstone.runtime.events import ImportEvent

__all__ = ["Observation"]


class Observation:
    """The host's imports from now on: `events` holds them in the order in which they ended.

    With `strict`, a module whose stars conflict raises NameConflict; call `settle_main` when the program's own
    file has run to its end, since no import statement ends it.
    """

    def __init__(self, *, strict: bool = False, events: bool = False) -> None:
        self.events: list[ImportEvent] = []
        self._space = Space.host(strict=strict)
        self._subscription = self._space.on_import(self.events.append) if events else None

    def settle_main(self) -> None:
        """Raise NameConflict when stars of ``__main__`` conflict."""
        self._space.settle("__main__", sys.modules["__main__"])

    def end(self) -> None:
        """Stop listening; `events` stays."""
        if self._subscription is not None:
            self._subscription.cancel()
