"""Shared by the checks of the standard library: one program, run by Python itself and inside a space."""

from __future__ import annotations

import builtins
import sys
import types
from typing import TYPE_CHECKING

import pytest

from loadstone.testing import tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NATIVELY = "import os, sys; sys.path[0] = os.getcwd(); import program; print(repr(program.run()))"


@pytest.fixture
def same(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Return a function that asserts that ``program.run()`` gives the same natively and in a space, and returns it.

    Meanwhile the host has other modules under the names of the program's, which nothing may take for them.
    The folder's name is HERE in the text.
    """

    def check(files: dict[str, str] | None = None, /, **modules: str) -> str:
        written = {**(files or {}), **{f"{name}.py": text for name, text in modules.items()}}
        with tree(written) as t:
            done = t.python("-c", NATIVELY)
            assert done.returncode == 0, done.stderr
            for path in written:
                _put_decoys(monkeypatch, path)
            got = repr(t.space().import_module("program").run())
            native, ours = (text.strip().replace(str(t.path), "HERE") for text in (done.stdout, got))
        assert ours == native
        assert private_in_the_host() == []
        return native

    return check


def _put_decoys(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    name = path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
    while path.endswith(".py") and name:
        if name not in sys.modules:
            decoy = types.ModuleType(name)
            decoy.__path__ = []
            monkeypatch.setitem(sys.modules, name, decoy)
        name = name.rpartition(".")[0]


def private_in_the_host() -> list[str]:
    """Return the modules of the host that belong to some space, itself or by what is bound on them; none should."""
    return [name for name, module in list(sys.modules.items()) if any(map(_is_private, _with_bound(module)))]


def _with_bound(module: object) -> Iterator[object]:
    yield module
    if str(getattr(module, "__name__", "")).partition(".")[0] in sys.stdlib_module_names:
        yield from (value for value in vars(module).values() if isinstance(value, types.ModuleType))


def _is_private(module: object) -> bool:
    known = getattr(module, "__dict__", {}).get("__builtins__", builtins)
    return known is not builtins and known is not vars(builtins)
