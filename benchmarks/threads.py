"""Threads: many of them import modules with cycles in several spaces at once; no deadlock, each module once."""

from __future__ import annotations

import faulthandler
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from benchmarks._measure import progress
from loadstone import Space

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ROUNDS = 100
THREADS = 8
MODULES = 200
SPACES = 4
# A round takes well under a second: when one takes this long, threads wait for each other in a circle.
SECONDS = 120


def main(argv: Sequence[str] = ()) -> int:
    """Run the rounds (`argv` may give their number) and print what came of them; return 1 at the first that failed."""
    rounds = int(argv[0]) if argv else ROUNDS
    # A chain of all modules is longer than Python allows by default, natively too.
    sys.setrecursionlimit(5000)
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        write_modules(Path(folder), MODULES)
        for number in range(rounds):
            problems = run_round(folder, seed=number)
            if problems:
                print(f"round {number}:", *problems, sep="\n  ")
                return 1
            progress(f"round {number + 1} of {rounds}")
    progress("")
    seconds = time.perf_counter() - began
    print(
        f"{rounds} rounds of {THREADS} threads, {MODULES} modules with cycles, {SPACES} spaces: {seconds:.1f} s"
    )
    print(f"no deadlock; each of {rounds * SPACES * MODULES} modules was executed once")
    return 0


def write_modules(folder: Path, count: int) -> None:
    """Write `count` modules in packages, each importing five others: a net that is full of cycles."""
    chosen = random.Random(0)
    names = [f"pkg{number % 10}.mod{number}" for number in range(count - 10)]
    for number in range(10):
        _write(folder / f"pkg{number}" / "__init__.py", f"pkg{number}", [])
    for name in names:
        others = chosen.sample(names, 5)
        _write(folder.joinpath(*name.split(".")).with_suffix(".py"), name, others)


def _write(path: Path, name: str, others: Iterable[str]) -> None:
    path.parent.mkdir(exist_ok=True)
    forms = ("import {0}.{1}", "import {0}.{1} as other", "from {0} import {1}")
    lines = [form.format(*other.split(".")) for form, other in zip(forms * 2, others, strict=False)]
    path.write_text(
        "\n".join(["import counting", f"counting.ran({name!r})", *lines, "DONE = True"]), encoding="utf-8"
    )


def run_round(folder: str, seed: int, spaces: int = SPACES, threads: int = THREADS) -> list[str]:
    """Import every module of `folder` into new spaces by many threads at once; return what went wrong."""
    worlds = [_Round(Space(f"space{number}", path=[folder])) for number in range(spaces)]
    faulthandler.dump_traceback_later(SECONDS, exit=True)  # a deadlock: show who waits where, and end
    start = threading.Barrier(threads)
    workers = [
        threading.Thread(target=_work, args=(worlds, start, random.Random(f"{seed} {number}")))
        for number in range(threads)
    ]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)  # more changes between threads, so more of what can go wrong
    try:
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    finally:
        sys.setswitchinterval(interval)
        faulthandler.cancel_dump_traceback_later()
    return [problem for world in worlds for problem in world.problems()]


class _Round:
    """One space in one round: what was executed in it, and what failed."""

    def __init__(self, space: Space) -> None:
        self.space = space
        self.ran: list[str] = []
        self.errors: list[str] = []
        space.define("counting", "").ran = self.ran.append
        self.names = _names(space.path[0])

    def problems(self) -> list[str]:
        """Return a line for each failed import, and for each module that was not executed exactly once."""
        times = Counter(self.ran)
        wrong = [
            f"{self.space.name}: {name} ran {times[name]} times" for name in self.names if times[name] != 1
        ]
        half = [name for name in self.names if not hasattr(self.space.modules.get(name), "__file__")]
        return [*self.errors, *wrong, *(f"{self.space.name}: {name} is missing" for name in half)]


def _names(folder: str) -> list[str]:
    found = [path.relative_to(folder).with_suffix("").parts for path in sorted(Path(folder).rglob("*.py"))]
    return [".".join(parts[:-1] if parts[-1] == "__init__" else parts) for parts in found]


def _work(worlds: list[_Round], start: threading.Barrier, chosen: random.Random) -> None:
    """Import every module into every space, in an order of this thread's own."""
    tasks = [(world, name) for world in worlds for name in world.names]
    chosen.shuffle(tasks)
    start.wait()
    for world, name in tasks:
        try:
            module = world.space.import_module(name)
            # This thread is in no cycle here, so what it gets is finished.
            if module.__name__ != name or not module.DONE:
                world.errors.append(f"{world.space.name}: {name} came half-made, or as another: {module}")
        except Exception as error:  # noqa: BLE001  # each is reported by name
            world.errors.append(f"{world.space.name}: {name}: {type(error).__name__}: {error}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
