"""What Python's PicklingError says of an object of a space: a note, how to pickle it.

A pickle names the module and the class of what is in it, by their plain names; the host has no such module, or
another one. So ``pickle.dumps`` in the host cannot be right for an object of a space, and raises PicklingError. The
error that an import raises meanwhile is lost there (save_global in Modules/_pickle.c replaces it), and so the note
is put on the very error that pickle raises, as it is made.

A program that never imports pickle does not pay for this: a space is made known when one of its modules has been
executed and pickle is there. Declared spaces bring it themselves, so that the order of imports does not matter.
"""

from __future__ import annotations

import sys
from _weakref import ref

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from loadstone.runtime.importlib_bootstrap.private import PrivateImporter

__all__ = ["tell_pickle"]

# The spaces that have modules, by the identity of their importers. A row dies with its space.
_spaces: dict[int, ref[PrivateImporter]] = {}
_MOST = 3  # spaces that are named


def tell_pickle(importer: PrivateImporter) -> None:
    """Make PicklingError speak of the space of `importer`, as long as that is in memory."""
    from _pickle import PicklingError

    if "__init__" not in vars(PicklingError):
        PicklingError.__init__ = _init_of(PicklingError)  # type: ignore[method-assign]
    key = id(importer)
    _spaces[key] = ref(importer, lambda _: _spaces.pop(key, None))


def _init_of(kind: type[Exception]) -> Any:
    def __init__(self: Exception, *args: object) -> None:  # noqa: N807  # it becomes the method
        super(kind, self).__init__(*args)
        note = _note(str(self), sys._getframe(1).f_builtins)  # noqa: SLF001  # of whoever called pickle
        if note:
            self.add_note(note)

    return __init__


def _note(message: str, builtins: dict[str, Any]) -> str:
    """Return what is to be said where these builtins, of the host or a space, pickled; empty where it is no space's."""
    name = _named(message)
    others = [one for one in _importers() if one.builtins is not builtins]
    spaces = sorted({repr(one.name) for one in others if _has(one, name)})
    if not spaces:
        return ""
    named = " or ".join(spaces) if len(spaces) <= _MOST else f"one of {len(spaces)}, such as {spaces[0]}"
    return (
        f"loadstone: {name} is of space {named}, and pickle looks for it elsewhere here: "
        "use space.dumps(thing) and space.loads(data), which pickle as code of the space does"
    )


def _named(message: str) -> str:
    """Return the dotted name that a message of pickle speaks of; empty where it speaks of none."""
    import re

    found = re.search(r"(?:module(?: named)? '|object as |found as | on )([\w.]+)", message)
    return found[1] if found else ""


def _has(importer: PrivateImporter, name: str) -> bool:
    """Return whether `name` is a module that is not the host's, or something in one."""
    modules = importer.state.modules
    while name and name not in modules:
        name = name.rpartition(".")[0]
    return bool(name) and modules.get(name) is not sys.modules.get(name)


def _importers() -> Iterator[PrivateImporter]:
    for reference in list(_spaces.values()):
        importer = reference()
        if importer is not None:
            yield importer
