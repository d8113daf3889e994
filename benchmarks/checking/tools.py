"""The tools that are measured: ours, parsing alone, and the peers that are installed beside this Python."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.checking.projects import Project

__all__ = ["Tool", "tools"]

# Parses what is in the folder, in two processes, and does nothing else.
PARSING = """
import ast, gc, multiprocessing, pathlib, sys, warnings
def parse(paths):
    gc.disable(); warnings.simplefilter("ignore")
    for path in paths:
        try:
            ast.parse(path.read_bytes())
        except SyntaxError:
            pass
if __name__ == "__main__":
    paths = sorted(pathlib.Path(sys.argv[1]).rglob("*.py"))
    context = multiprocessing.get_context("fork")
    helper = context.Process(target=parse, args=(paths[::2],))
    helper.start(); parse(paths[1::2]); helper.join()
"""
GRIMP = "import grimp, sys; sys.path.insert(0, '.'); grimp.build_graph(sys.argv[1], cache_dir=sys.argv[2])"
CONTRACT = """
[importlinter]
root_package = {package}
[importlinter:contract:one]
name = one
type = layers
layers =
    {package}
"""


class Tool(NamedTuple):
    """A command with places for ``{package}`` and ``{cache}``; `caches` tells whether it keeps anything there."""

    name: str
    words: tuple[str, ...]
    caches: bool = False

    def command(self, project: Project, cache: str) -> list[str]:
        """Return the command for one project."""
        places = {"{package}": project.package, "{cache}": cache}
        return [places.get(word, word) for word in self.words]


def tools(*, slow: bool) -> Iterator[Tool]:
    """Yield the tools that are there; with `slow` also those that take minutes."""
    python = sys.executable
    yield Tool("parsing alone, two processes", (python, "-c", PARSING, "{package}"))
    yield Tool("loadstone check", (python, "-m", "loadstone", "check", "--statistics", "."), caches=True)
    if ruff := _script("ruff"):
        yield Tool("ruff check", (ruff, "check", "--isolated", "--cache-dir", "{cache}", "."), caches=True)
        yield Tool("ruff analyze graph", (ruff, "analyze", "graph", "."))
    if _module("grimp"):
        yield Tool("grimp", (python, "-c", GRIMP, "{package}", "{cache}"), caches=True)
    if lint := _script("lint-imports"):
        words = (lint, "--config", "contract.ini", "--cache-dir", "{cache}")
        yield Tool("import-linter", words, caches=True)
    if _module("pyflakes"):
        yield Tool("pyflakes", (python, "-m", "pyflakes", "{package}"))
    if slow and _module("pylint"):
        rules = ("--disable=all", "--enable=cyclic-import,wildcard-import")
        yield Tool("pylint, two rules", (python, "-m", "pylint", *rules, "{package}"))
    if slow and (pydeps := _script("pydeps")):
        yield Tool("pydeps", (pydeps, "{package}", "--show-deps", "--no-output"))


def _script(name: str) -> str | None:
    beside = os.path.join(os.path.dirname(sys.executable), name)
    return beside if os.path.exists(beside) else shutil.which(name)


def _module(name: str) -> bool:
    from importlib.util import find_spec

    return find_spec(name) is not None
