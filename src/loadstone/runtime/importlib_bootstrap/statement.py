"""The functions that an import statement, and `importlib.import_module`, call."""

from __future__ import annotations

from loadstone.runtime.importlib_bootstrap.frames import trim
from loadstone.runtime.importlib_bootstrap.importer import is_busy
from loadstone.runtime.importlib_bootstrap.relative import absolute, from_package

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from loadstone.runtime.importlib_bootstrap.importer import Importer

__all__ = ["import_function", "import_module"]


def import_function(importer: Importer) -> Callable[..., Any]:  # noqa: C901
    """Return an ``__import__`` for the state of `importer`."""
    state = importer.state

    def __import__(  # noqa: C901, PLR0912  # one frame, for depth and speed
        name: str,
        globals: dict[str, Any] | None = None,
        locals: dict[str, Any] | None = None,
        fromlist: Any = (),
        level: int = 0,
    ) -> Any:
        try:
            # What is imported already, and fully executed, is answered from two dicts. Anything else about the
            # statement, its mistakes included, is left to the code below.
            if not level:
                module = state.modules[name]
                if not module.__spec__._initializing:
                    if not fromlist:
                        if "." not in name:
                            return module
                        head, _, tail = name.partition(".")
                        module = state.modules[head]
                        if tail in module.__dict__ and not module.__spec__._initializing:
                            return module
                    elif type(fromlist) is tuple:  # not an iterator, which can be read only once
                        names = module.__dict__
                        for item in fromlist:
                            if item not in names:
                                break
                        else:
                            return module
        except (KeyError, AttributeError, TypeError):
            pass
        try:
            full = absolute(name, globals, level)
            module = state.modules.get(full)
            if module is None:
                module = importer.find_and_load(full)
            elif is_busy(module):
                module = importer.wait(full)
            return importer.bound(module, name, full, fromlist, level)
        except BaseException as error:
            trim(error)
            raise

    return __import__


def import_module(importer: Importer, name: str, package: str | None = None) -> Any:
    """Return the module `name`, as `importlib.import_module` does; leading dots are relative to `package`."""
    try:
        level = len(name) - len(name.lstrip(".")) if hasattr(name, "lstrip") else 0
        if level and not package:
            raise TypeError(f"the 'package' argument is required to perform a relative import for {name!r}")
        full = from_package(name[level:], package, level)
        if importer.watch is None:
            return importer.ensure(full)
        return importer.watch.ensure(importer, full)
    except BaseException as error:
        trim(error)
        raise
