"""A project as git has it at a revision: its Python files and settings, written into a folder that goes away again."""

from __future__ import annotations

import os
import subprocess
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

from loadstone.errors import NoRevision
from loadstone.source.probe import Probe
from loadstone.source.project import Library
from loadstone.source.tree import find_project

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from loadstone.source.tree import Project

__all__ = ["placed", "project_at", "states"]

_WANTED = (".py", ".pyi", ".toml", ".cfg", ".gitignore")
"""What decides which modules there are, and what they bind."""
_FILE_MODES = frozenset(("100644", "100755"))


@contextmanager
def states(project: Project, revisions: str) -> Iterator[tuple[Project, Project]]:
    """Yield the project at A and at B of ``A..B``; for ``A`` alone at A, and as its files are.

    HEAD stands for a side that is empty. Raises NoRevision as `project_at` does.
    """
    first, dots, second = revisions.partition("..")
    with project_at(project, first or "HEAD") as before:
        if not dots:
            yield before, project
            return
        with project_at(project, second.lstrip(".") or "HEAD") as after:
            yield before, after


@contextmanager
def project_at(project: Project, revision: str) -> Iterator[Project]:
    """Yield the project as it was at a git revision; its packages are those installed now.

    Raises NoRevision where git does not know it, or the project is in no git repository.
    """
    with checkout(project.root, revision) as folder:
        yield placed(project, folder)


def placed(project: Project, folder: str) -> Project:
    """Return another version of a project, which lies in `folder`, with the same installed packages."""
    other = find_project((), root=folder)
    installed = [entry for entry in project.library.path if entry not in project.source_roots]
    path = dict.fromkeys((*other.source_roots, *installed))
    library = Library(
        tuple(path),
        main=other.library.main,
        names_of=project.library.names_of or Probe(),
        store=project.library.files.store,
    )
    return other._replace(library=library)


@contextmanager
def checkout(folder: str, revision: str) -> Iterator[str]:
    """Yield a temporary folder with the files that git has below `folder` at a revision.

    The files are read from git's own store: the index, the work tree and its settings stay untouched, and files
    that an archive would leave out (``export-ignore``) are there.
    """
    files = _files(folder, revision)
    with tempfile.TemporaryDirectory(prefix="loadstone-") as made:
        new = os.path.realpath(made)
        for path, content in _contents(folder, files).items():
            target = os.path.join(new, *path.split("/"))
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(target, "wb") as file:
                file.write(content)
        yield new


def _files(folder: str, revision: str) -> dict[str, str]:
    """Return {path below the folder: name of its content in git's store}."""
    if revision.startswith("-"):
        raise NoRevision(revision=revision, folder=folder, reason="a revision does not begin with a dash")
    commit = (
        _git(folder, revision, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").strip().decode()
    )
    listing = _git(folder, revision, "ls-tree", "-r", "-z", commit)
    found = {}
    for entry in listing.split(b"\0")[:-1]:
        facts, _, path = entry.partition(b"\t")
        mode, _, name = facts.decode().split()
        if mode in _FILE_MODES and path.endswith(tuple(map(str.encode, _WANTED))):
            found[os.fsdecode(path)] = name
    return found


def _contents(folder: str, files: Mapping[str, str]) -> dict[str, bytes]:
    asked = "".join(f"{name}\n" for name in files.values()).encode()
    answer = memoryview(_git(folder, "", "cat-file", "--batch", asked=asked))
    found, at = {}, 0
    for path in files:
        end = bytes(answer[at : at + 200]).index(b"\n") + at
        size = int(bytes(answer[at:end]).split()[2])
        found[path] = bytes(answer[end + 1 : end + 1 + size])
        at = end + 1 + size + 1
    return found


def _git(folder: str, revision: str, *words: str, asked: bytes | None = None) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603  # git, with words of ours
            ["git", "-C", folder, *words],  # noqa: S607  # the user's own git
            input=asked,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise NoRevision(revision=revision, folder=folder, reason=f"git cannot be run: {error}") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise NoRevision(revision=revision, folder=folder, reason=said[0] if said else "git does not know it")
    return done.stdout
