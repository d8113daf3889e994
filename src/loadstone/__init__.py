"""A module system for Python: clear names, and several worlds of modules in one process.

    space = loadstone.Space("plugins", path=["plugins"])     a world of modules of its own
    report = space.import_module("report")
    print(loadstone.show(report))                            every name, where it came from, what it hid
    host = loadstone.plugins("plugins")                      a folder of plugins, each with its own requirements
    print(loadstone.explain(error))                          why an import failed, and the cheapest repair

`Space.host()` is the world that Python itself started with. `install()` prints explanations below the
tracebacks of plain ``python``; `uninstall()` takes that back. Importing this package changes nothing; its
parts are imported when they are first used.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from loadstone.errors import LoadstoneError, NameConflict
    from loadstone.explain import explain, install, uninstall
    from loadstone.plugins import plugins
    from loadstone.report.show import show
    from loadstone.runtime.events import ImportEvent
    from loadstone.runtime.space import Space

__all__ = [
    "ImportEvent",
    "LoadstoneError",
    "NameConflict",
    "Space",
    "explain",
    "install",
    "plugins",
    "show",
    "uninstall",
]

__version__ = "0.1.0"

_HOMES = {
    "ImportEvent": "loadstone.runtime.events",
    "LoadstoneError": "loadstone.errors",
    "NameConflict": "loadstone.errors",
    "Space": "loadstone.runtime.space",
    "explain": "loadstone.explain",
    "install": "loadstone.explain",
    "plugins": "loadstone.plugins",
    "show": "loadstone.report.show",
    "uninstall": "loadstone.explain",
}


def __getattr__(name: str) -> Any:
    """Return a public name from the module it lives in, imported now (PEP 562)."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    # `explain` and `plugins` are packages that are themselves the function; all else is an attribute of its home.
    module = __import__(home, fromlist=["__name__"])
    value = module if home == f"{__name__}.{name}" else getattr(module, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
