"""Which file on the path hides which other: the one that was loaded, and the first that would be without it."""

from __future__ import annotations

import os
from dataclasses import dataclass

from loadstone.explain.commands import move, remove
from loadstone.explain.explanation import Repair, relative_to
from loadstone.explain.folders import listed
from loadstone.explain.modules import Modules
from loadstone.explain.state import origin_of, same_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from loadstone.explain.failure import Failure

__all__ = ["Hiding", "hiding", "renaming"]

_SUFFIXES = (".py", ".pyc", ".so", ".pyd")


@dataclass(frozen=True, slots=True)
class Hiding:
    """`path`, found in the path entry `entry`, is loaded as `module`; `hidden` would be without it.

    `top` is the top-level name that both have; for a submodule, `path` and `hidden` are of the package.
    """

    module: str
    top: str
    path: str
    entry: str
    hidden: str
    behind: Modules

    @property
    def whose(self) -> str:
        """Whom the hidden file belongs to, as the start of a phrase: "the standard library's"."""
        return {"standard library": "the standard library's", "installed": "the installed"}.get(
            origin_of(self.hidden), "the"
        )

    def hidden_has(self, member: str) -> bool | None:
        """Return whether the hidden module has that name; None where only running it can tell."""
        return self.behind.has(self.module, member)

    @property
    def source(self) -> str:
        """The source file beside a compiled one."""
        return self.path.removesuffix("c") if self.path.endswith(".pyc") else self.path

    @property
    def also_in_the_way(self) -> tuple[str, ...]:
        """What else in the same folder has that name, and would be taken once `path` is renamed."""
        found = [name for name in listed(self.entry) if _is_module(self.entry, name, self.top)]
        rest = [os.path.join(self.entry, name) for name in found]
        return tuple(path for path in rest if path != self.path and not self.path.startswith(path + os.sep))

    def free_name(self) -> str:
        """Return a path for the file under another name, one that no module has."""
        tail = ".py" if self.path.endswith(".py") and not _is_init(self.path) else ""
        everything = Modules([self.entry, *self.behind.path])
        for new in (f"my_{self.top}", f"own_{self.top}", f"{self.top}_module", f"{self.top}_2"):
            if everything.locate(new) is None:
                return os.path.join(self.entry, new + tail)
        return os.path.join(self.entry, f"renamed_{self.top}{tail}")


def hiding(failure: Failure, module: str, path: str, *, own: bool = False) -> Hiding | None:
    """Return what the user's file, loaded from `path` as `module`, hides; None where that is nothing.

    Only the user's own files hide: between two installed ones there is nothing to rename. What they hide is
    the standard library's or installed, or with `own` another file of the user's.
    """
    top = module.partition(".")[0]
    if not path or origin_of(path) != "own":
        return None
    entries = failure.state.path
    for index, entry in enumerate(entries):
        if not _comes_from(entry, path, top):
            continue
        behind = Modules(other for other in entries[index + 1 :] if not same_file(other, entry))
        lost = behind.locate(top)
        if lost is not None and lost.path and (own or origin_of(lost.path) != "own"):
            winner = Modules([entry]).file(top) or path
            return Hiding(module, top, winner, entry, lost.path, behind)
    return None


def renaming(failure: Failure, found: Hiding) -> tuple[Repair, ...]:
    """Return how to get the file out of the way: removed where it is left-over bytecode, else renamed."""
    state = failure.state
    if found.path.endswith(".pyc") and not os.path.exists(found.source):
        say = "its source is gone: remove the compiled file that was left over"
        return (Repair(say, remove(state, found.path)),)
    target = os.path.dirname(found.path) if _is_init(found.path) else found.path
    new = found.free_name()
    say = f"rename it, and its imports in your own code, for instance to {os.path.basename(new)}"
    left = [relative_to(state.folder, path) for path in found.also_in_the_way]
    if left:
        say += f"; then remove {' and '.join(left)}, which would hide it just as well"
    return (Repair(say, move(state, target, new)),)


def _comes_from(entry: str, path: str, top: str) -> bool:
    file = Modules([entry]).locate(top)
    if file is None:
        return False
    return (file.path is not None and same_file(file.path, path)) or any(
        path.startswith(f + os.sep) for f in file.search
    )


def _is_module(entry: str, name: str, top: str) -> bool:
    if name == top:
        return os.path.isfile(os.path.join(entry, name, "__init__.py"))
    return name.partition(".")[0] == top and name.endswith(_SUFFIXES)


def _is_init(path: str) -> bool:
    return os.path.basename(path).partition(".")[0] == "__init__"
