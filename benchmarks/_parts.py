"""A benchmark that consists of parts, each of which yields rows of the table."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Protocol

from benchmarks._measure import finish

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from benchmarks._measure import Result

__all__ = ["Part", "measure"]


class Part(Protocol):
    """A module that measures one thing."""

    def rows(self) -> Iterator[Result]:
        """Yield its rows."""


def measure(name: str, description: str | None, parts: Mapping[str, Part], argv: Sequence[str] | None) -> int:
    """Print a table and return 1 when a goal is missed; `argv` may name parts, and ``--json``."""
    parser = argparse.ArgumentParser(f"python -m benchmarks {name}", description=description)
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"any of {', '.join(parts)}; all of them by default"
    )
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")
    order = parser.parse_args(argv)
    unknown = [part for part in order.parts if part not in parts]
    if unknown:
        parser.error(f"there is no part {', '.join(unknown)}; there are: {', '.join(parts)}")
    rows: list[Result] = []
    for part in order.parts or parts:
        print(f"measuring: {part}", file=sys.stderr)
        rows += parts[part].rows()
    return finish(rows, as_json=order.json)
