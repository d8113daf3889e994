"""A process that imports modules, one after another, each into a clean slate: what Python really makes of a tree."""

import json
import sys
import types

BEFORE = set(sys.modules)


def label(value):
    """Return the origin that a value carries: each definition of the generated modules says where it stands."""
    if isinstance(value, types.ModuleType):
        return value.__name__
    if isinstance(value, dict):
        return value.get("home")
    if isinstance(value, (list, tuple)):
        return None
    return f"{value.__module__}:{value.__qualname__}"


def answer(folder, module):
    """Return {name: origin} of a module imported afresh, or None where the import fails."""
    for name in set(sys.modules) - BEFORE:
        del sys.modules[name]
    sys.path_importer_cache.clear()
    sys.path[0] = folder
    try:
        __import__(module)
    except Exception:
        return None
    names = vars(sys.modules[module])
    return {name: label(value) for name, value in names.items() if not name.startswith("__")}


sys.dont_write_bytecode = True
sys.path.insert(0, "")
for line in sys.stdin:
    folder, modules = json.loads(line)
    print(json.dumps({module: answer(folder, module) for module in modules}), flush=True)
