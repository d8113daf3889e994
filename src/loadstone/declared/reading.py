"""From a TOML file to Declarations: everything that is wrong there is reported at once, each with its line."""

from __future__ import annotations

import keyword
import os
from typing import TYPE_CHECKING, Any

from loadstone.declared.declaration import HOST, Declaration
from loadstone.declared.rings import ring
from loadstone.errors import BadSharing
from loadstone.runtime.policy import Policy
from loadstone.settings.tables import TableReader
from loadstone.words import unknown

if TYPE_CHECKING:
    from collections.abc import Callable

    Place = tuple[str, ...]

__all__ = ["TABLE", "read"]

TABLE = ("tool", "loadstone", "spaces")


def read(path: str, base: str, locks: str) -> dict[str, Declaration]:
    """Return the spaces that the file declares, by name; empty where there is no file or no table.

    `base` is the folder for installations, `locks` that of the lock files. Raises BadOptions with all problems.
    """
    table = TableReader.open(path, *TABLE)
    if table is None:
        return {}
    found = _Reader(table, base, locks).spaces()
    table.finish()
    return found


class _Reader:
    """The forms that the values of these tables have. Each returns something usable, and notes what is wrong."""

    def __init__(self, table: TableReader, base: str, locks: str) -> None:
        self.table = table
        self.base = base
        self.locks = locks
        self.names: tuple[str, ...] = ()

    def spaces(self) -> dict[str, Declaration]:
        tables = self.table.table()
        self.names = tuple(tables)
        self.twins()
        found = {name: self.space((*TABLE, name), name, value) for name, value in tables.items()}
        neighbours = {name: space.neighbours for name, space in found.items()}
        for start, names in ring(neighbours):
            chain = " imports from ".join(names)
            self.table.problem((*TABLE, start, "imports-from"), f"it makes a ring: {chain}")
        return found

    def space(self, place: Place, name: str, value: Any) -> Declaration:
        self.name(place, name, value)
        plain = value if isinstance(value, dict) else {}
        plain = {key: entry for key, entry in plain.items() if not _is_below(key, entry)}
        entries = self.table.known(plain, _FIELDS, place)
        fields = {_FIELDS[key][0]: _FIELDS[key][1](self, (*place, key), entry) for key, entry in entries}
        self.sharing(place, name, fields)
        return Declaration(
            name=name,
            source=self.table.path,
            line=self.table.line(place),
            base=self.base,
            lock=os.path.join(self.locks, f"pylock.{name}.toml"),
            requires_python=self.requires_python(),
            **fields,
        )

    def name(self, place: Place, name: str, value: Any) -> None:
        """Note what keeps the space from being named in an import statement."""
        if not isinstance(value, dict):
            self.table.problem(place, "a space is a table: [tool.loadstone.spaces.NAME]")
        elif "." in name:
            self.table.problem(place, _DOTTED)
        elif below := [key for key, inner in value.items() if isinstance(inner, dict) and key not in _FIELDS]:
            self.table.problem((*place, below[0]), _DOTTED)
        elif keyword.iskeyword(name):
            self.table.problem(
                place, f"{name!r} is a word of the language, which no import statement can name"
            )
        elif not name.isidentifier() or name.startswith("__"):
            self.table.problem(place, f"{name!r} is no name for a module: use letters, digits and _")
        elif name == HOST:
            self.table.problem(place, "'host' is the space that Python itself starts with: use another name")

    def twins(self) -> None:
        """Note names that are one folder where file systems know no case."""
        seen: dict[str, str] = {}
        for name in self.names:
            other = seen.setdefault(name.lower(), name)
            if other != name:
                self.table.problem((*TABLE, name), f"it differs from {other!r} in nothing but case")

    def sharing(self, place: Place, name: str, fields: dict[str, Any]) -> None:
        """Note what a Space would not take."""
        try:
            Policy.parse(name, fields.get("share", {}), fields.get("deny", ()))
        except BadSharing as error:
            for problem in error.problems:
                rule = "deny" if problem.startswith("deny") else "share"
                self.table.problem((*place, rule), problem)

    def requires_python(self) -> str | None:
        project = self.table.data.get("project")
        value = project.get("requires-python") if isinstance(project, dict) else None
        return value if isinstance(value, str) else None

    def requirements(self, place: Place, value: Any) -> tuple[str, ...]:
        found = self.table.a_list(place, value, 'requirements, such as ["pydantic<2"]')
        for text in found:
            if not text.strip():
                self.table.problem(place, 'an empty text is no requirement: write "name" or "name<2"')
        return found

    def folders(self, place: Place, value: Any) -> tuple[str, ...]:
        above = os.path.dirname(self.table.path)
        found = self.table.a_list(place, value, 'folders, such as ["plugins/legacy"]')
        full = {text: os.path.normpath(os.path.join(above, text)) for text in found}
        for text, path in full.items():
            if not os.path.exists(path):
                self.table.problem(place, f"there is no folder {text!r} in {above}")
        return tuple(full.values())

    def shares(self, place: Place, value: Any) -> dict[str, str]:
        if isinstance(value, dict):
            return self.table.a_table(place, value, self.giver)
        return dict.fromkeys(self.table.a_list(place, value, 'names, such as ["app_api"]'), HOST)

    def giver(self, place: Place, value: Any) -> str:
        if value != HOST:
            self.neighbour(place, value)
        return str(value)

    def denials(self, place: Place, value: Any) -> tuple[str, ...]:
        return self.table.a_list(place, value, 'names, such as ["socket"]')

    def neighbours(self, place: Place, value: Any) -> tuple[str, ...]:
        found = self.table.a_list(place, value, 'spaces, such as ["modern"]')
        for name in found:
            self.neighbour(place, name)
        return found

    def neighbour(self, place: Place, name: Any) -> None:
        if name not in self.names:
            self.table.problem(place, unknown("space", name, self.names))
        elif name == place[len(TABLE)]:
            self.table.problem(place, "a space has its own modules without being told")


_FIELDS: dict[str, tuple[str, Callable[[_Reader, Place, Any], Any]]] = {
    "dependencies": ("dependencies", _Reader.requirements),
    "path": ("path", _Reader.folders),
    "share": ("share", _Reader.shares),
    "deny": ("deny", _Reader.denials),
    "imports-from": ("imports_from", _Reader.neighbours),
}


_DOTTED = "the name of a space has no dots: import statements have it as one word"


def _is_below(key: str, entry: Any) -> bool:
    """Whether an entry is that of a header with a name of two words: ``[tool.loadstone.spaces.a.b]``."""
    return isinstance(entry, dict) and key not in _FIELDS
