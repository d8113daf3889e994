"""Modules that no finder found: a file named by its path, and text."""

from __future__ import annotations

import os
import warnings
from importlib.machinery import (
    BYTECODE_SUFFIXES,
    EXTENSION_SUFFIXES,
    SOURCE_SUFFIXES,
    ExtensionFileLoader,
    ModuleSpec,
    SourceFileLoader,
    SourcelessFileLoader,
)

from loadstone.errors import FileMissing, LoadedTwice, NameTaken, NotRunnable
from loadstone.names import ModuleName

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType
    from typing import Any

    from loadstone.runtime.importlib_bootstrap.importer import Importer

__all__ = ["TextLoader", "define", "is_text", "load"]


def load(importer: Importer, path: str, name: str | None) -> Any:
    """Return the module made from the file at an absolute path, under `name` or the file's own; see `Space.load`."""
    name = str(ModuleName.parse(_name_of(path) if name is None else name))
    spec = _spec_of_file(name, path)
    known = importer.state.modules.get(name)
    if known is not None:
        if not _is_file(known, path):
            raise NameTaken(name=name, path=path, taken_by=_described(known))
        return known
    _warn_of_twins(importer, name, path)
    return importer.load_spec(spec)


def define(importer: Importer, name: str, source: str) -> Any:
    """Return a new module made from text; see `Space.define`."""
    name = str(ModuleName.parse(name))  # C pickle takes a plain text only
    known = importer.state.modules.get(name)
    if known is not None and not is_text(known):
        raise NameTaken(name=name, path="the text", taken_by=_described(known))
    return importer.load_spec(_spec_of_text(name, source, importer.name))


def is_text(module: Any) -> bool:
    """Return whether `module` was made from text."""
    return isinstance(getattr(getattr(module, "__spec__", None), "loader", None), TextLoader)


def _warn_of_twins(importer: Importer, name: str, path: str) -> None:
    for other, module in list(importer.state.modules.items()):
        if other != name and _is_file(module, path):
            warnings.warn(
                f"{path} is loaded as {name!r} and already as {other!r}: its classes and state exist "
                f"twice; use modules[{other!r}], or one name for both",
                LoadedTwice,
                stacklevel=4,  # who has called Space.load
            )


def _is_file(module: Any, path: str) -> bool:
    known = getattr(module, "__file__", None)
    return isinstance(known, str) and os.path.realpath(known) == os.path.realpath(path)


def _described(module: Any) -> str:
    """Return where a module came from, for a message."""
    return getattr(module, "__file__", None) or ("a text" if is_text(module) else repr(module))


def _name_of(path: str) -> str:
    """Return the module name that a file's own name gives: ``my-report`` for ``/x/my-report.py``.

    ``__init__.py`` is the package its folder is named after.
    """
    folder, base = os.path.split(path)
    for suffix in (*SOURCE_SUFFIXES, *EXTENSION_SUFFIXES, *BYTECODE_SUFFIXES):
        if base.endswith(suffix):
            base = base.removesuffix(suffix)
            break
    else:
        base = os.path.splitext(base)[0]
    # A dot would make it a submodule of something.
    return os.path.basename(folder) if base == "__init__" else base.replace(".", "_")


def _spec_of_file(name: str, path: str) -> ModuleSpec:
    """Return a spec that loads the file at the absolute `path` as `name`, whatever its suffix.

    Raises FileMissing, and NotRunnable for a folder.
    """
    if os.path.isdir(path):
        raise NotRunnable(
            target=path, reason="it is a folder; name a file in it, or put the folder on a path"
        )
    if not os.path.exists(path):
        raise FileMissing(path=path)
    loader = _loader(name, path)
    spec = ModuleSpec(name, loader, origin=path)
    spec.has_location = True
    if os.path.basename(path).partition(".")[0] == "__init__":
        spec.submodule_search_locations = [os.path.dirname(path)]
    return spec


def _loader(name: str, path: str) -> Any:
    if path.endswith(tuple(SOURCE_SUFFIXES)):
        return SourceFileLoader(name, path)
    if path.endswith(tuple(EXTENSION_SUFFIXES)):
        return ExtensionFileLoader(name, path)
    if path.endswith(tuple(BYTECODE_SUFFIXES)):
        return SourcelessFileLoader(name, path)
    return UncachedLoader(name, path)


class UncachedLoader(SourceFileLoader):
    """Loads source with an unusual suffix, and keeps no bytecode of it.

    ``report.txt`` and ``report.py`` would share one file in ``__pycache__``, and when they are equally long
    and equally old one would run as the other.
    """

    def path_stats(self, path: Any) -> Any:
        raise OSError(f"no bytecode is kept for {path}")


class TextLoader:
    """Loads a module from text that stands in no file (PEP 451, with `get_source` for tracebacks)."""

    def __init__(self, name: str, source: str, filename: str) -> None:
        self.name = name
        self.source = source
        self.filename = filename

    def create_module(self, spec: ModuleSpec) -> None:
        """Return None: an ordinary module will do."""

    def exec_module(self, module: Any) -> None:
        """Execute the text in the module's namespace."""
        exec(self.get_code(self.name), module.__dict__)  # noqa: S102  # this is what a loader is for

    def get_code(self, name: str) -> CodeType:  # noqa: ARG002
        """Return the compiled text; raise SyntaxError."""
        return compile(self.source, self.filename, "exec", dont_inherit=True)

    def get_source(self, name: str) -> str:  # noqa: ARG002
        """Return the text."""
        return self.source

    def is_package(self, name: str) -> bool:  # noqa: ARG002
        """Return False."""
        return False


def _spec_of_text(name: str, source: str, space: str) -> ModuleSpec:
    """Return a spec that loads `source` as `name`; tracebacks and `inspect.getsource` will show its lines.

    They look in `linecache`, where a row without a time stamp is never dropped for not being on disk. The
    file name tells the space, so that two spaces' texts of one name are two rows.
    """
    import linecache

    filename = f"<{name} in space {space}>"
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    return ModuleSpec(name, TextLoader(name, source, filename), origin=filename)  # type: ignore[arg-type]
