"""A file that has the name of an installed package.

What
    A module or package at the top of a source root with the name of something that is installed and is not this
    project itself. A warning where code of the project imports that name, a note otherwise.

Why
    `import requests` in a folder with a `requests.py` gives that file, also to the installed packages that need
    the real one.

Example
        # requests.py
        import requests                 # imports itself

        requests.get("...")             # AttributeError

Instead
    Rename the file, or put it into a package.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from loadstone.check.diagnostic import Diagnostic, Place
from loadstone.source.finder import Finder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.check.whole import Whole
    from loadstone.source.inputs import Inputs

__all__ = ["LEVELS", "in_project"]

LEVELS = ("warning", "note")


def in_project(whole: Whole) -> Iterator[Diagnostic]:
    """Yield the files at the top of source roots that hide what is installed."""
    roots = {*whole.project.source_roots}
    installed = [entry for entry in whole.library.path if entry.endswith("-packages") and entry not in roots]
    finder = Finder(whole.library.inputs)
    for name, path in whole.tops_with_paths():
        found = finder.find(name, installed)
        if found is None or not found.path or _is_same(whole.library.inputs, path, found.path):
            continue
        yield _finding(whole, name, path, found.path)


def _is_same(inputs: Inputs, own: str, installed: str) -> bool:
    """Whether the installed package is this one: a link to it, or a copy with mostly the same files."""
    if os.path.realpath(own) == os.path.realpath(installed):
        return True
    ours, theirs = _files(inputs, own), _files(inputs, installed)
    return len(ours & theirs) * 2 > len(ours)


def _files(inputs: Inputs, path: str) -> set[str]:
    """Return the source files of a package as paths inside it; of a plain module its text."""
    folder, file = os.path.split(path)
    if file != "__init__.py":
        return {inputs.read(path).decode("utf-8", "replace")}
    return {
        os.path.relpath(os.path.join(inner, name), folder)
        for inner, names in inputs.below(folder)
        for name in names
        if name.endswith(".py") and (name != "__init__.py" or inner != folder)
    } or {"__init__.py"}


def _finding(whole: Whole, name: str, path: str, installed: str) -> Diagnostic:
    importer = whole.importer_of(name)
    related = (whole.lines.statement(importer.statement, "gets this file"),) if importer else ()
    return Diagnostic(
        "hides-distribution",
        "warning" if importer else "note",
        Place(path, 1, 1, 2),
        f"this file hides the installed package `{name}`",
        related,
        (f"that one is {installed}",),
    )
