"""Spaces under stress: 8 threads import, pickle and call in 8 spaces while the host watches its own modules."""

from __future__ import annotations

import argparse
import faulthandler
import importlib.util
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path
from typing import Any

from loadstone import Space
from loadstone.runtime.cimports.host_keys import KEYS
from loadstone.runtime.window import WINDOW

THREADS = 8
MODES = ("plain", "settrace", "setprofile", "coverage")
# Without a round for this long, threads wait for each other in a circle.
PATIENCE = 60
# Real extensions, from this Python's own standard library: what they import, they import from C.
EXTENSIONS = ("_pickle", "_json", "_csv")
LIBRARY = Path(sysconfig.get_path("platstdlib", vars={"platbase": sys.base_exec_prefix}), "lib-dynload")
SUFFIX = EXTENSION_SUFFIXES[0]

FILES = {
    "pk/__init__.py": "from pk import a, b\n",
    "pk/a.py": "import pk.b\n\nclass Item:\n    def __init__(self, n):\n        self.n = n\n",
    "pk/b.py": "from pk import a\n\ndef items(n):\n    return [a.Item(i) for i in range(n)]\n",
    "till.py": """
import pickle
import time

from pk import a, b

def there_and_back():
    return pickle.loads(pickle.dumps(b.items(20)))

def year():
    return time.strptime("2020", "%Y").tm_year
""",
}


def main(argv: list[str]) -> int:
    """Run every mode for as long as `argv` says, each in a process of its own; return 1 where anything was seen."""
    parser = argparse.ArgumentParser("python -m benchmarks stress", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="for each mode (60)")
    parser.add_argument("--mode", choices=MODES, help="this one, in this process")
    options = parser.parse_args(argv)
    if not (LIBRARY / f"_pickle{SUFFIX}").exists():
        print("this Python has its extension modules built in: there is no file to copy into spaces")
        return 0
    if options.mode:
        return _Stress(options.mode).run(options.seconds)
    if importlib.util.find_spec("coverage") is None:
        print("coverage is not installed: what it sees is left out (pip install coverage)")
    modes = [mode for mode in MODES if mode != "coverage" or importlib.util.find_spec("coverage")]
    return max([_in_a_process(mode, options.seconds) for mode in modes])


def _in_a_process(mode: str, seconds: float) -> int:
    words = ["-m", "benchmarks", "stress", f"--seconds={seconds}", f"--mode={mode}"]
    with tempfile.TemporaryDirectory() as folder:
        # A file of its own: coverage removes what it is told to write, os.devnull too.
        coverage = ["-m", "coverage", "run", "--branch", f"--data-file={folder}/seen"]
        before = coverage if mode == "coverage" else []
        return subprocess.run([sys.executable, *before, *words], check=False).returncode


class _Stress:
    """One run: threads that work in spaces, threads that import in the host, and everybody watches."""

    def __init__(self, mode: str) -> None:
        self.mode = mode
        self.rounds = 0
        self.looks = 0
        self.problems: list[str] = []
        self.end = threading.Event()

    def run(self, seconds: float) -> int:
        """Work for so many seconds and print what came of it; return 1 where there was a problem."""
        sys.setswitchinterval(1e-5)
        with tempfile.TemporaryDirectory() as folder:
            self.folder = Path(folder)
            self.host = self._host()
            self._watch_by(self.mode)
            threads = [threading.Thread(target=self._work, args=(number,)) for number in range(THREADS)]
            threads += [threading.Thread(target=self._stay_at_home), threading.Thread(target=self._watch)]
            for thread in threads:
                thread.start()
            self._wait(seconds)
            for thread in threads:
                thread.join()
            faulthandler.cancel_dump_traceback_later()
            self._watch_by("plain")
        print(
            f"{self.mode:<10} {seconds:.0f} s: {self.rounds} spaces imported, pickled and called by {THREADS} threads, "
            f"{WINDOW.opened} windows, {self.looks} looks at the host: {len(self.problems)} problems"
        )
        print(*self.problems[:10], sep="\n", end="\n" * bool(self.problems))
        return int(bool(self.problems))

    def _host(self) -> dict[str, Any]:
        """Give the host modules of the very names that all the spaces have, and return them."""
        self._write(self.folder / "host", extensions=False)
        sys.path.insert(0, str(self.folder / "host"))
        importlib.import_module("till")
        return {name: sys.modules[name] for name in ("pk", "pk.a", "pk.b", "till")}

    def _write(self, folder: Path, *, extensions: bool) -> None:
        for name, text in FILES.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
        for name in EXTENSIONS if extensions else ():
            if (LIBRARY / f"{name}{SUFFIX}").exists():
                shutil.copy(LIBRARY / f"{name}{SUFFIX}", folder / "pk")

    def _work(self, number: int) -> None:
        while not self.end.is_set():
            try:
                self._round(self.folder / f"space{number}-{time.monotonic_ns()}", str(number))
            except Exception as error:  # noqa: BLE001  # each is reported
                self.problems.append(f"space {number}: {type(error).__name__}: {error}")
            self.rounds += 1
            faulthandler.dump_traceback_later(PATIENCE, exit=True)

    def _round(self, folder: Path, name: str) -> None:
        """Make a space with extensions of its own, and import, pickle and call in it."""
        self._write(folder, extensions=True)
        space = Space(name, path=[str(folder)])
        till = space.import_module("till")
        for extension in EXTENSIONS:
            if (folder / "pk" / f"{extension}{SUFFIX}").exists():
                space.import_module(f"pk.{extension}")
        kind = space.modules["pk.a"].Item
        dumps = space.modules["pk._pickle"].dumps
        for _ in range(60):
            assert all(type(item) is kind for item in till.there_and_back()), (
                "a pickle brought back another's class"
            )
            assert till.year() == 2020
            # The host calls C code of the space, which imports: the C stack tells where.
            assert type(space.loads(dumps(kind(1)))) is kind, "the host's call found another's class"

    def _stay_at_home(self) -> None:
        """Import by statements in the host, also what spaces are just initialising."""
        while not self.end.is_set():
            found = {
                "pk": __import__("pk"),
                "pk.a": importlib.import_module("pk.a"),
                "till": __import__("till"),
            }
            for name, module in found.items():
                if module is not self.host[name]:
                    self.problems.append(f"the host imported {name} and got {module}")

    def _watch(self) -> None:
        while not self.end.is_set():
            self._look()

    def _look(self, *_: object) -> Any:
        """Look at the host's modules; what is foreign there while no window is open, or was meanwhile, is a problem."""
        before = WINDOW.opened
        closed = WINDOW.owner is None
        modules = sys.modules
        # By the very keys that stand there: to compare them with the names takes a walk of the C stack.
        foreign = [
            name for name, module in self.host.items() if modules.get(KEYS.get(name, name)) is not module
        ]
        foreign += [name for name in ("pk._pickle", "pk._json") if name in modules]
        if foreign and closed and WINDOW.owner is None and before == WINDOW.opened:
            self.problems.append(f"{threading.current_thread().name} saw {', '.join(foreign)}")
        self.looks += 1
        return self._look

    def _watch_by(self, mode: str) -> None:
        look = self._look if mode in ("settrace", "setprofile") else None
        if mode != "setprofile" and self.mode != "coverage":  # which has a trace function of its own
            threading.settrace(look)
            sys.settrace(look)
        if mode != "settrace":
            threading.setprofile(look)
            sys.setprofile(look)

    def _wait(self, seconds: float) -> None:
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            time.sleep(min(1, left))
            if sys.stderr.isatty():
                print(
                    f"\r\x1b[K{self.mode}: {left:.0f} s left, {self.rounds} rounds", end="", file=sys.stderr
                )
        self.end.set()
        faulthandler.dump_traceback_later(PATIENCE, exit=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
