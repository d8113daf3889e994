"""The base of all errors: an error declares its facts, and writes the sentence about them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, dataclass_transform
else:

    def dataclass_transform(**_: object) -> Callable[[type], type]:
        """Change nothing: only type checkers need to know that the facts of an error are its arguments."""
        return lambda kind: kind


__all__ = ["LoadstoneError"]


@dataclass_transform(kw_only_default=True)
class LoadstoneError(Exception):
    """The base of Loadstone's errors: each declares its facts, keeps them as attributes, and pickles with them."""

    def __init__(self, **facts: Any) -> None:
        self._facts = facts
        self._keep()
        super().__init__(self._sentence())
        self._keep()  # ImportError has just emptied `name` and `path`

    def __str__(self) -> str:
        # OSError and ImportError would print their own fields.
        return str(self.args[0]) if self.args else ""

    def __reduce__(self) -> tuple[Callable[..., LoadstoneError], tuple[Any, ...]]:
        return _rebuild, (type(self), self._facts)

    def _keep(self) -> None:
        for fact, value in self._facts.items():
            setattr(self, fact, value)

    def _sentence(self) -> str:
        """Return what happened, where, and what to do next."""
        raise NotImplementedError


def _rebuild(kind: Callable[..., LoadstoneError], facts: dict[str, Any]) -> LoadstoneError:
    return kind(**facts)
