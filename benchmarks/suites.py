"""Test suites of real packages: the same outcome of each test under ``loadstone run -m pytest``, and inside a space."""

from __future__ import annotations

import argparse
import platform
import sys
import time

from benchmarks.testing.preparing import Unavailable, prepared
from benchmarks.testing.running import NATIVE, WAYS, Outcomes, counts, outcomes
from benchmarks.testing.table import SUITES, Suite

__all__ = ["main"]


def main(argv: list[str]) -> int:
    """Run the suites that `argv` names, or all; return 1 on any difference, 2 when one cannot be run."""
    known = {suite.name: suite for suite in SUITES}
    parser = argparse.ArgumentParser("python -m benchmarks suites", description=__doc__)
    parser.add_argument(
        "suites", nargs="*", metavar="SUITE", help=f"any of {', '.join(known)}; all by default"
    )
    parser.add_argument("--way", action="append", choices=WAYS, help="may be repeated; every way by default")
    order = parser.parse_args(argv)
    if unknown := set(order.suites) - set(known):
        parser.error(f"there is no suite {', '.join(unknown)}; there are: {', '.join(known)}")
    ways = order.way or list(WAYS)
    print(f"### Python {platform.python_version()}\n")
    print(f"| suite | tests | natively | {' | '.join(ways)} |\n|---|---|---|{'---|' * len(ways)}")
    return max(_report(known[name], ways) for name in order.suites or known)


def _report(suite: Suite, ways: list[str]) -> int:
    """Run one suite natively and in each way; print a row, and every difference to stderr."""
    try:
        folder = prepared(suite)
    except Unavailable as problem:
        print(f"| {suite} | cannot be run: {problem} |", flush=True)
        return 2
    runs = {"natively": NATIVE, **{way: WAYS[way] for way in ways}}
    found: dict[str, Outcomes] = {}
    for way, start in runs.items():
        print(f"{suite}: {way}", end=" ", file=sys.stderr, flush=True)
        began = time.perf_counter()
        found[way] = outcomes(suite, folder, start)
        print(f"{counts(found[way])} ({time.perf_counter() - began:.0f} s)", file=sys.stderr, flush=True)
    native = found.pop("natively")
    verdicts = [_verdict(native, found[way], way) for way in ways]
    print(f"| {suite} | {len(native)} | {counts(native)} | {' | '.join(verdicts)} |", flush=True)
    return int(not native or any(verdict != SAME for verdict in verdicts))


SAME = "the same"


def _verdict(native: Outcomes, ours: Outcomes, way: str) -> str:
    """Return what the table says, and print the tests that differ to stderr."""
    different = [name for name in sorted({*native, *ours}) if native.get(name) != ours.get(name)]
    for name in different:
        was, now = native.get(name, "not run"), ours.get(name, "not run")
        print(f"  {name}: {was}, {way} {now}", file=sys.stderr)
    return f"{len(different)} differ" if different else SAME


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
