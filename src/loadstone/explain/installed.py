"""Which distribution a module is from, read from the ``.dist-info`` folders beside it; nothing is imported."""

from __future__ import annotations

import os
from dataclasses import dataclass

from loadstone.explain.folders import listed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Distribution", "distribution_of", "distributions", "normalised", "site_of"]


@dataclass(frozen=True, slots=True)
class Distribution:
    """An installed distribution: its name as its project writes it, its version, and its metadata folder."""

    name: str
    version: str
    folder: str

    def tops(self) -> set[str]:
        """Return the top-level modules that it installed, from RECORD, or top_level.txt where that is absent."""
        recorded = {
            _top(line.partition(",")[0].strip('"')) for line in _lines(self.folder, "RECORD", 2_000_000)
        }
        listed = {line.strip() for line in _lines(self.folder, "top_level.txt")}
        return {name for name in recorded | listed if name.isidentifier()}

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


def distributions(site: str) -> Iterator[Distribution]:
    """Yield the distributions installed in the folder `site`, by the name of their metadata folder."""
    for name in listed(site):
        if name.endswith((".dist-info", ".egg-info")):
            folder = os.path.join(site, name)
            yield _read(folder, name)


def distribution_of(site: str, module: str) -> tuple[str, str]:
    """Return the (name, version) of the distribution in `site` that holds the module; empty texts for none."""
    top = module.partition(".")[0]
    found = [one for one in distributions(site) if top in one.tops()]
    if len(found) > 1:  # a shared namespace, such as google: the file decides
        found = [one for one in found if _records(one, module)]
    return (found[0].name, found[0].version) if found else ("", "")


def site_of(path: Iterable[str], file: str) -> str:
    """Return the entry of the path that holds the file, the innermost of several; empty for none."""
    return max((entry for entry in path if file.startswith(entry + os.sep)), key=len, default="")


def normalised(name: str) -> str:
    """Return the name as installers compare it (PEP 503)."""
    for mark in "_.":
        name = name.replace(mark, "-")
    return "-".join(part for part in name.lower().split("-") if part)


def _read(folder: str, entry: str) -> Distribution:
    fields = dict(
        line.partition(": ")[::2] for line in _lines(folder, "METADATA") or _lines(folder, "PKG-INFO")
    )
    stem = entry.rpartition(".")[0]
    name, _, version = stem.partition("-")
    return Distribution(fields.get("Name", name), fields.get("Version", version), folder)


def _records(one: Distribution, module: str) -> bool:
    start = module.replace(".", "/")
    return any(
        line.startswith((start + "/", start + ".")) for line in _lines(one.folder, "RECORD", 2_000_000)
    )


def _top(path: str) -> str:
    first, slash, _ = path.partition("/")
    if slash:
        return first
    return first.partition(".")[0] if first.endswith((".py", ".so", ".pyd")) else ""


def _lines(folder: str, name: str, most: int = 20_000) -> list[str]:
    """Return the lines of one metadata file up to the first empty one, where the headers end."""
    path = os.path.join(folder, name) if os.path.isdir(folder) else folder if name == "PKG-INFO" else ""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read(most).split("\n\n")[0].splitlines()
    except OSError:
        return []
