"""Module names: parsed once at the border, then passed around as values."""

from __future__ import annotations

from loadstone.errors import BadModuleName

__all__ = ["ModuleName"]


class ModuleName(str):
    """A dotted module name, such as ``shop.cart``; equal to, and hashed like, the same text.

    The parts need not be identifiers: `space.load` accepts ``my-report``, as `sys.modules` does.
    """

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> ModuleName:
        """Return the name that `text` spells; raise BadModuleName for empty text or an empty part."""
        if not isinstance(text, str):
            raise TypeError(f"a module name is a str, not {type(text).__name__}")
        if not all(text.split(".")):
            raise BadModuleName(name=text)
        return cls(text)

    @property
    def parent(self) -> ModuleName:
        """The package that holds this module: ``shop`` for ``shop.cart``; empty for a top-level name."""
        return ModuleName(self.rpartition(".")[0])

    @property
    def top(self) -> ModuleName:
        """The first part: ``shop`` for ``shop.cart.items``."""
        return ModuleName(self.partition(".")[0])

    @property
    def tail(self) -> str:
        """The last part: ``cart`` for ``shop.cart``."""
        return self.rpartition(".")[2]

    def child(self, tail: str) -> ModuleName:
        """Return the name of the submodule `tail`; the empty name has top-level children."""
        return ModuleName(f"{self}.{tail}" if self else tail)

    def lineage(self) -> tuple[ModuleName, ...]:
        """Return the packages above and then the module itself: ``a``, ``a.b``, ``a.b.c``."""
        parts = self.split(".")
        return tuple(ModuleName(".".join(parts[:count])) for count in range(1, len(parts) + 1))

    def relative(self, level: int, name: str = "") -> ModuleName:
        """Return what ``from ..name`` means inside the *package* of this name; `level` counts the dots.

        Raises BadModuleName when there are more dots than packages. Level 1 is the package itself.
        """
        parts = self.split(".") if self else []
        if level > len(parts):
            raise BadModuleName(name="." * level + name, package=self)
        base = ".".join(parts[: len(parts) - level + 1])
        return ModuleName(f"{base}.{name}" if name else base)
