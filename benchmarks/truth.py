"""Truth: names and origins as predicted from the source, against the modules as they really are. Misses are listed."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.naming.packages import PACKAGES, PREPARED, STANDARD, modules
from loadstone.errors import LoadstoneError
from loadstone.source.origins import Binding, Namespace, namespace
from loadstone.source.probe import Probe
from loadstone.source.project import Library

GOAL = 0.995
LIVE = Path(__file__).parent / "naming" / "live.py"

# Python's own names, and what warnings and type checking machinery leave behind.
IMPLICIT = frozenset((
    "__name__", "__doc__", "__package__", "__loader__", "__spec__", "__file__", "__cached__", "__builtins__",
    "__path__", "__annotations__", "__annotate__", "__conditional_annotations__", "__warningregistry__",
))  # fmt: skip


@dataclass(slots=True)
class Score:
    """What one package came to: counts of names, and the misses as text.

    `dynamic` names are marked so: themselves, or their module binds names that nobody can read, and the name was not
    seen, or was bound before the statement that does so. `open` names are said to depend on a branch that nobody
    can decide from the source, and are not there.
    """

    package: str
    modules: int = 0
    failed: list[str] = field(default_factory=list)
    right: int = 0
    dynamic: int = 0
    open: int = 0
    missed: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def names(self) -> int:
        """The names that are there, and are not dynamic."""
        return self.right + len(self.missed) + len(self.wrong)

    @property
    def recall(self) -> float:
        """Of the names that are there and not dynamic, how many were predicted, with the right origin."""
        return self.right / max(self.names, 1)

    @property
    def precision(self) -> float:
        """Of the names that were predicted, how many are there, and from where it was said."""
        return self.right / max(self.right + len(self.wrong) + len(self.absent), 1)

    def add(self, name: str, predicted: Namespace, answer: dict[str, Any]) -> None:
        """Count one module."""
        if "error" in answer:
            self.failed.append(f"{name}: {answer['error'].partition(chr(10))[0][:100]}")
            return
        self.modules += 1
        there = set(answer["names"]) - IMPLICIT
        for key in sorted(there | set(predicted) - IMPLICIT):
            one = predicted.get(key)
            if one is None or one.kind in {"dynamic", "implicit"}:
                self._unsaid(name, key, predicted, there)
            elif key not in there:
                self._absent(name, one)
            elif key not in answer["wrong"]:
                self.right += 1
            elif _overwritten(one, predicted):
                self.dynamic += 1
            else:
                self.wrong.append(f"{name}.{key} is {answer['wrong'][key]}, not {one.origin}")

    def _unsaid(self, name: str, key: str, predicted: Namespace, there: set[str]) -> None:
        if key in predicted or not predicted.complete:
            self.dynamic += key in there
        else:
            self.missed.append(f"{name}.{key}")

    def _absent(self, name: str, one: Binding) -> None:
        if one.conditional:
            self.open += 1
        else:
            self.absent.append(f"{name}.{one.name} is not there: {one.bound_by}")


def _overwritten(one: Binding, predicted: Namespace) -> bool:
    """Whether a statement that binds names nobody can read comes after the one that bound this name."""
    return one.statement is not None and any(one.statement.line < late.line for late in predicted.dynamic)


def main(argv: list[str] | None = None) -> int:
    """Print a table and the misses; return 1 where recall or precision of a package is below the goal."""
    parser = argparse.ArgumentParser("python -m benchmarks truth", description=__doc__)
    parser.add_argument("packages", nargs="*", help=f"by default {', '.join(PACKAGES)} and {STANDARD}")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="look at one module in N")
    parser.add_argument("--misses", type=int, default=10, metavar="N", help="list so many of each package")
    order = parser.parse_args(argv)
    print(
        f"{'package':12}{'modules':>8}{'names':>9}{'recall':>9}{'precision':>11}{'dynamic':>9}{'open':>7}{'failed':>8}"
    )
    scores = []
    with Probe() as probe:
        library = Library(tuple(sys.path[1:]), names_of=probe)
        for package in order.packages or (*PACKAGES, STANDARD):
            scores.append(_score(library, package, modules(library, package)[:: order.every]))
            _print(scores[-1], order.misses)
    return int(any(min(one.recall, one.precision) < GOAL for one in scores if one.modules))


def _score(library: Library, package: str, names: list[str]) -> Score:
    score = Score(package)
    command = [sys.executable, "-I", str(LIVE)]
    settings = {**os.environ, "DJANGO_SETTINGS_MODULE": "django.conf.global_settings"}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=settings) as live:
        assert live.stdin is not None
        assert live.stdout is not None
        for name in names:
            try:
                predicted = namespace(library, name)
            except (LoadstoneError, SyntaxError) as error:
                score.failed.append(f"{name}: {error}")
                continue
            origins = {key: _origins(one) for key, one in predicted.items()}
            asked = {"module": name, "origins": origins, "prepare": PREPARED.get(package, "")}
            live.stdin.write(json.dumps(asked) + "\n")
            live.stdin.flush()
            score.add(name, predicted, json.loads(live.stdout.readline()))
        live.stdin.close()
    return score


def _origins(one: Binding) -> list[list[str]]:
    """Return the origin, and those of the branches that would bind the name otherwise."""
    return [[each.origin.module, each.origin.name, each.kind] for each in (one, *one.alternatives)]


def _print(score: Score, misses: int) -> None:
    if not score.modules:
        print(f"{score.package:12}  not installed here")
        return
    print(
        f"{score.package:12}{score.modules:8}{score.names:9}{score.recall:9.2%}{score.precision:11.2%}"
        f"{score.dynamic:9}{score.open:7}{len(score.failed):8}",
        flush=True,
    )
    lists = {
        "missed": score.missed,
        "absent": score.absent,
        "wrong": score.wrong,
        "not imported": score.failed,
    }
    for title, found in lists.items():
        for one in found[:misses]:
            print(f"    {title}: {one}")
        if found[misses:]:
            print(f"    {title}: ... {len(found) - misses} more")


if __name__ == "__main__":
    sys.exit(main())
