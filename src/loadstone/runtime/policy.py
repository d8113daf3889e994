"""The rules by which a space shares and denies names; see `sharing` for how they are applied."""

from __future__ import annotations

import sys

from loadstone.errors import BadSharing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from importlib.machinery import ModuleSpec
    from typing import Any, Protocol

    class Giver(Protocol):
        """A space that shares its modules."""

        name: str

        @property
        def modules(self) -> dict[str, Any]:
            """The modules imported so far."""

        def import_module(self, name: str) -> Any:
            """Return the module `name`."""

        def find_spec(self, name: str) -> ModuleSpec | None:
            """Return the spec of `name`, or None."""

        def reload(self, module: Any) -> Any:
            """Execute `module` again."""


__all__ = ["Policy", "is_standard"]

# Each space has its own: one world's would not do in another.
_OWN = ("sys", "builtins", "__main__")

_NOTHING: Mapping[str, Any] = {}


class Policy:
    """What the space called `space` is given and denied, by top-level name.

    `given` maps a name to the space that it comes from, None for the host: ``{"app_api": None, "db": <Space 'data'>}``.
    `neighbours` maps names of spaces to those that this one may import from, through `loadstone.spaces`.
    """

    __slots__ = ("denied", "given", "neighbours", "space")

    def __init__(
        self,
        space: str,
        given: Mapping[str, Giver | None] = _NOTHING,
        denied: frozenset[str] = frozenset(),
        neighbours: Mapping[str, Giver] = _NOTHING,
    ) -> None:
        self.space = space
        self.given = given
        self.denied = denied
        self.neighbours = neighbours

    @classmethod
    def parse(cls, space: str, share: Any = (), deny: Any = (), neighbours: Any = None) -> Policy:
        """Return the policy of `share`, names or a mapping from names to spaces, and `deny`, names.

        Raises BadSharing with all that is wrong with them.
        """
        given = dict(share) if hasattr(share, "keys") else dict.fromkeys(_listed("share", share))
        denied = frozenset(_listed("deny", deny))
        problems = tuple(_problems(given, denied))
        if problems:
            raise BadSharing(space=space, problems=problems)
        return cls(space, given, denied, _NOTHING if neighbours is None else neighbours)


def is_standard(top: str) -> bool:
    """Return whether every space has the top-level name `top` from the host: standard library or Loadstone."""
    return (
        top in sys.stdlib_module_names
        or top in sys.builtin_module_names
        or top == "loadstone"
        # The build's own variables: named after the platform, so in no list.
        or top.startswith("_sysconfigdata_")
    )


def _listed(rule: str, names: Iterable[str]) -> list[str]:
    if isinstance(names, str):
        raise TypeError(f"{rule} is a list of names: write {rule}=[{names!r}]")
    return list(names)


def _problems(given: Mapping[str, Any], denied: Iterable[str]) -> Iterator[str]:
    for rule, names in (("share", given), ("deny", sorted(denied))):
        for name in names:
            if "." in name:
                yield f"{rule} takes top-level names, and {name!r} has a dot: write {name.partition('.')[0]!r}"
            elif not name.isidentifier():
                yield f"{rule} takes names of modules, and {name!r} is none"
            elif name in _OWN:
                yield f"{rule} cannot name {name!r}: every space has its own"
    for name in given:
        if name in denied:
            yield f"{name!r} stands in share and in deny: take it out of one"
