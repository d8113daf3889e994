"""Spaces: what one costs, beside its peers; imports in it; a hundred that come and go, a thousand at once."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from benchmarks._measure import finish
from benchmarks.importing import creation, first, repeated
from benchmarks.spacing import grafts, peers, rounds

if TYPE_CHECKING:
    from benchmarks._measure import Result

PARTS = {
    "creation": creation,
    "peers": peers,
    "grafts": grafts,
    "rounds": rounds,
    "first": first,
    "repeated": repeated,
}


def main(argv: list[str] | None = None) -> int:
    """Print a table and return 1 when a goal is missed; `argv` may name parts, and ``--json``."""
    parser = argparse.ArgumentParser("python -m benchmarks spaces", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"any of {', '.join(PARTS)}; all of them by default"
    )
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")
    order = parser.parse_args(argv)
    unknown = [part for part in order.parts if part not in PARTS]
    if unknown:
        parser.error(f"there is no part {', '.join(unknown)}; there are: {', '.join(PARTS)}")
    rows: list[Result] = []
    for part in order.parts or PARTS:
        print(f"measuring: {part}", file=sys.stderr)
        rows += PARTS[part].rows()
    return finish(rows, as_json=order.json)


if __name__ == "__main__":
    sys.exit(main())
