"""Spaces: what one costs, beside its peers; imports in it; a hundred that come and go, a thousand at once."""

from __future__ import annotations

import sys

from benchmarks._parts import measure
from benchmarks.importing import creation, first, repeated
from benchmarks.spacing import grafts, host, peers, rounds

PARTS = {
    "creation": creation,
    "peers": peers,
    "grafts": grafts,
    "rounds": rounds,
    "host": host,
    "first": first,
    "repeated": repeated,
}


def main(argv: list[str] | None = None) -> int:
    """Measure the parts that `argv` names, or all; return 1 when a goal is missed."""
    return measure("spaces", __doc__, PARTS, argv)


if __name__ == "__main__":
    sys.exit(main())
