"""Plain text for people: tables, colours on a terminal, and lines that fit it."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

__all__ = ["PLAIN", "Style", "relative", "style_for", "table"]

GAP = INDENT = "  "
NARROWEST = 20  # characters to which a column may be cut
USUAL = 64  # a cell that is longer stands out of its column, instead of widening it


class Style(NamedTuple):
    """How text looks on one stream: in colour or not, and the width to fit, 0 for any."""

    colour: bool = False
    width: int = 0

    def bold(self, text: str) -> str:
        """Return the text as a heading."""
        return self._in("1", text)

    def dim(self, text: str) -> str:
        """Return the text as an aside."""
        return self._in("2", text)

    def warn(self, text: str) -> str:
        """Return the text as something to look at."""
        return self._in("1;33", text)

    def bad(self, text: str) -> str:
        """Return the text as an error."""
        return self._in("1;31", text)

    def mild(self, text: str) -> str:
        """Return the text as a note."""
        return self._in("1;36", text)

    def good(self, text: str) -> str:
        """Return the text as what was chosen."""
        return self._in("32", text)

    def _in(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text else text


PLAIN = Style()


def style_for(stream: TextIO) -> Style:
    """Return the style of a stream: colours and a width on a terminal, neither elsewhere or under NO_COLOR."""
    if not getattr(stream, "isatty", bool)():
        return PLAIN
    import shutil  # a pipe has no width

    colour = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Style(colour, shutil.get_terminal_size().columns)


def table(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    style: Style,
    *,
    usual: int = USUAL,
) -> str:
    """Return rows in columns below their headings; columns that are empty are left out.

    Where a width is to be fitted, the widest columns are cut, each cut cell ending in an ellipsis; elsewhere a
    cell longer than `usual` pushes the rest of its line to the right.
    """
    kept = [place for place in range(len(headings)) if any(row[place] for row in rows)]
    cells = [[row[place] for place in kept] for row in rows]
    names = [headings[place] for place in kept]
    limit = sys.maxsize if style.width else usual
    widths = [_width(column, limit) for column in zip(names, *cells, strict=True)]
    if style.width:
        widths = _fitted(widths, style.width - len(INDENT))
        cells = [[_cut(cell, width) for cell, width in zip(row, widths, strict=True)] for row in cells]
    lines = [style.dim(_line(names, widths)), *(_line(row, widths) for row in cells)]
    return "\n".join(lines)


def relative(path: str, folder: str | None = None) -> str:
    """Return the path as seen from a folder (the current one) when it lies inside, else unchanged."""
    try:
        base = os.getcwd() if folder is None else folder
    except OSError:  # the current folder has been removed
        return path
    inside = base.rstrip(os.sep) + os.sep
    return path[len(inside) :] if path.startswith(inside) and len(path) > len(inside) else path


def _width(column: Sequence[str], limit: int) -> int:
    return max((len(cell) for cell in column if len(cell) <= limit), default=limit)


def _fitted(widths: list[int], room: int) -> list[int]:
    """Return the widths, the widest made smaller until they all fit; nothing is cut where that is hopeless."""
    least = sum(min(width, NARROWEST) for width in widths) + len(GAP) * (len(widths) - 1)
    if room <= 0 or least > room:
        return widths
    widths = list(widths)
    while (over := sum(widths) + len(GAP) * (len(widths) - 1) - room) > 0:
        widest = max(range(len(widths)), key=widths.__getitem__)
        second = max((width for place, width in enumerate(widths) if place != widest), default=0)
        step = max(1, min(over, widths[widest] - second))
        widths[widest] -= step
    return widths


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return (INDENT + GAP.join(padded)).rstrip()


def _cut(cell: str, width: int) -> str:
    return cell if len(cell) <= width else cell[: width - 1] + "…"
