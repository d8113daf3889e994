"""Which modules a package has, and which packages there are to be looked at."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.source.project import Library

__all__ = ["PACKAGES", "PREPARED", "STANDARD", "modules"]

PACKAGES = (
    *("django", "sympy", "pandas", "sqlalchemy", "rich", "attr", "attrs", "requests", "click", "jinja2"),
    "asyncio",
)
STANDARD = "stdlib"
"""Everything in the standard library but asyncio."""

PREPARED = {
    "django": """
import django
from django.conf import settings
apps = ("admin", "auth", "contenttypes", "flatpages", "messages", "redirects", "sessions", "sites", "staticfiles")
settings.configure(INSTALLED_APPS=[f"django.contrib.{app}" for app in apps], ROOT_URLCONF="django.contrib.auth.urls")
django.setup()
""",
}
"""What a program has to do before some modules of a package can be imported; run for those only."""

_LEFT_OUT = frozenset({"test", "tests", "testing", "__main__", "conftest", "idle_test"})
_EFFECTS = frozenset({"antigravity", "idlelib", "this", "turtledemo"})
"""They open a browser or a window, or print a poem."""

_ALIASES = frozenset({"_frozen_importlib", "_frozen_importlib_external"})
"""The interpreter's own names for importlib._bootstrap and its like, which have files."""


def modules(library: Library, package: str) -> list[str]:
    """Return the names of the package's modules, itself first; without tests, which need more than is installed."""
    if package != STANDARD:
        return list(_below(library, package)) if library.locate(package) else []
    tops = sorted(sys.stdlib_module_names - _EFFECTS - _ALIASES - _LEFT_OUT - {"asyncio"})
    return [name for top in tops if library.locate(top) for name in _below(library, top)]


def _below(library: Library, name: str) -> Iterator[str]:
    yield name
    for tail in library.submodules(name):
        if tail not in _LEFT_OUT and not tail.startswith("test_"):
            yield from _below(library, f"{name}.{tail}")
