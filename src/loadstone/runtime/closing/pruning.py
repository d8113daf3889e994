"""What the host keeps of a space in registries of the standard library, and how it lets go of it."""

from __future__ import annotations

import sys

from loadstone.runtime.views import PREFIX, ModuleView

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, MutableMapping
    from typing import Any

__all__ = ["prune"]

_HOOKS = ("excepthook", "displayhook", "unraisablehook", "breakpointhook")


def prune(ours: Callable[[Any], bool]) -> None:
    """Take what is `ours`, a space's, out of the host's registries; nothing is imported for it."""
    for name, act in _REGISTRIES.items():
        module = sys.modules.get(name)
        if module is not None:
            act(module, ours)
    _prune_views(ours)


def _sys(module: Any, ours: Callable[[Any], bool]) -> None:
    for name in _HOOKS:
        if ours(getattr(module, name, None)):
            setattr(module, name, getattr(module, f"__{name}__"))


def _threading(module: Any, ours: Callable[[Any], bool]) -> None:
    """Forget hooks, and what was to be called before threads end: concurrent.futures has something there."""
    if ours(module.excepthook):
        module.excepthook = module.__excepthook__
    exits = module._threading_atexits
    exits[:] = [each for each in exits if not ours(each)]


def _logging(module: Any, ours: Callable[[Any], bool]) -> None:
    """Take away handlers, filters and formatters of the space; of handlers that do nothing, one is enough."""
    if ours(module.getLoggerClass()):
        module.setLoggerClass(module.Logger)
    if ours(module.getLogRecordFactory()):
        module.setLogRecordFactory(module.LogRecord)
    known = module.root.manager.loggerDict
    for name, logger in list(known.items()):
        if ours(logger):
            del known[name]
    for logger in [module.root, *known.values()]:
        if isinstance(logger, module.Logger):
            _prune_logger(logger, module.NullHandler, ours)


def _prune_logger(logger: Any, null: type, ours: Callable[[Any], bool]) -> None:
    logger.filters[:] = [each for each in logger.filters if not ours(each)]
    idle = [each for each in logger.handlers if type(each) is null]
    for handler in list(logger.handlers):
        parts = (handler, handler.formatter, *handler.filters, getattr(handler, "stream", None))
        if any(map(ours, parts)) or handler in idle[1:]:
            logger.removeHandler(handler)


def _typing(module: Any, ours: Callable[[Any], bool]) -> None:
    """Empty the caches of subscriptions, ``Optional[Order]``, and forget those of functions of the space.

    They fill again by themselves. typing_extensions makes caches of its own with typing's decorator, which keeps them.
    """
    for clear in list(module._cleanups):
        clear()
    module._cleanups[:] = [clear for clear in module._cleanups if not ours(_cached_by(clear))]
    _prune_table(getattr(module, "_caches", {}), ours)


def _cached_by(clear: Any) -> Any:
    """Return the function whose cache ``cache_clear`` empties."""
    return getattr(getattr(clear, "__self__", None), "__wrapped__", None)


def _warnings(module: Any, ours: Callable[[Any], bool]) -> None:
    kept = [row for row in module.filters if not ours(row[2])]
    if len(kept) < len(module.filters):
        module.filters[:] = kept
        module._filters_mutated()


def _copyreg(module: Any, ours: Callable[[Any], bool]) -> None:
    _prune_table(module.dispatch_table, ours)


def _sqlite3(module: Any, ours: Callable[[Any], bool]) -> None:
    _prune_table(module.adapters, ours)
    _prune_table(module.converters, ours)


def _prune_table(table: MutableMapping[Any, Any], ours: Callable[[Any], bool]) -> None:
    for key, value in list(table.items()):
        if any(map(ours, (*_items(key), value))):
            table.pop(key, None)


def _items(key: Any) -> Iterator[Any]:
    yield from key if isinstance(key, tuple) else (key,)


def _prune_views(ours: Callable[[Any], bool]) -> None:
    """Forget what was imported as ``loadstone.spaces.NAME.module``: the view, and the attributes of its package."""
    for name, view in list(sys.modules.items()):
        if name.startswith(f"{PREFIX}."):
            if type(view) is ModuleView and ours(view.__wrapped__):
                del sys.modules[name]
            else:
                for word, value in list(vars(view).items()):
                    if ours(value):
                        delattr(view, word)


_REGISTRIES: dict[str, Callable[[Any, Callable[[Any], bool]], None]] = {
    "sys": _sys,
    "threading": _threading,
    "logging": _logging,
    "typing": _typing,
    "warnings": _warnings,
    "copyreg": _copyreg,
    "sqlite3.dbapi2": _sqlite3,
}
