"""A child process that imports modules, each in a fork of its own, and says where a prediction of its names is wrong.

One JSON object a line. In: ``{"module": "click", "origins": {"Path": [["click.types", "Path", "class"]]}}``, of which
one has to be right; "prepare" is code to run before a module that cannot be imported without.
Out: ``{"names": ["Path", ...], "wrong": {"Path": "what it is"}}``, or ``{"error": "..."}``.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from types import FunctionType, ModuleType
from typing import Any

ABSENT = object()
SECONDS = 60


def main() -> None:
    """Answer each line of standard input."""
    for line in sys.stdin:
        asked = json.loads(line)
        answer = _forked(asked, "")
        if "error" in json.loads(answer) and asked["prepare"]:
            answer = _forked(asked, asked["prepare"])
        print(answer, flush=True)


def _forked(asked: dict[str, Any], prepare: str) -> str:
    """Return the answer of a fork, so that no module is there because another has been imported before."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.close(read)
        signal.alarm(SECONDS)
        _silence()
        with os.fdopen(write, "w") as pipe:
            pipe.write(json.dumps(_answer(asked["module"], asked["origins"], prepare)))
            pipe.flush()
            os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    return answer or json.dumps({"error": "the import ended the process, or took too long"})


def _silence() -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)


def _answer(name: str, origins: dict[str, list[list[str]]], prepare: str) -> dict[str, Any]:
    try:
        exec(prepare, {})  # what packages.py has
        before = frozenset(sys.modules)
        __import__(name)
        module = sys.modules[name]
    except BaseException as error:  # noqa: BLE001 - SystemExit too: whatever a module does when it is imported
        return {"error": f"{type(error).__name__}: {error}"}
    # Its names need not be texts.
    names: dict[object, object] = dict(vars(module).items())
    wrong = {
        key: _described(names[key])
        for key, several in origins.items()
        if key in names and all(_wrong(names[key], *one) for one in several)
    }
    texts = sorted(key for key in names if isinstance(key, str))
    # Submodules that the preparation has imported are names of their package, which it would not have by itself.
    return {
        "names": [key for key in texts if key in origins or f"{name}.{key}" not in before],
        "wrong": wrong,
    }


def _wrong(value: object, module: str, name: str, kind: str) -> bool:
    """Whether the value is not what stands at its predicted origin, or was made elsewhere."""
    home = sys.modules.get(module)
    if not name:
        return home is None or value is not home
    there = vars(home).get(name, ABSENT) if home is not None else ABSENT
    if there is value:
        made = _made_by(value) if kind in {"function", "class"} else vars(home)
        return made is not vars(home) and made.get("__name__") != module and made.get(name, ABSENT) is value
    # It may have been bound anew at its origin since: what the value says of itself then counts.
    own = (getattr(value, "__module__", None), getattr(value, "__qualname__", None))
    return own != (module, name)


def _made_by(value: object) -> dict[str, Any]:
    """Return the names of the module whose code made a function or class; empty where that cannot be told.

    ``__module__`` can be set to anything; the globals of a function cannot. A wrapper's are its decorator's.
    """
    for function in [value, *(vars(value).values() if isinstance(value, type) else ())]:
        if isinstance(function, FunctionType) and function.__code__.co_qualname == function.__qualname__:
            owner = function.__qualname__.rpartition(".")[0]
            if value is function or owner == getattr(value, "__qualname__", None):
                return function.__globals__
    return {}


def _described(value: object) -> str:
    if isinstance(value, ModuleType):
        return f"module {value.__name__}"
    home, name = getattr(value, "__module__", None), getattr(value, "__qualname__", None)
    return f"{home}:{name}" if isinstance(name, str) else f"a {type(value).__name__}"


if __name__ == "__main__":
    main()
