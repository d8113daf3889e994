"""What is told of each import, to those who asked with `Space.on_import`."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Self

__all__ = ["ImportEvent", "Site", "Subscription"]


class _Frozen:
    """A value with named fields. Dataclasses would do, and cost the watched program 10 ms it did not ask for."""

    __slots__: tuple[str, ...] = ()

    def __init__(self, **fields: Any) -> None:
        for name in self.__slots__:
            object.__setattr__(self, name, fields[name])

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: {name} cannot be set")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.as_dict() == self.as_dict()

    def __hash__(self) -> int:
        return hash(tuple(getattr(self, name) for name in self.__slots__))

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
        return f"{type(self).__name__}({fields})"

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), {name: getattr(self, name) for name in self.__slots__})

    def as_dict(self) -> dict[str, Any]:
        """Return the fields as JSON has them."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return {
            name: value.as_dict() if isinstance(value, _Frozen) else value for name, value in values.items()
        }


def _rebuild(kind: type[_Frozen], fields: dict[str, Any]) -> _Frozen:
    return kind(**fields)


class Site(_Frozen):
    """Where an import was asked for: a file and a line; `path` is as tracebacks show it."""

    __slots__ = ("line", "path")
    path: str
    line: int

    @property
    def text(self) -> str:
        """The source line, read from the file only now; empty where there is none."""
        import linecache

        return linecache.getline(self.path, self.line).strip()

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


class ImportEvent(_Frozen):
    """One import: a module that was loaded, failed, or was there already.

    `importer` is the module that asked, `statement` where; `inside` the module that was being executed in
    that thread then (None outside any). `found` is the file, ``built-in`` or ``frozen``, or None. `how` is
    ``path`` (found and loaded now), ``window`` (the same, an extension of a space), ``cache`` (loaded before),
    ``guard`` (a private module that C code asked for; nobody else sees it), or who decided that it is not the
    space's own, as `Space.decides` says: ``shared``, ``facade``, ``graft``, ``given`` or ``denied``.
    `finding`, `reading` and `executing` are seconds; executing includes what the module
    itself imports. `outcome` is ``imported``, or the error's type and message.
    """

    __slots__ = (
        "executing", "finding", "found", "how", "importer", "inside", "module", "outcome", "reading", "statement",
    )  # fmt: skip
    importer: str | None
    statement: Site | None
    module: str
    inside: str | None
    found: str | None
    how: str
    finding: float
    reading: float
    executing: float
    outcome: str

    @property
    def seconds(self) -> float:
        """All the time that the import took."""
        return self.finding + self.reading + self.executing

    def __str__(self) -> str:
        return f"{self.importer} -> {self.module} ({self.statement}): {self.how}, {self.outcome}"


class Subscription:
    """A callback that hears of imports until `cancel`; as a context manager, until the end of the block."""

    def __init__(self, cancel: Callable[[], None]) -> None:
        self._cancel: Callable[[], None] | None = cancel

    def cancel(self) -> None:
        """Stop hearing; doing it again does nothing."""
        cancel, self._cancel = self._cancel, None
        if cancel is not None:
            cancel()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.cancel()
