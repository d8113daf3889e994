"""A space's own `modules`, with the answers to repeated imports beside it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Self

__all__ = ["Modules"]


class Modules(dict[str, "Any"]):
    """Module by name, like `sys.modules`; every write forgets the remembered answers.

    `finished` maps a name to its module once that is fully executed; `heads` maps what an import statement
    says to what it binds (``os.path`` to the module os). Both are new dicts after each write, so that a
    thread that was about to remember something older does so in a dict that nobody reads any more.
    A write by ``dict.__setitem__(modules, ...)`` or from C passes them by.
    """

    __slots__ = ("finished", "heads")

    def __init__(self) -> None:
        super().__init__()
        self._forget()

    def _forget(self) -> None:
        self.finished: dict[str, Any] = {}
        self.heads: dict[str, Any] = {}

    def __setitem__(self, name: str, module: Any) -> None:
        super().__setitem__(name, module)
        self._forget()

    def __delitem__(self, name: str) -> None:
        super().__delitem__(name)
        self._forget()

    def __ior__(self, other: Any) -> Self:  # type: ignore[override, misc]
        self.update(other)
        return self

    def clear(self) -> None:
        super().clear()
        self._forget()

    def pop(self, name: str, *default: Any) -> Any:
        module = super().pop(name, *default)
        self._forget()
        return module

    def popitem(self) -> tuple[str, Any]:
        item = super().popitem()
        self._forget()
        return item

    def setdefault(self, name: str, default: Any = None) -> Any:
        module = super().setdefault(name, default)
        self._forget()
        return module

    def update(self, *args: Any, **names: Any) -> None:
        super().update(*args, **names)
        self._forget()
