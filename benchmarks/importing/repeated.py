"""Import statements whose module is imported already, as they stand in functions that are called often."""

from __future__ import annotations

import builtins
import importlib
import sys
import time
from typing import TYPE_CHECKING

from benchmarks._measure import Result, Unit, against, combined
from loadstone.runtime.importlib_bootstrap.host import host_importer
from loadstone.runtime.importlib_bootstrap.statement import import_function
from loadstone.testing import tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

# The goals are set for the median of these three.
STANDARD = ("import json", "import os.path", "from json import dumps")

# And these are what a program of many packages has.
OWN = (
    "import bench_shop",
    "import bench_shop.cart",
    "import bench_shop.cart as cart",
    "from bench_shop import cart",
    "from bench_shop.cart import total",
    "from . import cart",
    "from .cart import total",
    "from ..cart import total",
)

NANOSECONDS = Unit("ns", 1e9)
LOOPS = range(20_000)


def rows() -> Iterator[Result]:
    """Yield the rows: in a space, and through our algorithm in the host."""
    with tree(_files()) as files:
        sys.path.insert(0, str(files.path))
        try:
            yield from _compared(files.space().import_module)
        finally:
            sys.path.remove(str(files.path))


def _compared(load: Callable[[str], Any]) -> Iterator[Result]:
    standard = [_row("in a space", text, load) for text in STANDARD]
    yield from standard
    yield combined("in a space: the median of the three", standard, 1.0)
    yield from (_row("in a space", text, load, 1.0) for text in OWN)
    hosted = [_row("in the host", text, _through_ours) for text in STANDARD]
    yield from hosted
    yield combined("in the host: the median of the three", hosted, 2.0)


def _files() -> dict[str, str]:
    loops = {f"bench_shop/inner/{_name(text)}.py": _loop(text) for text in (*STANDARD, *OWN) if ".." in text}
    loops |= {f"bench_shop/{_name(text)}.py": _loop(text) for text in (*STANDARD, *OWN) if ".." not in text}
    return {
        "bench_shop/__init__.py": "",
        "bench_shop/inner/__init__.py": "",
        "bench_shop/cart.py": "total = 1",
        **loops,
    }


def _loop(text: str) -> str:
    return f"def loop(times):\n    for _ in times:\n        {text}\n"


def _name(text: str) -> str:
    return "loop_" + "".join(letter if letter.isalpha() else "_" for letter in text)


def _row(where: str, text: str, load: Callable[[str], Any], goal: float | None = None) -> Result:
    module = ("bench_shop.inner." if ".." in text else "bench_shop.") + _name(text)
    native = _timer(importlib.import_module(module).loop)
    ours = _timer(load(module).loop)
    return against(f"{where}: {text}", native, ours, unit=NANOSECONDS, goal=goal)


def _through_ours(module: str) -> Any:
    """Return a namespace whose `loop` imports through our algorithm over `sys`."""
    ours = {**vars(builtins), "__import__": import_function(host_importer())}
    copy = type(sys)(module)
    copy.__dict__["__builtins__"] = ours
    code = importlib.import_module(module).__spec__.loader.get_code(module)  # type: ignore[union-attr]
    exec(code, copy.__dict__)
    return copy


def _timer(loop: Callable[[range], None]) -> Callable[[], float]:
    def seconds() -> float:
        start = time.perf_counter()
        loop(LOOPS)
        return (time.perf_counter() - start) / len(LOOPS)

    return seconds
