"""On which line of a TOML file a key stands; the standard library's parser does not tell."""

from __future__ import annotations

import re

__all__ = ["line_of"]

_HEADER = re.compile(r"\s*\[\[?\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(
    r"""\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*="""
)
_PART = re.compile(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""")


def line_of(text: str, key: tuple[str, ...]) -> int:
    """Return the line of a key, given with its tables; that of the innermost table around it that has a line.

    A key inside an inline table has the line of that table; 1 where nothing of it is written.
    """
    best, length = 1, 0
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), 1):
        header = _HEADER.match(line)
        entry = None if header else _KEY.match(line)
        if header:
            table = found = _parts(header[1])
        elif entry:
            found = (*table, *_parts(entry[1]))
        else:
            continue
        found = found[: len(key)]  # a table is where the first below it is, if it has no line itself
        if len(found) > length and key[: len(found)] == found:
            best, length = number, len(found)
    return best


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))
