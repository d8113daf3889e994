"""Imports: repeated, first, along a long path; and what a space costs. Each against native Python."""

from __future__ import annotations

import sys

from benchmarks._parts import measure
from benchmarks.importing import creation, first, long_path, repeated

PARTS = {"repeated": repeated, "first": first, "long-path": long_path, "creation": creation}


def main(argv: list[str] | None = None) -> int:
    """Measure the parts that `argv` names, or all; return 1 when a goal is missed."""
    return measure("imports", __doc__, PARTS, argv)


if __name__ == "__main__":
    sys.exit(main())
