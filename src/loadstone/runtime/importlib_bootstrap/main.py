"""Running a program as the ``__main__`` of a space."""

from __future__ import annotations

import os
import sys
from importlib.machinery import SourceFileLoader, SourcelessFileLoader

from loadstone.errors import FileMissing, NotRunnable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec
    from types import CodeType
    from typing import Any

    from loadstone.runtime.importlib_bootstrap.importer import Importer

__all__ = ["run_main"]


def run_main(importer: Importer, target: str, argv: list[str]) -> Any:
    """Execute `target` as ``__main__`` and return that module; see `Space.run`."""
    if not _is_path(target):
        return _run_module(importer, target, argv)
    path = os.path.abspath(target)
    if not os.path.exists(path):
        raise FileMissing(path=path)
    if os.path.isdir(path) or importer.path_finder.finder_of(path) is not None:
        return _run_container(importer, path, argv)
    return _run_file(importer, path, [target, *argv])


def _is_path(target: str) -> bool:
    """Return whether `target` is meant as a file: by its separator or suffix, or because one is there."""
    separators = [os.sep, os.altsep] if os.altsep else [os.sep]
    return (
        any(mark in target for mark in separators)
        or target.endswith((".py", ".pyw", ".pyc", ".pyz", ".zip"))
        or os.path.exists(target)
    )


def _run_file(importer: Importer, path: str, argv: list[str]) -> Any:
    kind = SourcelessFileLoader if path.endswith(".pyc") else SourceFileLoader
    loader = kind("__main__", path)
    code = (
        loader.get_code("__main__")
        if path.endswith(".pyc")
        else loader.source_to_code(loader.get_data(path), path)
    )
    importer.state.path.insert(0, os.path.dirname(path))
    return _execute(importer, code, argv, __file__=path, __loader__=loader)


def _run_container(importer: Importer, path: str, argv: list[str]) -> Any:
    finder = importer.path_finder.finder_of(path)
    spec = None if finder is None else finder.find_spec("__main__")
    if spec is None or spec.loader is None:
        raise NotRunnable(target=path, reason="it has no __main__.py; add one, or name a file in it")
    importer.state.path.insert(0, path)
    return _run_spec(importer, spec, [path, *argv])


def _run_module(importer: Importer, name: str, argv: list[str]) -> Any:
    from loadstone.runtime.importlib_bootstrap.api import find_spec

    spec = find_spec(importer, name)
    if spec is not None and spec.submodule_search_locations is not None:
        spec = find_spec(importer, f"{name}.__main__")
        if spec is None:
            raise NotRunnable(target=name, reason="it is a package without a __main__ module")
    if spec is None:
        raise NotRunnable(target=name, reason="there is no module of that name on the path")
    return _run_spec(importer, spec, [spec.origin or name, *argv])


def _run_spec(importer: Importer, spec: ModuleSpec, argv: list[str]) -> Any:
    get_code = getattr(spec.loader, "get_code", None)
    code = None if get_code is None else get_code(spec.name)
    if code is None:
        raise NotRunnable(target=spec.name, reason=f"its loader has no Python code for it ({spec.origin})")
    location = spec.origin if spec.has_location else None
    return _execute(
        importer, code, argv, __spec__=spec, __loader__=spec.loader, __package__=spec.parent,
        __file__=location, __cached__=spec.cached,
    )  # fmt: skip


def _execute(importer: Importer, code: CodeType | None, argv: list[str], **attributes: Any) -> Any:
    """Execute `code` in a new ``__main__`` with the attributes that Python gives its own (PEP 338, PEP 366)."""
    module: Any = type(sys)("__main__")
    module.__dict__.update({"__cached__": None, "__package__": None, "__spec__": None, **attributes})
    if sys.version_info < (3, 14):  # from then on the module works its annotations out when asked (PEP 649)
        module.__annotations__ = {}
    importer.prepare(module)
    importer.set_argv(argv)
    importer.state.modules["__main__"] = module
    assert code is not None
    exec(code, module.__dict__)  # running a program is the point
    if importer.watch is not None:
        importer.watch.executed("__main__", module)
    return module
