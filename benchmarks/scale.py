"""Scale: generated projects up to 20 000 modules; time and memory of a check grow as they do."""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
from typing import TYPE_CHECKING

from benchmarks.checking.cost import Cost, cost

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZES = (1_250, 2_500, 5_000, 10_000, 20_000)
ALLOWED = 1.5
"""How much dearer a module of the largest project may be than one of the smallest, in work and in memory."""
COLD, SAME, LEAF, ROOT = "cold", "nothing changed", "last module edited", "first module edited"
"""The checks: nobody imports the last module. Nearly all others lead back to the first, so that everything is checked
after its edit: the dearest edit there is."""


def main(argv: list[str] | None = None) -> int:
    """Print the curve; return 1 where a module of the largest project costs more than it should."""
    parser = argparse.ArgumentParser("python -m benchmarks scale", description=__doc__)
    parser.add_argument("--most", type=int, default=SIZES[-1], help="the largest number of modules")
    order = parser.parse_args(argv)
    print(f"{'modules':>8}  {'check':<20}  {'s, work, MB':^22}  {'ms/module':>9}  {'kB/module':>9}")
    sizes = [size for size in SIZES if size <= order.most]
    curve = {size: dict(_checks(size)) for size in sizes}
    grown = [_growth(check, curve) for check in (COLD, SAME, LEAF, ROOT)]
    return int(max(grown) > ALLOWED)


def _checks(size: int) -> Iterator[tuple[str, Cost]]:
    """Yield what each check of a project costs, one after the other, and print it."""
    with tempfile.TemporaryDirectory() as folder:
        top = os.path.join(folder, "project")
        generate(top, size)
        command = [sys.executable, "-m", "loadstone", "check", "--statistics", "."]
        env = {"LOADSTONE_CACHE": os.path.join(folder, "cache")}
        for check, edited in ((COLD, None), (SAME, None), (LEAF, size - 1), (ROOT, 0)):
            if edited is not None:
                _edit(top, edited)
            one = cost(command, top, env)
            print(
                f"{size:>8}  {check:<20}  {one}  {_work(one, size):>9.2f}  {_memory(one, size):>9.1f}",
                flush=True,
            )
            yield check, one


def _edit(top: str, number: int) -> None:
    with open(os.path.join(top, f"part{number // 50}", f"m{number}.py"), "a", encoding="utf-8") as file:
        file.write(f"\n\ndef added{number}(value):\n    return value\n")


def _growth(check: str, curve: dict[int, dict[str, Cost]]) -> float:
    """Print how much dearer a module is in the largest project than in the smallest; return the worse of the two."""
    first, last = min(curve), max(curve)
    work, memory = (of(curve[last][check], last) / of(curve[first][check], first) for of in (_work, _memory))
    print(
        f"{check}: a module of {last} costs {work:.2f} times the work of one of {first}, and {memory:.2f} of its memory"
    )
    return max(work, memory)


def _work(one: Cost, size: int) -> float:
    return one.work / size * 1000


def _memory(one: Cost, size: int) -> float:
    return one.memory / size * 1024


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
