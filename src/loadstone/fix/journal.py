"""Several files written as one: all of them or none, also when the process is killed half way.

No file system renames many files at once, so the new and the old contents are first put into a folder of the project,
``.loadstone-fix``, and a list of them last, by a rename: that rename is the moment of decision. Killed before it, the
project is untouched and the folder is litter. Killed after it, some files may be new and some old; the next
`loadstone fix` finishes the work from the folder, and commands that read the project say so until then. Each single
file is replaced by a rename, so none is ever half written.

Finishing means going on to the new contents, for these were proven all together. Where somebody has edited one of the
files in between, that proof says nothing: then the others go back to their old contents, and the edited one stays.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import stat
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loadstone.errors import FilesChanged, WriteInProgress
from loadstone.fix.unfinished import FOLDER, LIST
from loadstone.words import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Recovered", "recover", "write"]

_OWNER = "process"


@dataclass(frozen=True, slots=True)
class Recovered:
    """What was done about a run that was killed: `finished`, or else taken back, and the files it was about."""

    finished: bool
    paths: tuple[str, ...]
    edited: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.finished:
            count = plural(len(self.paths), "file")
            return f"an earlier run was killed while it wrote: its work is finished now ({count})"
        return f"an earlier run was killed while it wrote, and {', '.join(self.edited)} changed since: taken back"


@dataclass(frozen=True, slots=True)
class _Entry:
    """One file of a journal: its real path, and the digests of its old and its new content."""

    path: str
    old: str
    new: str


def write(root: str, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> None:
    """Replace the contents of files, all or none; nothing is done where `after` is empty.

    Raises FilesChanged where a file is not what it was `before`, WriteInProgress while another process writes in the
    same project, and OSError where something cannot be written; nothing has changed then.
    """
    if not after:
        return
    entries = [_Entry(os.path.realpath(path), _digest(before[path]), _digest(after[path])) for path in after]
    folder = _begin(root)
    try:
        for number, path in enumerate(after):
            _put(os.path.join(folder, f"{number}.old"), before[path])
            _put(os.path.join(folder, f"{number}.new"), after[path])
        _check(entries)
        _decide(folder, entries)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    try:
        _go(folder, entries, "new")
    except BaseException:
        _go(folder, entries, "old")
        raise
    finally:
        _end(folder)


def recover(root: str) -> Recovered | None:
    """Finish or take back what a killed run has left; None where there is nothing.

    Raises WriteInProgress where that run is still at work.
    """
    folder = os.path.join(root, FOLDER)
    if not os.path.isdir(folder):
        return None
    _not_at_work(folder)
    entries = _listed(folder)
    if entries is None:
        shutil.rmtree(folder)
        return None
    edited = tuple(one.path for one in entries if _now(one.path) not in (one.old, one.new))
    _go(folder, [one for one in entries if one.path not in edited], "old" if edited else "new", entries)
    _end(folder)
    return Recovered(not edited, tuple(one.path for one in entries), edited)


# Before the decision.


def _begin(root: str) -> str:
    """Make the folder, with its owner's number in it: whoever makes it is the only one to write."""
    folder = os.path.join(root, FOLDER)
    recover(root)
    draft = tempfile.mkdtemp(prefix=f"{FOLDER}-", dir=root)
    _put(os.path.join(draft, _OWNER), str(os.getpid()).encode())
    try:
        os.rename(draft, folder)  # fails where there is one, since none is ever empty
    except OSError as error:
        shutil.rmtree(draft)
        raise WriteInProgress(root=root) from error
    return folder


def _not_at_work(folder: str) -> None:
    """Raise WriteInProgress where the process that made the folder is another one, and alive."""
    try:
        with open(os.path.join(folder, _OWNER), encoding="ascii") as file:
            owner = int(file.read())
    except (OSError, ValueError):
        return
    if owner != os.getpid() and _is_alive(owner):
        raise WriteInProgress(root=os.path.dirname(folder))


def _is_alive(process: int) -> bool:
    if os.name == "nt":  # there, signal 0 would end the process
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _check(entries: list[_Entry]) -> None:
    """Raise for files that are not what the plan was made from, and for those that could not be replaced."""
    changed = tuple(one.path for one in entries if _now(one.path) != one.old)
    if changed:
        raise FilesChanged(paths=changed)
    for one in entries:
        for place in (one.path, os.path.dirname(one.path)):
            if not os.access(place, os.W_OK):
                raise PermissionError(13, "it must be writable, and is not", place)


def _decide(folder: str, entries: list[_Entry]) -> None:
    files = [{"path": one.path, "old": one.old, "new": one.new} for one in entries]
    draft = os.path.join(folder, f"{LIST}.draft")
    _put(draft, json.dumps(files).encode())
    _flush(folder)
    os.replace(draft, os.path.join(folder, LIST))
    _flush(folder)


# After it.


def _go(folder: str, entries: list[_Entry], which: str, every: list[_Entry] | None = None) -> None:
    """Bring files to their old or their new content; those that have it already are left alone."""
    places = {one.path: number for number, one in enumerate(every or entries)}
    for one in entries:
        if _now(one.path) != getattr(one, which):
            with open(os.path.join(folder, f"{places[one.path]}.{which}"), "rb") as file:
                _replace(one.path, file.read())
    for parent in {os.path.dirname(one.path) for one in entries}:
        _flush(parent)


def _replace(path: str, content: bytes) -> None:
    """Replace one file by a rename, its permissions kept."""
    new = f"{path}.loadstone-new"
    _put(new, content)
    with contextlib.suppress(OSError):
        os.chmod(new, stat.S_IMODE(os.stat(path).st_mode))
    os.replace(new, path)


def _end(folder: str) -> None:
    """Remove the folder, its list first: without it the rest is litter."""
    with contextlib.suppress(FileNotFoundError):
        os.remove(os.path.join(folder, LIST))
    shutil.rmtree(folder, ignore_errors=True)


def _listed(folder: str) -> list[_Entry] | None:
    try:
        with open(os.path.join(folder, LIST), encoding="utf-8") as file:
            return [_Entry(**one) for one in json.load(file)]
    except FileNotFoundError:
        return None


# Files.


def _put(path: str, content: bytes) -> None:
    """Write a file, and see it on the disk: a rename must not come there before what it renames."""
    with open(path, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _flush(folder: str) -> None:
    with _opened(folder) as number:
        if number is not None:
            os.fsync(number)


@contextlib.contextmanager
def _opened(folder: str) -> Iterator[int | None]:
    """Open a folder, for systems that let one do so."""
    try:
        number = os.open(folder, os.O_RDONLY)
    except OSError:
        yield None
        return
    try:
        yield number
    finally:
        os.close(number)


def _now(path: str) -> str:
    try:
        with open(path, "rb") as file:
            return _digest(file.read())
    except OSError:
        return ""


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
