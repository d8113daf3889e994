"""Scale: generated projects up to 20 000 modules; time and memory of a check grow as they do."""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile

from benchmarks.checking.cost import Cost, cost

SIZES = (1_250, 2_500, 5_000, 10_000, 20_000)
ALLOWED = 1.5
"""How much dearer a module of the largest project may be than one of the smallest."""


def main(argv: list[str] | None = None) -> int:
    """Print the curve; return 1 where a module of the largest project costs more than it should."""
    parser = argparse.ArgumentParser("python -m benchmarks scale", description=__doc__)
    parser.add_argument("--most", type=int, default=SIZES[-1], help="the largest number of modules")
    order = parser.parse_args(argv)
    print(f"{'modules':>8}  {'cold: s, work, MB':^23} {'ms/module':>9}  {'unchanged':^23}  {'one edit':^23}")
    rows = []
    for size in (size for size in SIZES if size <= order.most):
        rows.append(row := _row(size))
        _, cold, again, edited = row
        print(f"{size:>8}  {cold} {cold.work / size * 1000:>9.2f}  {again}  {edited}", flush=True)
    first, last = rows[0], rows[-1]
    growth = (last[1].work / last[0]) / (first[1].work / first[0])
    memory = (last[1].memory / last[0]) / (first[1].memory / first[0])
    print(
        f"a module of the largest costs {growth:.2f} times one of the smallest, and {memory:.2f} of its memory"
    )
    return int(growth > ALLOWED)


def _row(size: int) -> tuple[int, Cost, Cost, Cost]:
    with tempfile.TemporaryDirectory() as folder:
        top = os.path.join(folder, "project")
        generate(top, size)
        command = [sys.executable, "-m", "loadstone", "check", "--statistics", "."]
        env = {"LOADSTONE_CACHE": os.path.join(folder, "cache")}
        cold, again = cost(command, top, env), cost(command, top, env)
        with open(os.path.join(top, "part0", "m0.py"), "a", encoding="utf-8") as file:
            file.write("\n\ndef added(value):\n    return value\n")
        return size, cold, again, cost(command, top, env)


def generate(top: str, size: int) -> None:
    """Write a project of packages with fifty modules each, that import one another as programs do."""
    chance = random.Random(size)
    for number in range(size):
        package = os.path.join(top, f"part{number // 50}")
        os.makedirs(package, exist_ok=True)
        if number % 50 == 0:
            with open(os.path.join(package, "__init__.py"), "w", encoding="utf-8") as file:
                file.write("")
        with open(os.path.join(package, f"m{number}.py"), "w", encoding="utf-8") as file:
            file.write(_module(number, chance))


def _module(number: int, chance: random.Random) -> str:
    others = sorted({chance.randrange(number) for _ in range(4)}) if number else []
    lines = ["import os", "from typing import TYPE_CHECKING"]
    lines += [f"from part{one // 50}.m{one} import f{one}, C{one}" for one in others]
    if others and number % 20 == 0:
        lines.append(f"from part{others[0] // 50}.m{others[0]} import *")
    lines += [
        "",
        f"class C{number}:",
        "    def method(self, value):",
        "        return os.path.join(value)",
        "",
    ]
    lines += [f"def f{number}(value):", "    for one in value:", "        yield one.name, len(value)", ""]
    lines += [f"NAMES = [f{one}.__name__ for _ in range(3)]" for one in others[:1]]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
