"""What a module is: its kind, its file, and the distribution it belongs to."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from loadstone.explain.installed import Distribution, distribution_of, distributions
from loadstone.explain.state import origin_of
from loadstone.report.text import relative

if TYPE_CHECKING:
    from loadstone.source.finder import Location
    from loadstone.source.project import Library
    from loadstone.trace import Resolution

__all__ = ["KINDS", "About", "about", "about_found"]

KINDS = {
    "module": "a module",
    "package": "a package",
    "namespace": "a namespace package",
    "extension": "an extension module",
    "built-in": "a built-in module",
    "frozen": "a frozen module",
    "bytecode": "a module without source",
    "space": "a module of a declared space",
}


@dataclass(frozen=True, slots=True)
class About:
    """Kind and place of a module. `distribution` and `version` are empty for what no distribution holds."""

    kind: str
    path: str | None
    search: tuple[str, ...]
    distribution: str = ""
    version: str = ""
    standard: bool = False

    def __str__(self) -> str:
        where = self.path or ("" if self.kind == "space" else ", ".join(self.search))
        place = f" ({relative(where)})" if where else ""
        return f"{KINDS.get(self.kind, self.kind)}{self.owner}{place}"

    @property
    def owner(self) -> str:
        """Whose the module is, as it reads after its kind: `` of click 8.1.7``; empty for the program's own."""
        if self.standard and self.kind != "built-in":
            return " of the standard library"
        return f" of {self.distribution} {self.version}".rstrip() if self.distribution else ""


def about(library: Library, location: Location) -> About:
    """Return what the module at `location` is; distributions are read from their metadata, nothing is imported."""
    standard = library.is_standard(location.name)
    name, version = ("", "") if standard else _distribution(library, location)
    return About(location.kind, location.path, location.search, name, version, standard)


def about_found(library: Library, name: str, path: str | None, way: Resolution | None = None) -> About:
    """Return what a module is that was found at `path`, whether or not the library would lead there."""
    kind, search = (way.kind or "module", way.search) if way is not None else ("module", ())
    place = path or (search[0] if search else "")
    entry = next((one for one in library.path if place.startswith(one.rstrip(os.sep) + os.sep)), "")
    standard = kind in ("built-in", "frozen") or origin_of(place) == "standard library"
    owner = ("", "") if standard or not entry else _owner(library, entry, name, place)
    return About(kind, path, search, *owner, standard)


def _owner(library: Library, entry: str, name: str, place: str) -> tuple[str, str]:
    found = distribution_of(entry, name)
    return found if found[0] else _editable(library, place)


def _distribution(library: Library, location: Location) -> tuple[str, str]:
    folder = library.root(location.name.partition(".")[0])
    if folder is None:
        return "", ""
    return _owner(library, folder, location.name, location.path or location.search[0])


def _editable(library: Library, place: str) -> tuple[str, str]:
    """Return the distribution that was installed as a link to the folder in which the module lies (PEP 610)."""
    for entry in library.path:
        for one in distributions(entry):
            home = _linked(one)
            if home and place.startswith(home + os.sep):
                return one.name, one.version
    return "", ""


def _linked(one: Distribution) -> str:
    try:
        with open(os.path.join(one.folder, "direct_url.json"), encoding="utf-8") as file:
            facts = json.load(file)
    except (OSError, ValueError):
        return ""
    if not facts.get("dir_info", {}).get("editable"):
        return ""
    path = unquote(urlsplit(facts.get("url", "")).path)
    # file:///C:/code has a slash before the drive.
    return os.path.normpath(path.removeprefix("/") if os.name == "nt" else path)
