"""Import a module of a tree in one of three ways, and say all that can be seen of it afterwards.

``python probe.py WAY FOLDER STATEMENT`` prints a JSON object; ``python probe.py serve`` reads such arguments as
JSON lines, and prints an object for each, from a process forked for it. The ways:

    native  Python's own import
    host    Loadstone's algorithm over `sys`
    space   a private space, in a process whose own `sys.modules` is full of decoys: other modules of the same names
"""

from __future__ import annotations

import builtins
import contextlib
import importlib
import io
import json
import os
import sys
import traceback
import types
import warnings
from pathlib import Path


def observe(way, folder, statement):
    """Return what there is to see after `statement` was executed: namespaces, output, warnings and the error."""
    execute, modules = WAYS[way](folder)
    output = io.StringIO()
    error = None
    with contextlib.redirect_stdout(output), warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            execute(statement)
        except BaseException as raised:
            error = raised
    return {
        "error": None if error is None else seen_error(error, folder),
        "output": output.getvalue().replace(folder, ""),
        "warnings": [seen_warning(row, folder) for row in caught],
        "modules": {
            name: seen_module(module, folder)
            for name, module in modules().items()
            if is_of(module, folder) or name in statement.split()
        },
    }


def natively(folder):
    sys.path.insert(0, folder)
    namespace = {"__name__": "probe"}
    return lambda statement: exec(compile(statement, "<probe>", "exec"), namespace), lambda: dict(sys.modules)


def in_host(folder):
    from loadstone.runtime.importlib_bootstrap.importer import Importer
    from loadstone.runtime.importlib_bootstrap.locks import host_lock
    from loadstone.runtime.importlib_bootstrap.statement import import_function

    builtins.__import__ = import_function(Importer(sys, host_lock))
    return natively(folder)


def in_space(folder):
    from loadstone import Space

    import_decoys(folder)
    space = Space("probe", path=[folder])
    namespace = {"__name__": "probe", "__builtins__": space.import_module("builtins").__dict__}
    return lambda statement: exec(compile(statement, "<probe>", "exec"), namespace), lambda: dict(
        space.modules
    )


def import_decoys(folder):
    """Put a module of each name of the tree into `sys.modules`, and onto its parent."""
    for path in sorted(Path(folder).rglob("*.py")):
        parts = path.relative_to(folder).with_suffix("").parts
        for count in range(1, len(parts) + (parts[-1] != "__init__")):
            name = ".".join(parts[:count])
            if name in sys.modules:
                continue
            decoy = sys.modules[name] = types.ModuleType(name, "a decoy")
            decoy.__path__ = []
            decoy.leaked = "from the host"
            if count > 1:
                setattr(sys.modules[".".join(parts[: count - 1])], parts[count - 1], decoy)


WAYS = {"native": natively, "host": in_host, "space": in_space}


# The probe itself; and importlib.import_module, whose frame Python shows.
HIDDEN = {__file__, importlib.__file__}


def is_of(module, folder):
    """Return whether `module` is a file or a namespace package of the tree."""
    names = getattr(module, "__dict__", {})
    try:
        places = [names.get("__file__"), *(names.get("__path__") or ())]
    except (KeyError, TypeError):  # a namespace package whose parent is gone, or no path at all
        places = [names.get("__file__")]
    return any(isinstance(place, str) and place.startswith(folder) for place in places)


def seen_module(module, folder):
    """Return the namespace of a module as text, in its order."""
    hidden = {"__builtins__", "__annotations__"}
    names = getattr(module, "__dict__", {"": module})
    return {name: seen(value, folder) for name, value in names.items() if name not in hidden}


def seen(value, folder):
    """Return a text that is the same for the same value in two processes."""
    if isinstance(value, types.ModuleType):
        own = is_of(value, folder) and len(vars(value).keys() - {"__builtins__"})
        return f"module {value.__name__}, {own} names, {value.__dict__.get('leaked', 'own')}"
    if type(value).__name__ == "ModuleSpec":
        return (
            f"spec {value.name} {value.origin} {value.cached} {value.has_location} {value.parent} "
            f"{value.submodule_search_locations and list(value.submodule_search_locations)}"
        ).replace(folder, "")
    if type(value).__name__ == "_NamespacePath" or type(value).__name__ == "NamespacePath":
        return f"path {list(value)}".replace(folder, "")
    if isinstance(value, (type, types.FunctionType)):
        return f"{type(value).__name__} {value.__module__}.{value.__qualname__}"
    if isinstance(value, (str, int, float, list, tuple, dict, set, type(None), BaseException)):
        return repr(value).replace(folder, "")
    return type(value).__name__


def seen_warning(row, folder):
    """Return a warning with the place it points at; within the import system, that is ours or Python's."""
    inside = "importlib" in row.filename and "_bootstrap" in row.filename
    where = "the import system" if inside else f"{row.filename}:{row.lineno}"
    return f"{where}: {row.category.__name__}: {row.message}".replace(folder, "")


def seen_error(error, folder):
    """Return an exception with its attributes and its traceback, and those that it came from."""
    return {
        "type": type(error).__name__,
        "text": str(error).replace(folder, ""),
        "fields": {
            name: repr(getattr(error, name, None)).replace(folder, "")
            for name in ("name", "path", "name_from", "filename", "lineno", "offset", "text", "errno")
        },
        "traceback": [
            f"{row.filename}:{row.lineno} {row.name}".replace(folder, "")
            for row in traceback.extract_tb(error.__traceback__)
            if row.filename not in HIDDEN and not row.filename.startswith("<frozen ")
        ],
        "cause": error.__cause__ and seen_error(error.__cause__, folder),
        # A context that is not shown came from the import system, and holds its frames in both.
        "context": error.__context__
        and (
            repr(error.__context__) if error.__suppress_context__ else seen_error(error.__context__, folder)
        ),
        "suppress": error.__suppress_context__,
    }


def serve():
    """Answer each line of standard input; a fork is twenty times as quick as a new interpreter."""
    import loadstone  # noqa: F401  # once, for all children

    for line in sys.stdin:
        child = os.fork()
        if not child:
            answer(*json.loads(line))
            os._exit(0)
        os.waitpid(child, 0)


def answer(way, folder, statement):
    """Print what there is to see."""
    folder = os.path.realpath(folder)
    os.chdir(folder)
    print(json.dumps(observe(way, folder, statement)), flush=True)


if __name__ == "__main__":
    serve() if sys.argv[1:] == ["serve"] else answer(*sys.argv[1:])
