"""Spaces in other processes: what a space sends there says which space it belongs to, and is read in one like it.

The names in a pickle are plain: ``shop.cart`` of which space? So what `multiprocessing` pickles in a space is
packed into a *parcel*, which any process can unpickle: it reduces to `opened`, a description of the space, and the
pickle proper. A process that has the space (its parent, or a forked child) opens it there; any other makes a space
of the same path and rules once, and keeps it.
"""

from __future__ import annotations

import io
import os
import pickle
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary, WeakValueDictionary

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from loadstone.runtime.importlib_bootstrap.private import PrivateImporter
    from loadstone.runtime.policy import Giver
    from loadstone.runtime.space import Space

__all__ = ["Description", "Parcel", "opened", "sending"]


@dataclass(frozen=True, slots=True)
class Description:
    """What another process needs to make a space of the same kind.

    `token` tells it from every other space of any process. `given` and `neighbours` map names to the spaces behind
    them, None for the host; `main` is the file or module that it runs as its ``__main__``, if any, with `argv`.
    """

    token: str
    name: str
    path: tuple[str, ...]
    given: tuple[tuple[str, Description | None], ...]
    denied: frozenset[str]
    neighbours: tuple[tuple[str, Description], ...]
    main: tuple[str, str] | None
    argv: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parcel:
    """A pickle, and the space that its names are of; unpickled, it is the object itself."""

    space: Description
    text: bytes

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Description, bytes]]:
        return opened, (self.space, self.text)


# The token of each space that was described in this process, and the space of each token that was met here:
# ``"9f2c51...": <PrivateImporter>``. A row dies with its space.
_tokens: WeakKeyDictionary[PrivateImporter, str] = WeakKeyDictionary()
_spaces: WeakValueDictionary[str, PrivateImporter] = WeakValueDictionary()
# The spaces that were made here because a parcel asked for them. They stay: what a parcel left in one, the next finds.
_made: list[Space] = []


def opened(space: Description, text: bytes) -> Any:
    """Return the object of a parcel, with the classes of its space in this process."""
    importer = _spaces.get(space.token) or _make(space)
    return importer.call(pickle.loads, text)


def sending(importer: PrivateImporter, kind: type) -> type:
    """Return a ForkingPickler, derived from `kind`, that packs what names modules of the space into parcels."""
    _token_of(importer)  # a forked child must know it, and what it is sent may be pickled after the fork

    class ForkingPickler(kind):  # type: ignore[misc]  # known at run time
        """The pickler of multiprocessing in a space."""

        def __init__(self, file: Any, protocol: int | None = None) -> None:
            self._file = file
            self._text = io.BytesIO()
            super().__init__(self._text, protocol)

        def dump(self, thing: Any) -> None:
            """Write the pickle of `thing`, in a parcel if need be."""
            importer.call(super().dump, thing)
            text = self._text.getvalue()
            if _names_any(importer, text):
                text = pickle.dumps(Parcel(_described(importer, {}), text))
            self._file.write(text)

    return ForkingPickler


def _names_any(importer: PrivateImporter, text: bytes) -> bool:
    """Return whether a pickle may name a module of the space's own; a word that only looks like one does no harm.

    Everything else is read by any process as it is, also by one that does not know Loadstone yet.
    """
    tops = {name.partition(".")[0] for name in list(importer.state.modules) if importer.is_own(name)}
    return any(top.encode() in text for top in (*tops, "__main__"))


def _token_of(importer: PrivateImporter) -> str:
    token = _tokens.setdefault(importer, os.urandom(12).hex())
    _spaces[token] = importer
    return token


def _described(importer: PrivateImporter, seen: dict[str, Description]) -> Description:
    """Return the description of a space; `seen` has those that are on their way, which may import from this one."""
    token = _token_of(importer)
    if token not in seen:
        policy, state = importer.sharing.policy, importer.state
        argv = tuple(getattr(importer.facades("sys"), "argv", ()))
        start = Description(
            token, policy.space, tuple(state.path), (), policy.denied, (), _main_of(state.modules), argv
        )
        seen[token] = start
        given = tuple((name, _of_giver(giver, seen)) for name, giver in policy.given.items())
        near = tuple(
            (name, found) for name in policy.neighbours if (found := _near(policy.neighbours, name, seen))
        )
        seen[token] = replace(start, given=given, neighbours=near)
    return seen[token]


def _of_giver(giver: Giver | None, seen: dict[str, Description]) -> Description | None:
    return None if giver is None else _described(giver._importer, seen)  # type: ignore[attr-defined]


def _near(neighbours: Any, name: str, seen: dict[str, Description]) -> Description | None:
    try:
        return _of_giver(neighbours[name], seen)
    except ImportError:
        return None  # declared and not installed: nothing was imported from it


def _main_of(modules: dict[str, Any]) -> tuple[str, str] | None:
    main = modules.get("__main__")
    spec = getattr(main, "__spec__", None)
    if spec is not None:
        return "module", spec.name
    path = getattr(main, "__file__", None)
    return None if path is None else ("file", os.path.abspath(path))


def _make(description: Description) -> PrivateImporter:
    from loadstone.runtime.space import Space

    given = {name: None if of is None else _space(of) for name, of in description.given}
    neighbours = {name: _space(of) for name, of in description.neighbours}
    space = Space(
        description.name,
        description.path,
        share=given,
        deny=description.denied,
        imports_from=neighbours or None,
    )
    importer: PrivateImporter = space._importer  # type: ignore[assignment]
    _tokens[importer] = description.token
    _spaces[description.token] = importer
    _made.append(space)
    importer.set_argv(list(description.argv))
    if description.main is not None:
        _run_main(space, *description.main)
    return importer


def _space(description: Description) -> Space:
    importer = _spaces.get(description.token) or _make(description)
    return next(space for space in _made if space._importer is importer)


def _run_main(space: Space, kind: str, target: str) -> None:
    """Give a space its program's functions and classes, as `multiprocessing.spawn` does: under another name."""
    runpy = space.import_module("runpy")
    run = runpy.run_path if kind == "file" else runpy.run_module
    module = type(runpy)("__mp_main__")
    module.__dict__.update(run(target, run_name="__mp_main__"))
    space.modules["__main__"] = space.modules["__mp_main__"] = module
