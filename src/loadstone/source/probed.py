"""What a live module holds, as plain data.

Also run by itself, as the helper process of `probe`: it imports nothing of ours.
"""

from __future__ import annotations

import builtins
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

__all__ = ["describe"]

Facts = tuple[str, str, str]
"""Kind of the object, and the module and the name that it claims to be from."""


def describe(module: ModuleType) -> dict[str, Facts]:
    """Return {name: (kind, module, name)} for a live module, without the names that Python gives to each."""
    names = vars(module)
    return {
        name: _facts(module.__name__, name, value, names)
        for name, value in list(names.items())
        if isinstance(name, str) and name not in _EVERY_MODULE  # type: ignore[redundant-expr]  # any key can be there
    }


_EVERY_MODULE = frozenset(
    ("__name__", "__doc__", "__package__", "__loader__", "__spec__", "__file__", "__path__", "__builtins__")
)
_MODULE = type(sys)


def _facts(module: str, name: str, value: Any, names: dict[str, Any]) -> Facts:
    if isinstance(value, _MODULE):
        return ("module", str(value.__name__), "")
    kind = _kind(value)
    if kind == "variable":
        return (kind, module, name)
    home, own = getattr(value, "__module__", None), getattr(value, "__name__", None)
    if not isinstance(own, str):
        return (kind, module, name)
    if home == module or not isinstance(home, str):
        return (kind, module, own if names.get(own) is value else name)
    return (
        (kind, home, own)
        if _holds(home, own, value)
        else (kind, module, own if names.get(own) is value else name)
    )


def _kind(value: Any) -> str:
    if isinstance(value, type):
        return "class"
    return "function" if type(value).__name__ in _FUNCTIONS else "variable"


_FUNCTIONS = frozenset(
    ("function", "builtin_function_or_method", "cython_function_or_method", "fused_cython_function")
)


def _holds(module: str, name: str, value: Any) -> bool:
    home = builtins if module == "builtins" else sys.modules.get(module)
    return home is not None and vars(home).get(name) is value


# The helper process: one request a line on its input, one answer a line on its output, both JSON.


def _serve() -> None:
    import json
    import os

    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)  # what a module prints while it is imported is no answer
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = describe(_load(request["name"], request["path"]))
        except BaseException:  # noqa: BLE001  # an extension may raise anything; its names are unknown then
            answer = None
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def _load(name: str, path: str | None) -> ModuleType:
    """Load an extension from its own file; if it needs its package, import that, where it is this very file."""
    import importlib
    import importlib.machinery
    import importlib.util

    if path is None:
        return importlib.import_module(name)
    try:
        loader = importlib.machinery.ExtensionFileLoader(name, path)
        spec = importlib.util.spec_from_file_location(name, path, loader=loader)
        assert spec is not None
        module = importlib.util.module_from_spec(spec)
        loader.exec_module(module)
    except ImportError:
        sys.modules.pop(name, None)  # Cython registers a module that is half made, and would find it again
        module = importlib.import_module(name)
        if module.__file__ != path:
            raise
    return module


if __name__ == "__main__":
    _serve()
