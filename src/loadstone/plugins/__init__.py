"""Plugins, each in a space of its own: `loadstone.plugins(directory)`.

    host = loadstone.plugins("plugins", share=["app_api"])
    for plugin in host.load():
        plugin.module.start()
    for plugin in host.failed:
        print(plugin.problem)

A plugin is a subdirectory with an ``__init__.py`` or a ``plugin.py``. What it requires stands in its own
``pyproject.toml``, as ``dependencies`` of ``[project]``, and no other plugin sees it. Where the program declares a
space of the plugin's name, the plugin gets a space made as declared there.

This package is itself the function, as `loadstone.explain` is.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    from loadstone.plugins.collection import Plugins

__all__ = ["plugins"]


def plugins(directory: str | os.PathLike[str], *, share: Iterable[str] = ()) -> Plugins:
    """Return the plugins in a directory, none of them loaded; `share` names modules of the host that they all get.

    Raises FileMissing for a directory that is not there.
    """
    from loadstone.plugins.collection import Plugins

    return Plugins(directory, share=share)


class _Callable(type(sys)):  # type: ignore[misc]  # the type of modules, without importing types
    __call__ = staticmethod(plugins)


sys.modules[__name__].__class__ = _Callable
